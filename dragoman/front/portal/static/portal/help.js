// The help centre where scripts run: results while typing, the chat, the mark beside what is being read.
const { body } = document;

function whileTyping(box, place) {
  let waiting = 0, asked = "", stop = null;
  const ask = async () => {
    const words = box.value.trim();
    if (words === asked) return;
    asked = words;
    stop?.abort();
    if (!words) return place.replaceChildren();
    stop = new AbortController();
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${box.dataset.instant}?q=${encodeURIComponent(words)}`, { signal: stop.signal });
      if (!answer.ok && answer.status !== 429) throw new Error(answer.status);
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...found.body.childNodes);
    } catch (error) {
      // the form still works
      if (error.name !== "AbortError") place.replaceChildren();
    } finally {
      if (asked === words) place.removeAttribute("aria-busy");
    }
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 220);
  };
  // Japanese and Chinese are composed first
  box.addEventListener("input", (event) => event.isComposing || soon());
  box.addEventListener("compositionend", soon);
  box.form.addEventListener("keydown", (event) => {
    const links = [...place.querySelectorAll(".hits a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && place.childNodes.length) {
      asked = "";
      place.replaceChildren();
      box.focus();
    } else if (step && links.length) {
      const next = links.indexOf(document.activeElement) + step;
      (next < 0 ? box : links[Math.min(next, links.length - 1)]).focus();
    } else return;
    event.preventDefault();
  });
}

const box = document.querySelector("input[data-instant]");
if (box) whileTyping(box, document.getElementById("found"));

const tell = () => navigator.sendBeacon?.(`${body.dataset.help}reached`);
for (const link of document.querySelectorAll("[data-reached]")) link.addEventListener("click", tell);

// the chat comes when somebody asks for it, and not before
function openChat() {
  const open = () => window.Dragoman.open(box?.value.trim() || undefined);
  if (window.Dragoman) return open();
  const script = document.createElement("script");
  const { brand, locale, market = "" } = body.dataset;
  Object.assign(script.dataset, { brand, locale, market });
  script.addEventListener("load", () => {
    if (!window.Dragoman) return;
    window.Dragoman.on("sent", tell);
    open();
  });
  script.src = "/widget.js";
  document.head.append(script);
}
for (const button of document.querySelectorAll("[data-chat]")) {
  button.hidden = false;
  button.addEventListener("click", openChat);
}

const marks = new Map();
for (const link of document.querySelectorAll(".toc a")) marks.set(decodeURIComponent(link.hash.slice(1)), link);
if (marks.size > 2) {
  const seen = new IntersectionObserver(
    (entries) => {
      const first = entries.find((entry) => entry.isIntersecting);
      if (!first) return;
      for (const link of marks.values()) link.removeAttribute("aria-current");
      marks.get(first.target.id)?.setAttribute("aria-current", "true");
    },
    { rootMargin: "0px 0px -70% 0px" },
  );
  for (const id of marks.keys()) {
    const part = document.getElementById(id);
    if (part) seen.observe(part);
  }
}

const menu = document.querySelector(".lang-sw");
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

// a webinar's hour by the reader's own clock, on the page, in the mail and in the calendar
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
for (const field of timeZone ? document.querySelectorAll("input[name=zone]") : []) field.value = timeZone;
for (const link of timeZone ? document.querySelectorAll("[data-calendar]") : []) link.search = `?zone=${encodeURIComponent(timeZone)}`;
for (const place of timeZone ? document.querySelectorAll("[data-at]") : []) {
  const at = new Date(place.dataset.at);
  const by = (zone) => at.toLocaleString(document.documentElement.lang, { timeZone: zone, dateStyle: "medium", timeStyle: "short" });
  if (by(timeZone) === by(place.dataset.zone)) continue;
  const name = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone, timeZoneName: "short" }).formatToParts(at);
  place.textContent = ` = ${by(timeZone)} ${name.find((part) => part.type === "timeZoneName").value}`;
  place.hidden = false;
}
