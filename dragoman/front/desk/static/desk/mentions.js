// @ in a note offers people and teams; what is chosen is kept by id beside the text.
import { all, one } from "./dom.js";

const BEFORE = /(?:^|[\s(\[«"'“‘،、。：；\u2066-\u2069\u200e\u200f])@([^\n@]{0,40})$/u;
const WAIT = 120;

const field = () => one("#draft");
const list = () => one("#mention-list");
const isNote = () => Boolean(one('#composer [name="channel"][value="note"]')?.checked);
const options = () => all("[role=option]", list());

let from = -1;
let waiting;
let asked = 0;
// a place that was closed with Escape, or where nobody fits, stays closed until the @ is another one
let closed = -1;

function close({ forGood = false } = {}) {
  const box = list();
  if (forGood) closed = from;
  from = -1;
  clearTimeout(waiting);
  if (!box || box.hidden) return;
  box.hidden = true;
  box.replaceChildren();
  field()?.removeAttribute("aria-activedescendant");
  field()?.setAttribute("aria-expanded", "false");
}

function choose(index) {
  options().forEach((option, at) => {
    option.setAttribute("aria-selected", String(at === index));
    if (at === index) {
      option.scrollIntoView({ block: "nearest" });
      field().setAttribute("aria-activedescendant", option.id);
    }
  });
}

async function look(words) {
  const turn = (asked += 1);
  let answer;
  try {
    answer = await fetch(`${list().dataset.at}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } });
  } catch {
    return close();
  }
  if (turn !== asked || from < 0 || !answer.ok) return;
  const box = list();
  box.innerHTML = await answer.text();
  if (!options().length) {
    // after a space it was a sentence, not a name
    if (/\s/.test(words)) return close({ forGood: true });
    box.innerHTML = "";
    box.append(Object.assign(document.createElement("li"), { className: "cap", textContent: box.dataset.none }));
  }
  box.hidden = false;
  const text = field();
  text.setAttribute("aria-controls", "mention-list");
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-expanded", "true");
  if (options().length) choose(0);
}

const kept = () => {
  try {
    return JSON.parse(one("#mentions").value || "[]");
  } catch {
    return [];
  }
};
const keep = (marks) => (one("#mentions").value = marks.length ? JSON.stringify(marks) : "");

function insert(option) {
  const text = field();
  const { kind, id, name } = option.dataset;
  const start = from;
  close();
  text.setRangeText(`@${name} `, start, text.selectionStart, "end");
  if (!kept().some((mark) => mark.kind === kind && mark.id === id)) keep([...kept(), { kind, id, name }]);
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", (event) => {
  const text = event.target;
  if (text.id !== "draft" || !one("#mentions")) return;
  keep(kept().filter((mark) => text.value.includes(`@${mark.name}`)));
  if (!isNote() || event.isComposing) return close();
  const before = text.value.slice(0, text.selectionStart);
  const found = BEFORE.exec(before);
  const at = found ? before.length - found[1].length - 1 : -1;
  if (at < 0 || at === closed || kept().some((mark) => found[1].startsWith(`${mark.name} `))) {
    if (at < 0) closed = -1;
    return close();
  }
  from = at;
  clearTimeout(waiting);
  waiting = setTimeout(look, WAIT, found[1]);
});

document.addEventListener(
  "keydown",
  (event) => {
    const box = list();
    if (event.target.id !== "draft" || !box || box.hidden || event.isComposing) return;
    const shown = options();
    const at = shown.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") close({ forGood: true });
    else if (!shown.length || event.ctrlKey || event.metaKey) return;
    else if (event.key === "ArrowDown") choose((at + 1) % shown.length);
    else if (event.key === "ArrowUp") choose((at - 1 + shown.length) % shown.length);
    else if (event.key === "Enter" || event.key === "Tab") insert(shown[Math.max(at, 0)]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

// a press must not take the focus out of the text
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest?.("#mention-list")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const option = event.target.closest?.("#mention-list [role=option]");
  if (option) insert(option);
  else if (event.target.id !== "draft") close();
});
document.addEventListener("focusout", (event) => {
  if (event.target.id === "draft") close();
});
