// Search among the variables of a macro, by their names and what they are called.
const field = document.querySelector("[data-variables-search]");
const none = document.querySelector("[data-variables-none]");

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

if (field) {
  field.hidden = false;
  const rows = [...document.querySelectorAll("[data-variable]")];
  field.addEventListener("input", (event) => {
    const words = folded(event.target.value).split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => folded(row.textContent).includes(word));
    for (const group of new Set(rows.map((row) => row.closest("section")))) {
      group.hidden = !group.querySelector("[data-variable]:not([hidden])");
    }
    none.hidden = rows.some((row) => !row.hidden);
  });
}
