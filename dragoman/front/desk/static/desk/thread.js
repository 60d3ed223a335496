// The thread: originals one key away, and what was opened stays open when the thread is fetched anew.
import { all, isTyping, one } from "./dom.js";

export function toggleOriginals() {
  const folds = all("#thread details.il");
  const open = folds.some((fold) => !fold.open);
  for (const fold of folds) fold.open = open;
}

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (target?.id !== "thread") return;
  for (const fold of all("details[open][id]", target)) one(`#${CSS.escape(fold.id)}`, fragment)?.setAttribute("open", "");
});

// Earlier parts that were fetched stay when the thread is fetched anew, if what came reaches back to them.
// (The box is drawn from its end, so that what comes in above moves nothing.)
document.addEventListener("htmx:configRequest", (event) => {
  const thread = one("#thread");
  if (thread && one(".earlier", thread) && !event.detail.path.includes("/earlier")) event.detail.parameters.from = thread.dataset.oldest;
});

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const kept = target?.id === "thread" && one(".earlier", target);
  const fresh = one("#thread", fragment) ?? fragment;
  if (!kept || fresh.dataset?.oldest !== target.dataset.oldest) return;
  const link = one(".more-before", fresh);
  if (link) link.replaceWith(kept);
});

// Who reads a part far above stays there: news waits at "Show the newest messages", and one's own answer is shown at once.
let verb = "get";
document.addEventListener("htmx:beforeSwap", (event) => (verb = event.detail.requestConfig?.verb ?? "get"));
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  if (target?.id === "thread" && "past" in target.dataset && verb === "get") event.detail.shouldSwap = false;
});

// A field that somebody uses is not pulled from under their hands: the context waits for the next change.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  const busy = document.activeElement;
  if (target?.id === "context" && target.contains(busy) && busy.matches("input[name=add]") && busy.value) event.detail.shouldSwap = false;
  if (target?.id === "views" && target.contains(busy) && isTyping(busy)) event.detail.shouldSwap = false;
  if (target?.id === "head" && one("details[open]", target)) event.detail.shouldSwap = false;
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "work" && event.target.id !== "work") return;
  one("#main")?.focus({ preventScroll: true });
});
