// Pops (native details): close on a click outside or Escape, move with the arrow keys.
import { all, one } from "./dom.js";

const open = () => all("details.pop[open]");

/** Open upwards where the end of the pane would cut the menu off, and there is room above. */
function above(menu) {
  menu.classList.remove("above");
  const pane = menu.closest(".thread-wrap")?.getBoundingClientRect();
  const sheet = one(".sheet", menu)?.getBoundingClientRect();
  if (!pane || !sheet || sheet.bottom <= pane.bottom) return;
  if (menu.getBoundingClientRect().top - sheet.height > pane.top) menu.classList.add("above");
}

export function closeMenus() {
  const menus = open();
  for (const menu of menus) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) one("summary", menu)?.focus();
  }
  return menus.length > 0;
}

/** Go to the first field or choice of an open menu, unless somebody is there already. */
function enter(menu) {
  if (one(".sheet", menu)?.contains(document.activeElement)) return;
  const first = one("input:not([type=hidden]), select, .items button, .items a", menu);
  first?.focus();
  // what stands in a field by itself is typed over
  if (first?.matches("input.input")) first.select();
}

/** Open a menu by a key: the letters typed right after it are meant for its field, not for the shortcuts. */
export function openMenu(menu) {
  menu.open = true;
  enter(menu);
}

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!menu.matches?.("details.pop") || !menu.open) return;
    for (const other of open()) if (other !== menu && !other.contains(menu)) other.open = false;
    above(menu);
    enter(menu);
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const items = event.target.closest?.("details.pop")?.querySelectorAll(".items button, .items a");
  if (!items?.length || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  if (event.target.matches("select, textarea")) return;
  const list = [...items];
  const step = event.key === "ArrowDown" ? 1 : -1;
  const at = list.indexOf(document.activeElement);
  list.at(at < 0 ? (step > 0 ? 0 : -1) : (at + step) % list.length).focus();
  event.preventDefault();
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.closest?.("details.pop .sheet form, form.sheet")) closeMenus();
});
