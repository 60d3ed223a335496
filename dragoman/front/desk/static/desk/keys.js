// The keyboard. The map is the help page itself (#keys), made on the server from one file.
import { all, isTyping, one } from "./dom.js";
import { closeMenus, openMenu } from "./menus.js";
import { pick, pickShown, unpick } from "./picking.js";
import { glossary } from "./terms.js";
import { toggleOriginals } from "./thread.js";

const rows = () => all("#rows .cv");

function step(by) {
  const list = rows();
  const at = list.indexOf(document.activeElement);
  const from = at >= 0 ? at : list.findIndex((row) => row.hasAttribute("aria-current"));
  const row = list[Math.min(list.length - 1, Math.max(0, from + by))];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

const shown = (element) => element.checkVisibility?.() ?? true;

/** Do what the element marked for this word does: click a button, open a pop, focus a field. */
function use(word) {
  const element = all(`[data-do="${word}"]`).find(shown);
  if (!element) return false;
  if (element.matches("summary")) openMenu(element.parentElement);
  else if (element.matches("[type=radio]")) {
    element.click();
    one("#draft")?.focus();
  } else if (element.matches("textarea")) {
    element.focus();
    element.scrollIntoView({ block: "nearest" });
  } else if (element.matches("select, input")) {
    element.focus();
    element.select?.();
  } else element.click();
  return true;
}

const acts = {
  next: () => rows().length > 0 && step(1),
  previous: () => rows().length > 0 && step(-1),
  open: () => false,
  originals: toggleOriginals,
  glossary,
  keys: () => one("#keys")?.showModal(),
  back: () => closeMenus() || unpick() || back(),
  pick,
  pickShown,
  review: askForReview,
};

/** Send the draft to review; the button stands in a menu, so it is clicked where it is. */
function askForReview() {
  const button = one("#composer [data-do=review]");
  if (!button || button.disabled || !one("#draft")?.value.trim()) return false;
  button.click();
  return true;
}

function back() {
  if (one("#context:target")) return window.location.replace("#main");
  const row = one("#rows .cv[aria-current]");
  if (one("#work.is-open")?.contains(document.activeElement) && row && shown(row)) return row.focus();
  return use("back");
}

export function act(word) {
  return word in acts ? acts[word]() : use(word);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape" && !closeMenus()) event.target.blur();
    return;
  }
  if (document.body.dataset.singleKeys === "off" && event.key !== "Escape") return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const entries = all("#keys [data-key]").filter((line) => line.dataset.key === key && line.dataset.does !== "open");
  // a key with two meanings has the one of the draft first
  entries.sort((a, b) => Number(b.dataset.does === "review") - Number(a.dataset.does === "review"));
  if (entries.some((entry) => act(entry.dataset.does) !== false)) event.preventDefault();
});
