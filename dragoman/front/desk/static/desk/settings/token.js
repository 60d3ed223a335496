// The try-it of API tokens: one call as a program makes it, and what came of it. The token goes nowhere else.
const form = document.getElementById("try-token");
const field = form.querySelector("input");
const answer = form.querySelector("[role=status]");
const words = JSON.parse(form.dataset.words);

const said = (response) => {
  const left = response.headers.get("X-RateLimit-Remaining");
  const limit = response.headers.get("X-RateLimit-Limit");
  const format = new Intl.NumberFormat(document.documentElement.lang);
  const found = words[response.status] ?? words.else;
  return found
    .replace("{left}", format.format(left ?? 0))
    .replace("{limit}", format.format(limit ?? 0))
    .replace("{status}", response.status);
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  answer.textContent = "";
  try {
    const headers = { Authorization: `Bearer ${field.value.trim()}` };
    const response = await fetch(form.dataset.to, { headers, credentials: "omit", cache: "no-store" });
    answer.textContent = said(response);
    answer.className = response.ok ? "ok" : "bad";
  } catch {
    answer.textContent = words.down;
    answer.className = "bad";
  }
});
