// At the agent's elbow: the customer's clock goes on, the card keeps folded or open, its sentences go into the draft.
import { all, one } from "./dom.js";
import { insert } from "./composer.js";

const NARROW = "(max-width: 980px)";

/** Write the hour in every clock, as the server writes it. */
function tick() {
  const lang = document.documentElement.lang;
  for (const clock of all("[data-clock]")) {
    const reader = lang === "en" ? "en-150" : lang;
    try {
      clock.textContent = new Intl.DateTimeFormat(reader, { timeStyle: "short", timeZone: clock.dataset.clock }).format(new Date());
    } catch {
      // a zone this browser does not know stays as the server wrote it
      delete clock.dataset.clock;
    }
  }
}

function minute() {
  tick();
  setTimeout(minute, 60_000 - (Date.now() % 60_000) + 50);
}
setTimeout(minute, 60_000 - (Date.now() % 60_000) + 50);

/** On a phone the card waits folded; what a hand opened or folded stays so while the page is open. */
const chosen = {};
function fold(root = document) {
  for (const card of all("#playbook, #playbook-more", root)) {
    const folded = card.id === "playbook" && matchMedia(NARROW).matches ? false : card.open;
    card.open = chosen[card.id] ?? folded;
  }
}
document.addEventListener("click", (event) => {
  const card = event.target.closest?.("#playbook > summary, #playbook-more > summary")?.parentElement;
  if (card) chosen[card.id] = !card.open;
});
document.addEventListener("htmx:load", () => fold());
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target?.id === "context") fold();
});
fold();

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".playbook [data-insert], .assist [data-insert], .event [data-insert], #beware :is([data-insert], [data-open])");
  if (!button) return;
  event.preventDefault();
  // on a phone the draft lies behind the details
  if (location.hash === "#context") location.hash = "#main";
  if (button.dataset.insert) return insert(button.dataset.insert);
  insert(`${button.dataset.open}\n\n`);
  const field = one("#draft");
  const at = field.selectionStart;
  field.setRangeText(`\n\n${button.dataset.close}`, at, at, "start");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
