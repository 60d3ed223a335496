// Live: the server says what changed, the page fetches that part again under the agent's own rights.
// One stream lives as long as the page: its topic tells of every conversation, whichever is open.
import { all, fetchInto, isTyping, one, said } from "./dom.js";

const CALM = 200;
const SILENCE = 60_000;
const LONGEST = 30_000;
const JUST_NOW = 5_000;

let source;
let failures = 0;
let again;
let heard = Date.now();
const due = new Set();
const told = new Map();
let soon;

/** Say whether a topic tells of the open conversation, or of one that was merged into it. */
const isOpen = (topic) => {
  const work = one("#work")?.dataset;
  return Boolean(work?.conversation) && [work.conversation, ...(work.joined ?? "").split(" ")].some((id) => id && topic === `conversation:${id}`);
};
const conversation = () => one("#work")?.dataset.conversation ?? "";

function show(word) {
  const place = one("#live-word");
  const text = said(word);
  if (place && place.textContent !== text) place.textContent = text;
  document.documentElement.dataset.live = word;
}

/** A list somebody types in, or whose menu is open, is left alone until the next change. */
const isBusy = (list) => !list || (list.contains(document.activeElement) && isTyping(document.activeElement)) || one("details.pop[open]", list);

// the same for one that was asked for just before somebody opened its menu
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (target?.id === "list" && requestConfig?.path.startsWith("/desk/list") && isBusy(target)) event.detail.shouldSwap = false;
});

// One fetching of the list at a time: a second one would put its answer in the place of a list that is gone by then,
// and take what is kept from list to list (the bar of the selected rows) with it.
let fetching = false;
let stale = false;

/** Fetch the list anew, as long as it is now; one that is on its way is followed by another. */
export async function refreshList() {
  const list = one("#list");
  stale = fetching;
  if (!list || fetching) return;
  fetching = true;
  await fetchInto(`${list.dataset.refresh}&loaded=${all("#rows .cv").length}&open=${conversation()}`, list);
  fetching = false;
  if (stale) changed("inbox");
}

function refresh(topic) {
  if (topic === "inbox") {
    if (!isBusy(one("#list"))) refreshList();
  } else if (isOpen(topic)) {
    const open = conversation();
    window.htmx.ajax("GET", `/desk/conversations/${open}/changes`, { source: "#words", target: "#words", swap: "none" }).catch(() => undefined);
  }
}

function changed(topic) {
  due.add(topic);
  if (soon) return;
  soon = setTimeout(() => {
    soon = undefined;
    if (document.hidden) return;
    const now = [...due];
    due.clear();
    for (const one of now) refresh(one);
  }, CALM);
}

function everything() {
  document.dispatchEvent(new CustomEvent("desk:changed", { detail: `agent:${document.body.dataset.agent}` }));
  changed("inbox");
  if (conversation()) changed(`conversation:${conversation()}`);
}

/** What changed between the drawing of the page and the opening of its stream: only where things are moving. */
function missed() {
  if (one("#list[data-moving]")) changed("inbox");
  if (one("#thread[data-moving]")) changed(`conversation:${conversation()}`);
}

function close() {
  clearTimeout(again);
  source?.close();
  source = undefined;
}

function open() {
  close();
  source = new EventSource(`/live?topics=inbox,agent:${document.body.dataset.agent}`);
  source.onopen = () => {
    if (failures) everything();
    else missed();
    failures = 0;
    heard = Date.now();
    show("live");
  };
  source.addEventListener("changed", (event) => {
    heard = Date.now();
    document.dispatchEvent(new CustomEvent("desk:changed", { detail: event.data }));
    if (event.data.startsWith("view:")) changed("inbox");
    if (!event.data.startsWith("conversation:")) return;
    told.set(event.data, heard);
    changed("inbox");
    if (isOpen(event.data)) changed(event.data);
  });
  source.addEventListener("resync", everything);
  // whispers: what lives for seconds comes with its facts
  source.addEventListener("presence", (event) => document.dispatchEvent(new CustomEvent("desk:presence", { detail: JSON.parse(event.data) })));
  source.onmessage = () => (heard = Date.now());
  source.onerror = () => {
    failures += 1;
    show(navigator.onLine ? "waiting" : "offline");
    if (source?.readyState !== EventSource.CLOSED) return;
    const pause = Math.min(LONGEST, 1000 * 2 ** Math.min(failures, 5)) * (0.5 + Math.random() / 2);
    again = setTimeout(open, pause);
  };
}

/** After sleep a stream may look open and be dead: open it anew and fetch what was missed. */
function wake() {
  if (document.hidden) return;
  if (!source || source.readyState === EventSource.CLOSED || Date.now() - heard > SILENCE) {
    failures += 1;
    open();
  } else for (const topic of due) changed(topic);
}

document.addEventListener("visibilitychange", wake);
window.addEventListener("online", () => {
  failures += 1;
  open();
});
window.addEventListener("offline", () => show("offline"));
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    failures += 1;
    open();
  }
});
window.addEventListener("pagehide", close);
/** A thread that was asked for before an earlier part of it came, or is on its way, would throw that part away: ask again. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { pathInfo, requestConfig } = event.detail;
  if (!pathInfo?.requestPath.endsWith("/changes")) return;
  const coming = one("#thread .more-before .htmx-request");
  const oldest = one("#thread .earlier") ? one("#thread").dataset.oldest : undefined;
  if (!coming && requestConfig.parameters.from === oldest) return;
  event.detail.shouldSwap = false;
  changed(`conversation:${conversation()}`);
});
document.addEventListener("htmx:afterSettle", (event) => {
  show(document.documentElement.dataset.live ?? "waiting");
  // a conversation that changed while it was on its way here
  const topic = `conversation:${conversation()}`;
  if (event.target.id === "work" && Date.now() - (told.get(topic) ?? 0) < JUST_NOW) changed(topic);
});

if (document.body.dataset.agent) open();
