// Selecting rows: X, a click on the box, Shift-click for a range; kept while the list is fetched anew.
import { all, one } from "./dom.js";
import { refreshList } from "./live.js";

const picked = new Set();
let last;

const boxes = () => all("#rows .pick input");

function tell() {
  const place = one("#picked");
  if (!place) return;
  place.textContent = place.dataset.words.replace("{n}", new Intl.NumberFormat(document.documentElement.lang).format(picked.size));
  const whole = one("#pick-all");
  if (!picked.size && whole) whole.checked = false;
}

function set(box, on) {
  box.checked = on;
  if (on) picked.add(box.value);
  else picked.delete(box.value);
}

/** Select no row; false where none was selected. */
export function unpick() {
  const open = one("#bulk-box > *");
  if (!picked.size && !open) return false;
  for (const box of boxes()) box.checked = false;
  picked.clear();
  last = undefined;
  one("#bulk-box")?.replaceChildren();
  tell();
  return true;
}

/** Select the row that has the focus, or the open one; leave it out when it was selected. */
export function pick() {
  const row = document.activeElement?.closest?.("#rows .cvrow") ?? one("#rows .cvrow:has([aria-current])") ?? one("#rows .cvrow");
  const box = row && one(".pick input", row);
  if (!box) return false;
  set(box, !box.checked);
  last = box.value;
  // J and K go on from here
  one(".cv", row)?.focus({ preventScroll: true });
  tell();
  return true;
}

/** Select all rows that are shown. */
export function pickShown() {
  for (const box of boxes()) set(box, true);
  tell();
  return boxes().length > 0;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("#rows .pick input");
  if (!box) {
    if (event.target.closest?.("[data-bulk-back]") && one("#bulk")) {
      event.preventDefault();
      one("#bulk-box").replaceChildren();
    } else if (event.target.closest?.("#unpick")) unpick();
    return;
  }
  const list = boxes();
  const from = list.findIndex((other) => other.value === last);
  const to = list.indexOf(box);
  const range = event.shiftKey && from >= 0 ? list.slice(Math.min(from, to), Math.max(from, to) + 1) : [box];
  for (const each of range) set(each, box.checked);
  last = box.value;
  tell();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "bulk-box") one("#bulk-do, #bulk-box .items button, #bulk-box input:not([type=hidden])")?.focus();
  if (!picked.size) return;
  for (const box of boxes()) box.checked = picked.has(box.value);
});

document.addEventListener("bulk-done", () => {
  unpick();
  refreshList();
});

document.addEventListener("bulk-undone", () => {
  one("#bulk-box")?.replaceChildren();
  refreshList();
});
