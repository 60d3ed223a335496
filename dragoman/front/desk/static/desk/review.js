// Review: checks follow the typing, suggestions are taken, the list lives. Without a script all of it are forms.
import { all, fetchInto, one } from "./dom.js";

const WAIT = 500;
const CALM = 600;
const form = () => one("#review-form");

let waiting;
/** Fetch differences and checks of what is edited; the texts themselves are never replaced. */
async function check() {
  const f = form();
  if (!f) return;
  const values = Object.fromEntries(new FormData(f));
  values.segment = all("[name=segment]", f).map((field) => field.value);
  await window.htmx.ajax("POST", f.dataset.check, { source: f, target: f, swap: "none", values }).catch(() => undefined);
  offer();
}

/** The figures take the suggestions of the current sentence, and no other's. */
function offer() {
  for (const button of all(".sg [data-take]")) delete button.dataset.do;
  all(".sg.cur [data-take]").forEach((button, at) => (button.dataset.do = `suggestion${at + 1}`));
}
offer();

function fit(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight}px`;
}

document.addEventListener("input", (event) => {
  if (event.target.name !== "segment") return;
  fit(event.target);
  clearTimeout(waiting);
  waiting = setTimeout(check, WAIT);
});

document.addEventListener("click", (event) => {
  const taken = event.target.closest?.("[data-take]");
  if (taken) {
    const field = document.getElementById(taken.dataset.take);
    field.value = taken.dataset.text;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (event.target.closest?.("[data-edit]")) one("[data-do=edit]")?.focus();
});

// the sentence that is edited is the current one
document.addEventListener("focusin", (event) => {
  if (event.target.name !== "segment") return;
  const here = event.target.closest(".sg");
  for (const each of all(".sg")) each.classList.toggle("cur", each === here);
  for (const each of all("[data-do=edit]")) delete each.dataset.do;
  event.target.dataset.do = "edit";
  offer();
});

document.addEventListener("toggle", (event) => {
  if (event.target.id === "rejecting" && event.target.open) one("textarea", event.target).focus();
}, true);

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "Enter") return;
  const reason = event.target.closest?.("#rejecting .sheet");
  const button = reason ? one("button", reason) : one("[data-do=accept]");
  if (!form()?.contains(event.target) || !button) return;
  event.preventDefault();
  button.click();
});

// what one typed is not lost by a slip
let sent = false;
document.addEventListener("submit", () => (sent = true));
window.addEventListener("beforeunload", (event) => {
  const edited = all("[name=segment]").some((field) => field.value !== field.defaultValue);
  if (edited && !sent) event.preventDefault();
});
window.addEventListener("pageshow", () => (sent = false));

let soon;
async function refresh() {
  soon = undefined;
  const lines = one("#review-lines");
  if (!lines || document.hidden) return;
  await fetchInto(`${lines.dataset.refresh}?open=${one("#work")?.dataset.open ?? ""}`, lines);
  const fresh = one("#review-lines");
  // an empty page opens what came
  if (!one("#work")?.dataset.open && fresh?.dataset.count !== "0") window.location.reload();
}

document.addEventListener("desk:changed", (event) => {
  if (!/^(conversation|order|agent):/.test(event.detail)) return;
  clearTimeout(soon);
  soon = setTimeout(refresh, CALM);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});
