// The composer: send on Ctrl-Enter, phrases and their slots, files by button, drag and paste, a draft that survives.
import { all, one, said, toast } from "./dom.js";
import { recall, remember } from "./drafts.js";
import { caughtUp, forget, isNote, isShown, preview } from "./previews.js";

const MOST = 30 * 1024 * 1024;
// a gap that a macro or phrase left for a person
const SLOT = /\{(?:[a-z]+(?:\.[a-z]+)?|phrase:[a-z0-9_]+)\}/;
const form = () => one("#composer");
const draft = () => one("#draft");

function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.rows = Math.min(12, Math.max(2, field.value.split("\n").length + 1));
}

export function insert(text) {
  const field = draft();
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const gap = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(gap + text, field.selectionStart, field.selectionEnd, "end");
  const at = field.selectionEnd;
  if (after && !/^\s/.test(after)) field.setRangeText(" ", at, at, "start");
  nextSlot(before.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Select the next {slot} of a phrase; false when there is none. */
function nextSlot(from) {
  const field = draft();
  const found = SLOT.exec(field.value.slice(from));
  field.focus();
  if (!found) return false;
  field.setSelectionRange(from + found.index, from + found.index + found[0].length);
  return true;
}

/** Put a text in the place of the first `old` in the draft: a slot's value, a phrase for a sentence nobody can say. */
function replace(fills) {
  const field = draft();
  let end = -1;
  for (const [old, fresh] of Object.entries(fills)) {
    // a gap may stand there more than once
    for (let at = field.value.indexOf(old); at >= 0; at = field.value.indexOf(old, at + fresh.length)) {
      field.setRangeText(fresh, at, at + old.length, "end");
      end = at + fresh.length;
    }
  }
  if (end < 0) return;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (!nextSlot(0)) field.setSelectionRange(end, end);
  preview();
}
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#preview :is([data-gap], [data-sentence], [data-fills])");
  if (!button) return;
  event.preventDefault();
  const { fills, gap, fill, sentence, say } = button.dataset;
  replace(fills ? JSON.parse(fills) : { [gap ?? sentence]: fill ?? say });
});

async function upload(files) {
  const f = form();
  for (const file of files) {
    if (file.size > MOST) {
      toast(said("large"), { bad: true });
      continue;
    }
    const body = new FormData();
    body.append("files", file);
    try {
      const answer = await fetch(f.dataset.files, { method: "POST", body, headers: { "X-CSRFToken": one("[name=csrfmiddlewaretoken]", f).value, "HX-Request": "true" } });
      if (!answer.ok) throw new Error(String(answer.status));
      one("#files").insertAdjacentHTML("beforeend", await answer.text());
      draft().focus();
    } catch {
      toast(said("failed"), { bad: true });
    }
  }
}

function ready() {
  const f = form();
  if (!f) return;
  forget();
  recall(f);
  delete f.dataset.sent;
  hint();
  if (draft().value) {
    // what is written or put in next follows what stands there
    if (document.activeElement !== draft()) draft().setSelectionRange(draft().value.length, draft().value.length);
    remember(f);
    preview();
  }
}

function hint() {
  const field = draft();
  if (field) field.placeholder = isNote(form()) ? field.dataset.note : field.dataset.reply;
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "draft") return;
  grow(event.target);
  remember(form());
});

// an address that was refused is marked where it stands
document.addEventListener("people-refused", (event) => {
  const field = one(`#composer [name="${event.detail.field}"]`);
  if (!field) return;
  field.closest("details").open = true;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", "people-wrong");
  one("#people-wrong span").textContent = event.detail.said;
  one("#people-wrong").hidden = false;
  field.focus();
});
document.addEventListener("input", (event) => {
  if (!event.target.matches("#composer .people [aria-invalid]")) return;
  event.target.removeAttribute("aria-invalid");
  one("#people-wrong").hidden = true;
});

document.addEventListener("change", (event) => {
  if (event.target.matches("#composer [name=channel]")) {
    hint();
    forget();
    preview();
  }
  if (event.target.matches("#composer [name=files]")) {
    upload([...event.target.files]);
    event.target.value = "";
  }
});

document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("#phrases input") && event.key === "Enter") {
    event.preventDefault();
    const list = one("#phrase-list");
    // what was typed last is still being looked for: the first of that is meant, not the first of what is shown
    if (list.ariaBusy !== "true") takeFirst(list);
    else {
      list.dataset.take = "first";
      draft().focus();
    }
  }
  if (event.target.id !== "draft") return;
  const undo = one("#toasts [data-do=undo]");
  if (undo && event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !draft().value) {
    event.preventDefault();
    undo.click();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    const list = one("#phrase-list");
    // a phrase that was taken is still on its way; whoever presses again means what stands there
    if (list?.dataset.take && !list.dataset.send) list.dataset.send = event.shiftKey ? "next" : "here";
    else send(event.shiftKey);
  }
  if (event.key === "Tab" && !event.shiftKey && SLOT.test(draft().value.slice(draft().selectionEnd))) {
    event.preventDefault();
    nextSlot(draft().selectionEnd);
  } else if (event.key === "Tab" && !event.shiftKey && chosen().replace(SLOT, "") === "" && chosen()) {
    // the last slot is still open: leaving the text now would make single-letter keys of what is typed next
    event.preventDefault();
  }
});

/** Send what is written by the button that stands for it. */
async function send(thenNext) {
  const f = form();
  // a slot still open is shown, not sent
  if (!isNote(f) && SLOT.test(draft().value)) return nextSlot(0);
  const button = () => one(isNote(f) ? ".note-button" : thenNext ? '[data-do="send_next"]' : ".send-button", f);
  // it may be closed for what was written before
  if (button()?.disabled) await caughtUp();
  if (form() !== f) return;
  // what cannot go out as it stands says why
  if (button()?.disabled) toast(one("#preview :is(.hd > span, .preview-line)")?.textContent ?? said("failed"), { bad: true });
  else button()?.click();
}

function takeFirst(list) {
  const { send: how } = list.dataset;
  disarm(list);
  const first = one("[data-insert]", list);
  if (!first) return one("#phrases input").focus();
  first.click();
  if (how) send(how === "next");
}
/** What was to be taken, and sent, of a search is not of another one. */
function disarm(list = one("#phrase-list")) {
  delete list?.dataset.take;
  delete list?.dataset.send;
}
document.addEventListener("input", (event) => {
  if (!event.target.matches("#phrases input")) return;
  disarm();
  one("#phrase-list").ariaBusy = "true";
});
const isLatest = ({ target, requestConfig }) => target?.id === "phrase-list" && requestConfig.parameters.phrase_q === one("#phrases input")?.value;
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    if (isLatest(event.detail)) disarm(event.detail.target);
  });
}
document.addEventListener("htmx:afterSwap", (event) => {
  const list = event.detail.target;
  if (!isLatest(event.detail)) return;
  list.ariaBusy = "false";
  if (list.dataset.take) takeFirst(list);
});

/** Remember which macros stand in the draft: what they do along is done when it is sent. */
function used(key) {
  if (one(`[name="macro"][value="${CSS.escape(key)}"]`, form())) return;
  form().append(Object.assign(document.createElement("input"), { type: "hidden", name: "macro", value: key }));
}

/** A slash where a word or sentence begins opens macros and phrases; what is typed on searches them, Escape gives the slash back. */
document.addEventListener("beforeinput", (event) => {
  const field = event.target;
  if (field.id !== "draft" || event.data !== "/" || isNote(form())) return;
  const before = field.value.slice(0, field.selectionStart);
  if (before && !/[\s.!?…。！？]$/.test(before)) return;
  const list = one("#phrases");
  if (!list) return;
  event.preventDefault();
  disarm();
  list.dataset.slash = "1";
  list.open = true;
  const search = one("input", list);
  search.value = "";
  search.focus();
});
document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.("#phrases[data-slash]");
  if (!list || event.key !== "Escape") return;
  delete list.dataset.slash;
  list.open = false;
  insert("/");
  event.preventDefault();
  event.stopPropagation();
}, true);

function chosen() {
  return draft().value.slice(draft().selectionStart, draft().selectionEnd);
}

// "To, Cc, Bcc" opened by a hand or by its key: its first field is next
document.addEventListener("click", (event) => {
  const fold = event.target.closest?.("summary[data-do=copies]")?.parentElement;
  if (fold && !fold.open) setTimeout(() => one("input", fold)?.focus());
});
document.addEventListener("click", (event) => {
  const phrase = event.target.closest?.("#phrase-list [data-insert]");
  if (phrase) {
    event.preventDefault();
    one("#phrases").open = false;
    delete one("#phrases").dataset.slash;
    insert(phrase.dataset.insert);
    if (phrase.value.startsWith("macro:")) used(phrase.value);
  }
  event.target.closest?.("#files .remove")?.closest("li").remove();
});

document.addEventListener("submit", async (event) => {
  const f = event.target;
  const button = event.submitter;
  if (f.id !== "composer" || !button?.formAction) return;
  event.preventDefault();
  if (button.matches(".preview-button")) return preview();
  if (f.dataset.going) return;
  const to = button.getAttribute("formaction");
  const values = { ...Object.fromEntries(new FormData(f, button)), text: draft().value };
  values.macro = all('[name="macro"]', f).map((field) => field.value);
  values.attachments = all('[name="attachments"]', f).map((field) => field.value);
  delete values.files;
  f.dataset.going = "1";
  button.setAttribute("aria-busy", "true");
  try {
    // what stands in the preview itself was looked at, and a note has none
    const goes = isNote(f) || button.closest("#preview") || (await isShown(f, values));
    const left = f.dataset.going === "left";
    if (goes && !left) {
      f.dataset.going = "posted";
      await window.htmx.ajax("POST", to, { source: "#files", target: "#files", swap: "none", values });
    } else if (!left) f.dispatchEvent(new CustomEvent("desk:unsent", { bubbles: true }));
  } finally {
    delete f.dataset.going;
    button.removeAttribute("aria-busy");
    preview();
  }
});

// who goes on to another conversation before it went out finds the draft where it was, and is told
document.addEventListener("htmx:beforeSwap", (event) => {
  const f = form();
  if (event.detail.target?.id !== "work" || !event.detail.shouldSwap || f?.dataset.going !== "1") return;
  f.dataset.going = "left";
  f.dispatchEvent(new CustomEvent("desk:unsent", { bubbles: true }));
  toast(said("unsent"), { bad: true });
});

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const f = form();
    if (!f?.contains(event.target) || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    f.classList.toggle("is-over", name === "dragenter" || name === "dragover");
    if (name === "drop") upload([...event.dataTransfer.files]);
  });
}

document.addEventListener("paste", (event) => {
  if (event.target.id === "draft" && event.clipboardData?.files.length) {
    event.preventDefault();
    upload([...event.clipboardData.files]);
  }
});

document.addEventListener("htmx:load", (event) => {
  if (event.target.id === "composer" || one("#composer", event.target) || event.target === document.body) ready();
});
// What came while nothing was written has been seen; what comes while one writes holds the answer once.
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target?.id === "thread" && draft() && !draft().value) one("#seen").value = one("#thread").dataset.newest;
});
document.addEventListener("desk:next", () => {
  const rows = all("#rows .cv");
  const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const row = rows[at + 1] ?? rows[at - 1];
  if (row) row.click();
  else window.location.assign("/");
});
window.addEventListener("offline", () => {
  if (draft()?.value) toast(said("kept"));
});
