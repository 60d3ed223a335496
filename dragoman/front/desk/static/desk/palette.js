// Ctrl-K: commands and search in one box.
import { all, one } from "./dom.js";
import { act } from "./keys.js";

const box = one("#palette");
const field = one("input", box);
const options = () => all("[role=option]", box);

function choose(index) {
  const list = options();
  list.forEach((option, at) => {
    option.setAttribute("aria-selected", String(at === index));
    if (at === index) option.scrollIntoView({ block: "nearest" });
  });
}

function run(option) {
  box.close();
  if (option.dataset.run) act(option.dataset.run);
  else if ("themeOf" in option.dataset) one(`form[action="/desk/theme"] button[value="${option.dataset.themeOf}"]`)?.click();
  else if (option.dataset.href) window.location.assign(option.dataset.href);
}

export function openPalette() {
  if (box.open) return box.close();
  const conversation = one("#work")?.dataset.conversation ?? "";
  field.value = "";
  field.setAttribute("hx-vals", JSON.stringify({ conversation }));
  box.showModal();
  window.htmx.ajax("GET", `/desk/palette?conversation=${conversation}`, { target: "#palette-list", swap: "innerHTML" });
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
  }
});

box?.addEventListener("keydown", (event) => {
  const list = options();
  const at = list.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.length) choose((at + (event.key === "ArrowDown" ? 1 : -1) + list.length) % list.length);
  }
  if (event.key === "Enter" && list[at]) {
    event.preventDefault();
    run(list[at]);
  }
});
box?.addEventListener("click", (event) => {
  if (event.target === box) box.close();
  const option = event.target.closest("[role=option]");
  if (option) run(option);
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "palette-list") choose(0);
});
