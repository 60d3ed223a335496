// What a shop's own script does: puts a question into the chat, and looks whether mail came.
document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-ask]");
  if (asked && window.Dragoman) window.Dragoman.open(asked.dataset.ask);
});

document.querySelector("[data-go]")?.addEventListener("change", (event) => {
  const address = new URL(location.href);
  address.searchParams.set("who", event.target.value);
  address.searchParams.delete("mail");
  address.hash = "mail";
  location.assign(address);
});

const mailbox = document.querySelector("[data-refresh]");

async function refresh() {
  if (document.visibilityState === "visible") {
    const answer = await fetch(mailbox.dataset.refresh).catch(() => null);
    const fresh = answer && answer.ok ? await answer.text() : mailbox.dataset.shown;
    if (fresh !== mailbox.dataset.shown) {
      if (mailbox.dataset.shown !== undefined) {
        const parsed = new DOMParser().parseFromString(fresh, "text/html");
        mailbox.replaceChildren(...parsed.body.childNodes);
      }
      mailbox.dataset.shown = fresh;
    }
  }
  setTimeout(refresh, 4000);
}

if (mailbox) refresh();
