// Small things every behaviour needs: finding, words of the page, toasts, fragments.

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** A sentence of the page in the reader's language, from #words. */
export const said = (name) => one("#words")?.dataset[name] ?? "";

/** Say something at the foot of the page; it leaves after 7 seconds. */
export function toast(text, { bad = false } = {}) {
  const box = document.createElement("div");
  box.className = bad ? "toast bad-toast" : "toast";
  box.setAttribute("role", bad ? "alert" : "status");
  box.append(Object.assign(document.createElement("span"), { className: "grow", textContent: text }));
  one("#toasts")?.replaceChildren(box);
}

/** Fetch a fragment and swap it; resolves also when the server does not answer. */
export const fetchInto = (url, target, swap = "outerHTML") =>
  window.htmx.ajax("GET", url, { target, swap }).catch(() => undefined);

/** Say whether keys belong to a field now. */
export const isTyping = (element) =>
  Boolean(element?.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true]"));
