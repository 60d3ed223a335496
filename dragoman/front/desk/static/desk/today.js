// Today lives by the same pointers as the inbox: something changed, so the numbers are fetched again, calmly.
import { fetchInto, one } from "./dom.js";

const CALM = 1500;
const MINUTE = 60_000;
let soon;
let source;

function refresh() {
  soon = undefined;
  const numbers = one("#today");
  if (!numbers || document.hidden || numbers.contains(document.activeElement)) return again();
  fetchInto(numbers.dataset.refresh, numbers);
}

/** At most one look in CALM milliseconds; what changed while nobody looked is fetched on return. */
function again() {
  soon ??= setTimeout(refresh, CALM);
}

function open() {
  source?.close();
  source = new EventSource("/live?topics=inbox");
  source.addEventListener("changed", again);
  source.addEventListener("resync", again);
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(open, 5000 + Math.random() * 5000);
  };
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) again();
});
window.addEventListener("pagehide", () => source?.close());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) open();
});
// a wait grows also when nothing happens
setInterval(again, MINUTE);
open();
