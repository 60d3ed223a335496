// Small words to the server that must leave even when the page does.

const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

/** Post values as a form; resolves to the answer, or undefined where there is none. Survives the end of the page. */
export async function post(url, values) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) body.append(name, one ?? "");
  try {
    return await fetch(url, { method: "POST", body, keepalive: String(body).length < 60_000, credentials: "same-origin", headers: { "X-CSRFToken": token(), "HX-Request": "true" } });
  } catch {
    return undefined;
  }
}
