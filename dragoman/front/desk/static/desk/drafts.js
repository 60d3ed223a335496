// Drafts are kept on the server: saved while one types, restored on any device, never lost where two devices write.
// What could not be saved yet waits in this browser and goes out when the server answers again.
import { all, one } from "./dom.js";
import { post } from "./beacon.js";

const PAUSE = 1_500;
const LONGEST = 5_000;
const RETRY = 10_000;
const LEAVE_OUT = new Set(["csrfmiddlewaretoken", "text", "files", "attachments", "preview_token", "phrase_q", "send_as", "seen", "plan_at"]);

const form = () => one("#composer");
const text = () => one("#draft");
const state = () => one("#draft-state");
const kindOf = (f) => (one('[name="channel"][value="note"]', f)?.checked ? "note" : "reply");
const keyOf = (conversation, kind) => `draft:${document.body.dataset.agent}:${conversation}:${kind}`;

// of the open conversation: kind -> {text, fields, files, chips, revision}; `saved` is what the server is known to hold
let drafts = {};
let current = { conversation: "", kind: "reply" };
let timer;
let since = 0;
let saving;
let offered;
let sending = false;
let mine = "";

function local(conversation, kind, value) {
  try {
    if (value === undefined) return JSON.parse(localStorage.getItem(keyOf(conversation, kind)) ?? "null");
    if (value === null) localStorage.removeItem(keyOf(conversation, kind));
    else localStorage.setItem(keyOf(conversation, kind), JSON.stringify(value));
  } catch {
    // Storage may be closed to us; then the server alone keeps the draft.
  }
  return null;
}

function fieldsOf(f) {
  const fields = {};
  for (const [name, value] of new FormData(f)) {
    if (LEAVE_OUT.has(name) || typeof value !== "string") continue;
    fields[name] = name in fields ? [fields[name], value].flat() : value;
  }
  return fields;
}

const filesOf = (f) => all('[name="attachments"]', f).map((field) => Number(field.value));
const known = (kind) => (drafts[kind] ??= { text: "", fields: {}, files: [], chips: "", revision: 0, saved: "" });
const word = (written) => JSON.stringify([written.text, written.files]);

function note(kind) {
  const f = form();
  const draft = known(kind);
  Object.assign(draft, { text: text().value, fields: fieldsOf(f), files: filesOf(f), chips: one("#files", f)?.innerHTML ?? "" });
  return draft;
}

/** Keep what is in the composer now: in this browser at once, on the server soon. */
export function remember(f) {
  if (!f || f.dataset.conversation !== current.conversation) return;
  const kind = kindOf(f);
  const draft = note(kind);
  if (word(draft) === draft.saved) return;
  local(current.conversation, kind, { text: draft.text, fields: draft.fields, files: draft.files, revision: draft.revision });
  if (!since) since = Date.now();
  clearTimeout(timer);
  timer = setTimeout(save, Date.now() - since > LONGEST ? 0 : PAUSE);
}

/** Take up what the server and this browser have kept of the composer that has just come onto the page. */
export function recall(f) {
  clearTimeout(timer);
  since = 0;
  sending = false;
  if (f.dataset.sent) local(current.conversation, current.kind, null);
  drafts = {};
  offered = undefined;
  current = { conversation: f.dataset.conversation, kind: kindOf(f) };
  const place = state();
  if (!place) return;
  for (const draft of JSON.parse(place.dataset.drafts || "[]")) drafts[draft.kind] = { ...draft, saved: word(draft) };
  const shown = drafts[current.kind];
  if (shown) fill(f, shown, { keepText: true });
  for (const kind of ["reply", "note"]) unsaved(f, kind);
  earlier();
}

/** What this browser kept and the server does not know: newer here, or two texts to choose from. */
function unsaved(f, kind) {
  const here = local(current.conversation, kind);
  if (!here) return;
  const theirs = drafts[kind];
  const same = theirs && word(theirs) === word(here);
  if (same || !here.text.trim()) return local(current.conversation, kind, null);
  const other = theirs && theirs.revision !== here.revision ? { ...theirs } : undefined;
  drafts[kind] = { chips: "", ...theirs, ...here, revision: here.revision, saved: "" };
  if (kind !== current.kind) return;
  text().value = here.text;
  if (other) offer(other);
  else save();
}

function fill(f, draft, { keepText = false } = {}) {
  if (!keepText) {
    text().value = draft.text;
    const files = one("#files", f);
    if (files) files.innerHTML = draft.chips ?? "";
  }
  for (const [name, value] of Object.entries(draft.fields ?? {})) {
    for (const field of all(`[name="${CSS.escape(name)}"]`, f)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = [value].flat().includes(field.value);
      else if (name !== "channel") field.value = [value].flat()[0];
    }
  }
  f.dispatchEvent(new CustomEvent("desk:draft", { bubbles: true, detail: { kind: draft.kind, fields: draft.fields ?? {} } }));
}

const say = (words) => {
  const place = one("#draft-said");
  if (place && place.textContent !== words) place.textContent = words;
};

async function save({ force = false } = {}) {
  clearTimeout(timer);
  since = 0;
  if (saving || sending || (offered && !force)) return;
  const { conversation, kind } = current;
  const draft = known(kind);
  const written = word(draft);
  if (!conversation || (written === draft.saved && !force)) return;
  if (!draft.saved && !draft.text.trim() && !draft.files.length && !draft.revision) return local(conversation, kind, null);
  const at = state()?.dataset.at;
  saving = post(at, { kind, text: draft.text, fields: JSON.stringify(draft.fields), files: draft.files, revision: draft.revision, force: force ? "1" : "" });
  const answer = await saving;
  saving = undefined;
  if (!answer || answer.status >= 500) return wait(conversation);
  if (answer.status === 401 || answer.redirected) return wait(conversation);
  const facts = answer.status === 200 || answer.status === 409 ? (await answer.json()).draft : undefined;
  if (conversation !== current.conversation) {
    if (answer.status === 200) local(conversation, kind, null);
    return;
  }
  if (answer.status === 409) return draft.text.trim() ? offer(facts) : take(facts);
  if (answer.status !== 200) return say("");
  Object.assign(draft, { revision: facts?.revision ?? 0, earlier: facts?.earlier ?? "", saved: written });
  if (word(draft) === written) local(conversation, kind, null);
  else remember(form());
  mine = facts?.device ?? mine;
  say(facts ? state()?.dataset.saved ?? "" : "");
  earlier();
  mark(conversation, Object.values(drafts).some((one) => one?.saved && one.revision));
}

/** The list says Draft at once; when it is fetched anew the server says so too. */
function mark(conversation, has) {
  const place = one(`#row-${CSS.escape(conversation)} .meta`);
  const badge = place && one(".has-draft", place);
  if (!place || Boolean(badge) === has) return;
  if (badge) badge.remove();
  else place.prepend(Object.assign(document.createElement("span"), { className: "badge line has-draft", textContent: state()?.dataset.word ?? "" }));
}

function wait(conversation) {
  if (conversation !== current.conversation) return;
  say(state()?.dataset.waiting ?? "");
  clearTimeout(timer);
  timer = setTimeout(save, RETRY);
}

/** Two devices wrote: show the other text, and let the person choose. */
function offer(other) {
  offered = other;
  const place = one("#draft-conflict");
  if (!place) return;
  // the server calls this browser what it called it at the last save from here
  const device = other.device === mine ? "" : other.device;
  one("[data-says]", place).textContent = device ? state().dataset.from.replace("{device}", device) : state().dataset.window;
  one("[data-other]", place).textContent = other.text;
  place.hidden = false;
  say("");
}

function settled() {
  offered = undefined;
  const place = one("#draft-conflict");
  if (place) place.hidden = true;
}

function take(other) {
  if (!other) return;
  const ours = known(current.kind).text;
  drafts[current.kind] = { ...other, saved: word(other), earlier: ours.trim() && ours !== other.text ? ours : other.earlier };
  local(current.conversation, current.kind, null);
  fill(form(), other);
  settled();
  earlier();
  text().dispatchEvent(new Event("input", { bubbles: true }));
}

function keep() {
  const draft = known(current.kind);
  draft.revision = offered.revision;
  settled();
  save({ force: true });
}

/** The text that lost stays one click away until this one is sent. */
function earlier() {
  const button = one("#draft-earlier");
  const draft = drafts[current.kind];
  if (button) button.hidden = !(draft?.earlier && draft.earlier.trim() !== draft.text.trim());
}

/** Reply and note are two drafts: the switch shows the other one, and takes the text along where there is none. */
function turn(f) {
  const kind = kindOf(f);
  if (kind === current.kind) return;
  const before = current.kind;
  const left = known(before);
  save();
  current.kind = kind;
  const other = drafts[kind];
  if (other?.text || other?.files?.length) fill(f, { ...other, fields: {} });
  else if (left.text && !left.revision) {
    local(current.conversation, before, null);
    drafts[before] = undefined;
  } else if (left.text) text().value = "";
  settled();
  earlier();
  text().dispatchEvent(new Event("input", { bubbles: true }));
}

/** Another device may have written while this window was away; only what was not touched here follows it. */
async function look() {
  const draft = drafts[current.kind];
  const at = state()?.dataset.at;
  if (!at || offered || saving || (draft && word(draft) !== draft.saved && draft.text)) return;
  const { conversation, kind } = current;
  let found;
  try {
    const answer = await fetch(at, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    found = (await answer.json()).drafts.find((one) => one.kind === kind);
  } catch {
    return;
  }
  if (conversation !== current.conversation || kind !== current.kind || !found) return;
  if (found.revision === (draft?.revision ?? 0) || found.text === text().value) return;
  if (text().value === (draft?.text ?? "")) take(found);
}

document.addEventListener("change", (event) => {
  const f = form();
  if (!f?.contains(event.target)) return;
  if (event.target.name === "channel") turn(f);
  remember(f);
});
document.addEventListener("focusout", (event) => {
  if (event.target.id === "draft" && !event.relatedTarget?.closest?.("#sends")) save();
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "composer" || event.target.dataset.going || event.submitter?.matches(".preview-button")) return;
  sending = true;
}, true);
// it was held back before it went out
document.addEventListener("desk:unsent", () => {
  sending = false;
  save();
});
document.addEventListener("click", (event) => {
  const choice = event.target.closest?.("[data-draft]")?.dataset.draft;
  if (choice === "take") take(offered);
  if (choice === "keep") keep();
  if (event.target.closest?.("#files .remove")) setTimeout(() => remember(form()));
  if (event.target.id === "draft-earlier") {
    const draft = known(current.kind);
    [draft.earlier, text().value] = [text().value, draft.earlier];
    text().dispatchEvent(new Event("input", { bubbles: true }));
    earlier();
  }
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id === "work") save();
});
document.addEventListener("htmx:afterRequest", (event) => {
  const kind = /\/conversations\/\d+\/(send|note)$/.exec(event.detail.requestConfig?.path ?? "")?.[1];
  if (!kind) return;
  sending = false;
  if (!event.detail.successful) return save();
  clearTimeout(timer);
  local(current.conversation, kind === "send" ? "reply" : "note", null);
});
document.addEventListener("visibilitychange", () => (document.hidden ? save() : look()));
window.addEventListener("pagehide", () => save());
window.addEventListener("online", () => save());

/** Drafts of other conversations that never reached the server: send them along when a page opens. */
async function sync() {
  const whose = `draft:${document.body.dataset.agent}:`;
  let names = [];
  try {
    names = Object.keys(localStorage).filter((name) => name.startsWith(whose));
  } catch {
    return;
  }
  for (const name of names) {
    const [, , conversation, kind] = name.split(":");
    if (conversation === current.conversation) continue;
    const kept = local(conversation, kind);
    if (!kept) continue;
    const answer = await post(`/desk/conversations/${conversation}/draft`, { kind, text: kept.text, fields: JSON.stringify(kept.fields ?? {}), files: kept.files ?? [], revision: kept.revision });
    if (answer?.ok || answer?.status === 404) local(conversation, kind, null);
  }
}
window.addEventListener("online", sync);
if (navigator.onLine) setTimeout(sync, 3_000);
