// Files of any size go up in pieces, each tried a few times; then the list looks again while an import runs.
const PIECE = 8 * 1024 * 1024;
const TRIES = 4;
const AGAIN = 2000;
const form = document.querySelector("#import");
const token = form?.elements.csrfmiddlewaretoken.value;

async function post(url, body) {
  for (let tried = 1; ; tried += 1) {
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
      if (answer.ok) return answer.json();
      if (answer.status < 500) throw Object.assign(new Error((await answer.json()).title), { isFinal: true });
    } catch (error) {
      if (error.isFinal || tried >= TRIES) throw error;
    }
    await new Promise((resume) => setTimeout(resume, 1000 * tried));
  }
}

async function upload(files, bar) {
  const begin = new FormData(form);
  begin.delete("files");
  begin.set("name", files[0].name);
  const { id } = await post(form.dataset.begin, begin);
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let at = 0;
  for (const [number, file] of files.entries()) {
    // an empty file is sent too, so that it is named
    for (let from = 0; from === 0 || from < file.size; from += PIECE) {
      const piece = file.slice(from, from + PIECE);
      await post(`/settings/import/${id}/piece?file=${number}&at=${at}&name=${encodeURIComponent(file.name)}`, new Blob([piece], { type: "application/octet-stream" }));
      at += piece.size;
      bar.value = (100 * at) / Math.max(1, total);
    }
  }
  await post(`/settings/import/${id}/piece?start=1`, "");
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const bar = document.querySelector("#upload");
  const failed = document.querySelector("#upload-failed");
  const button = form.querySelector("button");
  bar.hidden = false;
  failed.hidden = true;
  button.setAttribute("aria-busy", "true");
  try {
    await upload([...form.elements.files.files], bar);
    location.reload();
  } catch (error) {
    failed.textContent = error.isFinal && error.message ? error.message : form.dataset.failed;
    failed.hidden = false;
  } finally {
    button.removeAttribute("aria-busy");
  }
});

async function look() {
  const list = document.querySelector("#imports[data-running]");
  if (!list) return;
  const page = await fetch(location.href).then((answer) => answer.text()).catch(() => "");
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("#imports");
  if (fresh) list.replaceWith(document.adoptNode(fresh));
  setTimeout(look, AGAIN);
}
setTimeout(look, AGAIN);
