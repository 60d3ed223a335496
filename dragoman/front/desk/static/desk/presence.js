// Who looks and who types: this page beats every ten seconds, and shows what the other pages say.
import { all, one } from "./dom.js";
import { post } from "./beacon.js";

const BEAT = 10_000;
const EXPIRES = 30_000;
const STILL = 6_000;
const AGAIN = 3_000;

const page = crypto.randomUUID?.() ?? `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
const others = new Map();
let beaten = 0;
let said = "";
let typed = 0;
let still;

const me = () => Number(document.body.dataset.agent);
const conversation = () => one("#work")?.dataset.conversation ?? "";
const kind = () => (one('#composer [name="channel"][value="note"]')?.checked ? "note" : "reply");

function doing() {
  if (!conversation() || document.hidden) return "gone";
  return Date.now() - typed < STILL ? kind() : "viewing";
}

function hear(facts) {
  if (facts.agent === me()) return;
  if (facts.doing === "gone") others.delete(facts.page);
  else others.set(facts.page, { ...facts, at: Date.now() });
}

async function beat({ always = false } = {}) {
  const now = doing();
  const word = `${conversation()} ${now}`;
  if (!always && word === said && Date.now() - beaten < AGAIN) return;
  if (now === "gone" && said.endsWith("gone")) return;
  const turned = word !== said ? "1" : "";
  beaten = Date.now();
  said = word;
  const answer = await post("/desk/presence", { page, conversation: now === "gone" ? "" : conversation(), doing: now, turned });
  if (!answer?.ok || now === "gone") return;
  others.clear();
  for (const facts of (await answer.json()).here) hear(facts);
  show();
}

/** The other pages of a conversation, one a person: who types comes before who looks. */
function people(id) {
  const found = new Map();
  for (const facts of others.values()) {
    if (String(facts.conversation) !== String(id)) continue;
    const known = found.get(facts.agent);
    if (!known || known.doing === "viewing") found.set(facts.agent, facts);
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

const initials = (name) => {
  const words = name.trim().split(/\s+/);
  const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const first = (word) => letters.segment(word)[Symbol.iterator]().next().value?.segment ?? "";
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : "")).toUpperCase();
};

function avatar(facts, words) {
  const face = Object.assign(document.createElement("span"), { className: `av agent s is-${facts.doing}`, textContent: initials(facts.name), title: words });
  face.setAttribute("role", "img");
  face.setAttribute("aria-label", words);
  return face;
}

const put = (place, faces) => {
  const key = faces.map((face) => `${face.title} ${face.className}`).join("|");
  if ((place.dataset.shown ?? "") === key) return;
  place.dataset.shown = key;
  place.replaceChildren(...faces);
  place.hidden = faces.length === 0;
};

function inHead() {
  const place = one("#here");
  if (!place) return;
  const colleagues = people(conversation()).filter((facts) => facts.agent);
  put(place, colleagues.slice(0, 4).map((facts) => avatar(facts, place.dataset[facts.doing].replace("{name}", facts.name))));
}

function inLine() {
  const place = one("#typing");
  if (!place) return;
  const typing = people(conversation()).filter((facts) => facts.doing !== "viewing");
  const colleagues = typing.filter((facts) => facts.agent);
  let words = colleagues.length ? "" : typing.length ? place.dataset.shopper : "";
  if (colleagues.length === 1) words = place.dataset[colleagues[0].doing].replace("{name}", `\u2068${colleagues[0].name}\u2069`);
  if (colleagues.length > 1) words = place.dataset.many;
  if (place.textContent !== words) place.textContent = words;
}

function inList() {
  const open = new Map();
  for (const facts of others.values()) if (facts.agent) open.set(String(facts.conversation), true);
  const words = one("#here")?.dataset.viewing ?? one("#rows")?.dataset.viewing ?? "{name}";
  for (const row of all("#rows .cv")) {
    const id = row.id.slice("row-".length);
    let place = one(".here", row);
    if (!place && !open.has(id)) continue;
    if (!place) {
      place = Object.assign(document.createElement("span"), { className: "here", hidden: true });
      one(".top .nm", row)?.after(place);
    }
    put(place, people(id).filter((facts) => facts.agent).slice(0, 2).map((facts) => avatar(facts, words.replace("{name}", facts.name))));
  }
}

function show() {
  inHead();
  inLine();
  inList();
}

document.addEventListener("desk:presence", (event) => {
  hear(event.detail);
  show();
});

document.addEventListener("input", (event) => {
  if (event.target.id !== "draft") return;
  typed = event.target.value ? Date.now() : 0;
  clearTimeout(still);
  still = setTimeout(beat, STILL + 50);
  beat();
});

for (const name of ["htmx:oobAfterSwap", "htmx:afterSwap"]) document.addEventListener(name, show);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "work") return;
  typed = 0;
  beat();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && /\/(send|note)$/.test(event.detail.requestConfig?.path ?? "")) {
    typed = 0;
    beat();
  }
});
document.addEventListener("visibilitychange", () => beat());
window.addEventListener("pagehide", () => {
  if (said && !said.endsWith("gone")) post("/desk/presence", { page, doing: "gone" });
  said = " gone";
});
window.addEventListener("pageshow", (event) => event.persisted && beat());

setInterval(() => {
  if (!document.hidden && conversation() && Date.now() - beaten >= BEAT) beat({ always: true });
  const before = others.size;
  for (const [name, facts] of others) if (Date.now() - facts.at > EXPIRES) others.delete(name);
  if (others.size !== before) show();
}, 2_000);

if (conversation()) beat();
