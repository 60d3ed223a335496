// Printing: the browser does it, and makes a PDF of the same page.
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
document.querySelector(".options select")?.addEventListener("change", (event) => event.target.form.requestSubmit());
