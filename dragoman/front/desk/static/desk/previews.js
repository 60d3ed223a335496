// What the customer will get: asked for when the writing pauses, one answer after another, and before anything goes out.
import { all, one, said, toast } from "./dom.js";

const WAIT = 400;
const form = () => one("#composer");
const draft = () => one("#draft");
export const isNote = (f) => one('[name="channel"][value="note"]', f)?.checked;

let waiting;
let asking;
// the draft of which the preview is shown, or on its way, and how the customer is spoken to in it
let asked = "";

const drafted = (text) => [text, one("#address")?.dataset.manner ?? ""].join("\n");
const isStale = () => drafted(draft().value) !== asked || Boolean(asking);

/** Put the preview of these values into its place, and say whether it came. */
async function fetched(f, values) {
  const place = one("#preview");
  const before = place.firstChild;
  // a question that is being answered is not closed by a preview that comes meanwhile
  let confirming = false;
  place.addEventListener("htmx:beforeSwap", () => (confirming = Boolean(one(".confirm[open]", place))), { once: true });
  asked = drafted(values.text);
  await window.htmx.ajax("POST", f.dataset.preview, { source: place, target: place, swap: "innerHTML", values }).catch(() => undefined);
  if (form() !== f) return false;
  if (place.firstChild === before) {
    asked = "";
    return false;
  }
  if (draft().value === values.text) place.classList.remove("is-stale");
  if (confirming) one(".confirm", place)?.setAttribute("open", "");
  // the browser checks the spelling of the language that is written, not of the page
  const written = one("[data-written]", place)?.dataset.written;
  if (written) draft().lang = written;
  return true;
}

function ask(f, values) {
  asking = fetched(f, values).finally(() => {
    asking = undefined;
  });
  return asking;
}

const valuesOf = (f) => ({ ...Object.fromEntries(new FormData(f)), text: draft().value });

/** Show what the customer gets of what is written now; what is shown already is not asked for again. */
export async function preview() {
  clearTimeout(waiting);
  while (asking) await asking;
  const f = form();
  if (!f?.dataset.preview || f.dataset.going || isNote(f) || !isStale()) return;
  await ask(f, valuesOf(f));
}

/** Forget of what the preview is: another conversation came, or another way to the customer was chosen. */
export function forget() {
  asked = "";
}

function later(what, pause) {
  one("#preview")?.classList.add("is-stale");
  clearTimeout(waiting);
  waiting = setTimeout(what, pause);
}

/** Show what the customer gets with a translation that was changed by hand. */
async function amend() {
  clearTimeout(waiting);
  while (asking) await asking;
  const f = form();
  const field = one("#amended");
  if (!f || !field || f.dataset.going) return;
  const at = field.selectionEnd;
  const had = document.activeElement === field;
  await ask(f, valuesOf(f));
  const now = one("#amended");
  if (!had || !now) return;
  now.closest("details").open = true;
  now.focus();
  now.setSelectionRange(at, at);
}

/** Wait for the preview of what is written, where another text's is shown. */
export const caughtUp = async () => {
  if (isStale()) await preview();
};

const isAmended = () => {
  const field = one("#amended");
  return Boolean(field && (field.value !== field.defaultValue || one("#preview .amend [data-amend]")));
};

/** What a person is to look at before it goes out, in the words that stand beside it. */
function toLookAt(wasAmended) {
  const marked = all("#preview [data-look]").map((place) => place.innerText.trim());
  if (wasAmended && !isAmended()) marked.unshift(said("amended"));
  return marked;
}

/** See that what goes out with these values was shown: false where it is to be looked at first, which is said. */
export async function isShown(f, values) {
  clearTimeout(waiting);
  if (!values.text.trim() || (drafted(values.text) === asked && !asking)) return true;
  const amended = isAmended();
  while (asking) await asking;
  const came = drafted(values.text) === asked || (await ask(f, values));
  // who went on to another conversation finds the draft where it was
  if (form() !== f) return false;
  const token = one("#preview [name=preview_token]")?.value ?? "";
  const reasons = toLookAt(amended);
  if (!came) toast(said("failed"), { bad: true });
  else if (reasons.length || !token) toast([said("look"), reasons[0]].filter(Boolean).join(" "), { bad: true });
  else {
    values.preview_token = token;
    values.amended = one("#amended")?.value ?? "";
    return true;
  }
  return false;
}

document.addEventListener("input", (event) => {
  if (event.target.id === "draft") later(preview, WAIT);
  if (event.target.id === "amended") later(amend, WAIT * 2);
});
// the customer is to be spoken to otherwise: chosen beside the thread, undone, or by a colleague
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target?.id === "context" && asked && draft()?.value.trim() && isStale()) later(preview, 0);
});
// a finding of the tone check is mended with one click: in the translation, or in the draft itself
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#preview :is([data-amend], [data-mend])");
  if (!button) return;
  event.preventDefault();
  if (button.dataset.amend !== undefined) {
    one("#amended").value = button.dataset.amend;
    amend();
  } else {
    const field = draft();
    field.value = button.dataset.mend;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
});
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("#preview .amend") && event.target.open) one("#amended")?.focus();
}, true);
