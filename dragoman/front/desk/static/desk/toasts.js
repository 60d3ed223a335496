// Toasts leave after 7 seconds, or as long as what they undo can be undone; failures of a request are said, never swallowed.
import { one, said, toast } from "./dom.js";

const STAY = 7000;
let leaving;

const toasts = one("#toasts");
if (toasts) {
  new MutationObserver(() => {
    clearTimeout(leaving);
    // the list makes room for what stands over its foot
    document.documentElement.style.setProperty("--toasts", `${toasts.offsetHeight}px`);
    if (toasts.childElementCount) leaving = setTimeout(() => toasts.replaceChildren(), Number(toasts.firstElementChild.dataset.stay) * 1000 || STAY);
  }).observe(toasts, { childList: true });
}

const isQuiet = (event) => event.detail.requestConfig?.verb === "get";

document.addEventListener("htmx:sendError", (event) => {
  if (!isQuiet(event)) toast(said("failed"), { bad: true });
});
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (isQuiet(event) || [400, 409, 422].includes(status)) return;
  toast(said(status === 403 ? "refused" : status === 413 ? "large" : "failed"), { bad: true });
});
