// Settings with unsaved changes: leaving the page asks first. Saving is not leaving.
for (const form of document.querySelectorAll("form[data-keep]")) {
  form.addEventListener("input", () => {
    form.dataset.changed = "";
  });
  form.addEventListener("submit", () => {
    delete form.dataset.changed;
  });
  window.addEventListener("beforeunload", (event) => {
    if ("changed" in form.dataset) event.preventDefault();
  });
}
