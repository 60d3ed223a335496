// The bell: its number follows what the server tells, and what is on the screen counts as read.
import { all, one } from "./dom.js";

let asking = false;
let again = false;

const conversation = () => (document.hidden ? "" : (one("#work")?.dataset.conversation ?? ""));

async function ring() {
  if (asking) return void (again = true);
  asking = true;
  try {
    const answer = await fetch(`/desk/bell?open=${conversation()}`, { headers: { "HX-Request": "true" } });
    if (answer.ok) show(await answer.json());
  } catch {
    // the next event, or the next look, asks again
  }
  asking = false;
  if (again) {
    again = false;
    ring();
  }
}

function show({ unread, shown, words }) {
  for (const place of all(".bell-count")) {
    if (place.textContent !== shown) place.textContent = shown;
    place.hidden = !unread;
  }
  const said = one("#bell-said");
  if (said && said.textContent !== words) said.textContent = words;
}

document.addEventListener("desk:changed", (event) => {
  if (event.detail === `agent:${document.body.dataset.agent}`) ring();
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "work") ring();
});
document.addEventListener("visibilitychange", () => document.hidden || ring());
if (conversation()) ring();
