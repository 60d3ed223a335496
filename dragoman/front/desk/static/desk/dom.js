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

/** Fetch a fragment in place of an element; resolves when it stands there, also when the server does not answer.
 * The element asks itself: what the page asks for has one queue, in which the last one drives out the others. */
export const fetchInto = (url, target) => window.htmx.ajax("GET", url, { source: target, target, swap: "outerHTML" }).catch(() => undefined);

/** Say whether keys belong to a field now. */
export const isTyping = (element) =>
  Boolean(element?.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true]"));
