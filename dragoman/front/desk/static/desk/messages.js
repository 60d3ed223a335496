// Links to messages: the menu copies them, and a link opens the thread at its message, also far above.
import { all, one, said, toast } from "./dom.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-copy-link]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    toast(said("copied"));
  } catch {
    window.location.assign(link.href);
  }
  const menu = link.closest("details");
  if (menu) menu.open = false;
});

let linked = "";

function show(message) {
  linked = message.id;
  mark();
  message.scrollIntoView({ block: "center" });
  setTimeout(() => {
    linked = "";
    mark();
  }, 4000);
}

/** Highlight the linked message, also in a thread that was fetched anew meanwhile. */
function mark() {
  for (const each of all(".is-linked")) each.classList.toggle("is-linked", each.id === linked);
  if (linked) one(`#${linked}`)?.classList.add("is-linked");
}
document.addEventListener("htmx:oobAfterSwap", mark);

/** Open the thread at the message of the address; where the part that is shown does not hold it, the server leads to one. */
function follow() {
  const id = window.location.hash.slice(1);
  if (!/^m\d+$/.test(id) || !one("#thread")) return;
  const message = one(`#${id}`);
  const led = sessionStorage.getItem("led-to");
  sessionStorage.removeItem("led-to");
  if (message) return show(message);
  if (led === id) return toast(said("gone"), { bad: true });
  sessionStorage.setItem("led-to", id);
  window.location.replace(`/messages/${id.slice(1)}${window.location.search}`);
}

window.addEventListener("hashchange", follow);
follow();
