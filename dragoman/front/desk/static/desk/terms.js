// The glossary in the composer: terms marked behind the draft, entries beside the words, and G for what is selected.
import { all, one } from "./dom.js";

/** Paint the marks behind the draft; places are in code points, and those before what was typed since still hold. */
function paint() {
  const box = one("#draft-marks");
  const field = one("#draft");
  if (!box || !field) return;
  box.replaceChildren();
  box.lang = field.lang;
  const places = JSON.parse(one("#preview [data-terms]")?.dataset.terms ?? "[]");
  const now = [...field.value];
  const then = [...(box.dataset.of ?? "")];
  const same = now.findIndex((letter, index) => letter !== then[index]);
  const sure = same < 0 ? now.length : same;
  let at = 0;
  for (const place of places.filter((one) => one.end <= sure)) {
    box.append(now.slice(at, place.start).join(""));
    box.append(Object.assign(document.createElement("span"), { className: "term", textContent: now.slice(place.start, place.end).join("") }));
    at = place.end;
  }
  box.append(now.slice(at).join(""), "\n");
  box.scrollTop = field.scrollTop;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target?.id === "preview" && one("#draft-marks")) one("#draft-marks").dataset.asked = one("#draft").value.trim() ? one("#draft").value : "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const box = one("#draft-marks");
  if (event.detail.target?.id !== "preview" || !box) return;
  // the server reads the draft without the blanks around it
  const asked = box.dataset.asked ?? "";
  box.dataset.of = asked.trimStart() === asked ? asked : "";
  paint();
});
document.addEventListener("input", (event) => {
  if (event.target.id === "draft") paint();
});
document.addEventListener("scroll", (event) => {
  if (event.target.id === "draft") one("#draft-marks").scrollTop = event.target.scrollTop;
}, true);

function place(event) {
  const term = event.target.closest?.(".term:has(> .term-pop)");
  if (!term) return;
  const pop = one(".term-pop", term);
  const at = term.getBoundingClientRect();
  const size = pop.getBoundingClientRect();
  const rtl = document.dir === "rtl";
  const start = rtl ? window.innerWidth - at.right : at.left;
  pop.style.setProperty("--pop-x", `${Math.max(8, Math.min(start, window.innerWidth - size.width - 8))}px`);
  const above = at.top - size.height - 6;
  pop.style.setProperty("--pop-y", `${above > 8 ? above : at.bottom + 6}px`);
}
document.addEventListener("pointerover", place);
document.addEventListener("focusin", place);

/** Open the glossary at what is selected, in the thread or in the draft. */
export function glossary() {
  const dialog = one("#glossary");
  if (!dialog) return false;
  const field = one("#draft");
  const picked = window.getSelection()?.toString() || (field ? field.value.slice(field.selectionStart, field.selectionEnd) : "");
  const search = one("input[type=search]", dialog);
  search.value = picked.trim().slice(0, 100);
  dialog.showModal();
  search.focus();
  window.htmx.trigger(search, "search");
  return true;
}
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-do=glossary]")) glossary();
  if (event.target.closest?.("#glossary [data-close]") || event.target.id === "glossary") all("#glossary")[0].close();
});
