// The list: marks the row that is open, shows a skeleton when the conversation takes longer than 300 ms.
import { all, one } from "./dom.js";
import { refreshList } from "./live.js";

export function markOpen(id) {
  for (const row of all("#rows .cv[aria-current]")) row.removeAttribute("aria-current");
  const row = id && one(`#row-${CSS.escape(id)}`);
  if (!row) return;
  row.setAttribute("aria-current", "true");
  row.classList.remove("unread");
}

const showChip = () => one(".chips [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
showChip();

let slow;

document.addEventListener("htmx:beforeRequest", (event) => {
  const row = event.target.closest?.("#rows .cv");
  if (!row) return;
  markOpen(row.id.slice("row-".length));
  clearTimeout(slow);
  slow = setTimeout(() => {
    const thread = one("#thread");
    thread?.replaceChildren(...Array.from({ length: 4 }, () => Object.assign(document.createElement("div"), { className: "skel" })));
  }, 300);
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.target.closest?.("#rows .cv")) return;
  clearTimeout(slow);
  if (!event.detail.successful) window.location.assign(event.target.closest(".cv").href);
});

// Typing J must not lose its place when the list is fetched anew: remember the row that had the focus.
let focused;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id === "list") focused = document.activeElement?.closest?.("#rows .cv")?.id;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "list" && event.target.id !== "list") return;
  showChip();
  markOpen(one("#work")?.dataset.conversation);
  if (focused) one(`#${CSS.escape(focused)}`)?.focus({ preventScroll: true });
  focused = undefined;
});

// What was done to a saved view shows in the column and in the list's head.
document.addEventListener("list-changed", refreshList);
