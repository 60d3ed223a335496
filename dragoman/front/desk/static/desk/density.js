// One line or three lines a row: shown at once, remembered by the server.
import { all, one } from "./dom.js";

function show(density) {
  const list = one("#list");
  if (list) list.dataset.density = density;
  for (const button of all("form[action='/desk/density'] button")) {
    const toggles = button.dataset.do === "density";
    button.setAttribute("aria-pressed", String(toggles ? density === "one" : button.value === density));
    if (toggles) button.value = density === "one" ? "three" : "one";
  }
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.path !== "/desk/density") return;
  show(event.detail.requestConfig.parameters.density ?? event.detail.requestConfig.formData?.get("density"));
});
