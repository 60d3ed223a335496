// The search box: a combobox that offers recent searches, operators and their values. Without it the form works alone.
import { all, one } from "./dom.js";

const WAIT = 120;
const headers = () => ({ "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") });
const isBox = (element) => Boolean(element?.matches?.("input[data-box]"));
const boxOf = (field) => one(".suggest", field.form);
const options = (field) => all("[role=option]", boxOf(field));
const active = (field) => options(field).find((option) => option.getAttribute("aria-selected") === "true");

let waiting;
let asked = 0;

function close(field) {
  asked += 1;
  clearTimeout(waiting);
  const box = boxOf(field);
  box.hidden = true;
  box.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  one("[role=status]", field.form).textContent = "";
}

function choose(field, option) {
  for (const other of options(field)) other.setAttribute("aria-selected", String(other === option));
  if (!option) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

async function look(field) {
  const turn = (asked += 1);
  // the server counts characters, the browser UTF-16 units
  const at = [...field.value.slice(0, field.selectionStart ?? field.value.length)].length;
  let answer;
  try {
    answer = await fetch(`/desk/suggest?${new URLSearchParams({ q: field.value, at, box: field.dataset.box })}`, { headers: headers() });
  } catch {
    return close(field);
  }
  if (turn !== asked || !answer.ok || !field.isConnected || document.activeElement !== field) return;
  const box = boxOf(field);
  const text = await answer.text();
  if (turn !== asked) return;
  box.innerHTML = text;
  const any = options(field).length > 0;
  box.hidden = !any;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-expanded", String(any));
  field.removeAttribute("aria-activedescendant");
  one("[role=status]", field.form).textContent = one("[data-count]", box)?.textContent ?? "";
}

function soon(field) {
  clearTimeout(waiting);
  waiting = setTimeout(look, WAIT, field);
}

function take(field, option) {
  field.value = option.dataset.q;
  if ("recent" in option.dataset) {
    close(field);
    return field.form.requestSubmit();
  }
  const at = [...option.dataset.q].slice(0, Number(option.dataset.at)).join("").length;
  field.setSelectionRange(at, at);
  look(field);
}

async function forget(field, q) {
  await fetch("/desk/searches/forget", { method: "POST", headers: headers(), body: new URLSearchParams({ q }) }).catch(() => undefined);
  field.focus();
  look(field);
}

document.addEventListener("focusin", (event) => {
  if (isBox(event.target) && boxOf(event.target).hidden) soon(event.target);
});
document.addEventListener("input", (event) => {
  if (isBox(event.target) && !event.isComposing) soon(event.target);
});
document.addEventListener("focusout", (event) => {
  const form = event.target.closest?.("form.find");
  const field = form && one("input[data-box]", form);
  if (field && !form.contains(event.relatedTarget)) close(field);
});

document.addEventListener(
  "keydown",
  (event) => {
    const field = event.target;
    if (event.key === "Escape" && field.matches?.("form.find .suggest button")) {
      one("input[data-box]", field.form).focus();
      close(one("input[data-box]", field.form));
      return event.stopPropagation();
    }
    if (!isBox(field) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const open = !boxOf(field).hidden;
    const list = options(field);
    const at = list.indexOf(active(field));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) look(field);
      // before the first and after the last one the field itself is meant again
      else choose(field, list[event.key === "ArrowDown" ? at + 1 : at < 0 ? list.length - 1 : at - 1]);
    } else if (!open) return;
    else if (event.key === "Escape") close(field);
    else if (event.key === "Enter" && at >= 0) take(field, list[at]);
    else if (event.key === "Delete" && "recent" in (list[at]?.dataset ?? {})) forget(field, list[at].dataset.q);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// a press must not take the focus out of the field
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest?.(".suggest")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const box = event.target.closest?.(".suggest");
  const field = box && one("input[data-box]", box.closest("form"));
  if (!field) {
    if (isBox(event.target) && boxOf(event.target).hidden) look(event.target);
    return;
  }
  const button = event.target.closest("[data-forget]");
  if (button) return forget(field, button.dataset.forget);
  const option = event.target.closest("[role=option]");
  if (option) take(field, option);
});
