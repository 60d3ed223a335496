// Where the cursor is after an answer was sent or taken back: in the text, so that no letter typed on becomes a key.
import { one } from "./dom.js";

const form = () => one("#composer");
const draft = () => one("#draft");

// what stood in the draft as it was sent, where it was sent from the composer; and what was typed on until the answer came
let sent;
let late = "";

function toTheEnd() {
  const field = draft();
  field.focus({ preventScroll: true });
  field.setSelectionRange(field.value.length, field.value.length);
  field.scrollTop = field.scrollHeight;
}

document.addEventListener("submit", (event) => {
  // what is under way is not sent twice
  if (event.target.id !== "composer" || event.target.dataset.going || event.submitter?.matches(".preview-button")) return;
  const touched = window.matchMedia("(hover: none)").matches && document.activeElement !== draft();
  // a finger on the button put the screen's keyboard away, and the next conversation has a place of its own
  sent = touched || event.submitter?.value === "next" ? undefined : draft().value;
  late = "";
}, true);

document.addEventListener("desk:unsent", () => {
  sent = undefined;
});

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target?.id !== "composer" || sent === undefined) return;
  const now = draft().value;
  if (document.activeElement === draft() && now !== sent && now.startsWith(sent)) late = now.slice(sent.length);
});

document.addEventListener("htmx:load", (event) => {
  if (event.target.id !== "composer") return;
  if (form().dataset.taken) toTheEnd();
  else if (sent !== undefined) {
    if (late) draft().value = late;
    toTheEnd();
    if (late) draft().dispatchEvent(new Event("input", { bubbles: true }));
  }
  delete form().dataset.taken;
  sent = undefined;
  late = "";
});
