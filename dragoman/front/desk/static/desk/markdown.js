// Writing Markdown by keyboard: Ctrl B, I and K mark what is selected, Enter goes on with a list, snippets are put in.
const form = document.querySelector("form[data-editor]");
const body = form?.querySelector("textarea[name=body]");

function put(text, from, to, choose) {
  body.focus();
  body.setSelectionRange(from, to);
  // what is put in this way can be undone as typing can
  if (!document.execCommand("insertText", false, text)) body.setRangeText(text, from, to, "end");
  if (choose) body.setSelectionRange(choose[0], choose[1]);
  body.dispatchEvent(new Event("input", { bubbles: true }));
  form.dispatchEvent(new CustomEvent("inserted"));
}

function around(mark) {
  const { selectionStart: from, selectionEnd: to, value } = body;
  const said = value.slice(from, to);
  put(mark + said + mark, from, to, [from + mark.length, from + mark.length + said.length]);
}

function link() {
  const { selectionStart: from, selectionEnd: to, value } = body;
  const said = value.slice(from, to);
  put(`[${said}](https://)`, from, to, said ? [from + said.length + 3, from + said.length + 11] : [from + 1, from + 1]);
}

function nextItem(event) {
  const { selectionStart: at, selectionEnd: to, value } = body;
  if (at !== to) return;
  const line = value.slice(value.lastIndexOf("\n", at - 1) + 1, at);
  const found = /^(\s*)([-*]|(\d{1,3})\.)\s(.*)$/.exec(line);
  if (!found) return;
  event.preventDefault();
  if (!found[4].trim()) put("", at - line.length, at);
  else put(`\n${found[1]}${found[3] ? `${Number(found[3]) + 1}.` : found[2]} `, at, at);
}

body?.addEventListener("keydown", (event) => {
  if (event.isComposing || body.readOnly) return;
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
    const key = event.key.toLowerCase();
    if (key === "b" || key === "i" || key === "k") {
      event.preventDefault();
      event.stopPropagation();
      if (key === "b") around("**");
      else if (key === "i") around("*");
      else link();
    }
  } else if (event.key === "Enter" && !event.shiftKey) nextItem(event);
});

for (const button of document.querySelectorAll("[data-insert]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const chosen = document.getElementById(button.dataset.insert);
    put(chosen.value, body.selectionStart, body.selectionEnd);
  });
}

// The other forms here load the page anew: what is typed is saved as a draft before, and where it cannot be, that comes first.
for (const other of form ? document.querySelectorAll("main form[method=post]") : []) {
  if (other === form || body.readOnly) continue;
  other.addEventListener("submit", async (event) => {
    if (!("changed" in form.dataset)) return;
    event.preventDefault();
    const save = form.querySelector("button[value=save]");
    const answer = await fetch(location.href, { method: "POST", body: new FormData(form, save) }).catch(() => null);
    if (!answer?.ok) {
      form.requestSubmit(save);
      return;
    }
    delete form.dataset.changed;
    other.requestSubmit(event.submitter);
  });
}
