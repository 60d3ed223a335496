// Asking for a copy by mail: one field, one button, and plain words about what happens next.
class CopyForm {
  constructor({ send, left }) {
    this.send = send;
    this.left = left;
    this.label = h("label", { for: "copy-to" });
    this.input = h("input", { id: "copy-to", type: "email", autocomplete: "email", dir: "ltr", "aria-describedby": "copy-says" });
    this.says = h("p", { class: "says", id: "copy-says", role: "alert", hidden: true });
    this.go = h("button", { type: "submit", class: "btn go" });
    this.no = h("button", { type: "button", class: "btn", onclick: () => this.close() });
    const acts = h("div", { class: "acts" }, this.go, this.no);
    this.node = h("form", { class: "sheet", hidden: true, novalidate: true, onsubmit: (event) => this.submitted(event) }, h("div", { class: "mail" }, this.label, this.input), this.says, acts);
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  speak(t) {
    this.t = t;
    this.label.textContent = t.copy_to;
    this.go.textContent = t.copy_send;
    this.no.textContent = t.cancel;
  }

  open(email) {
    this.tell("");
    this.input.value = this.input.value || email || "";
    this.node.hidden = false;
    this.input.focus();
  }

  close() {
    this.node.hidden = true;
    this.left();
  }

  tell(text) {
    this.says.textContent = text;
    this.says.hidden = !text;
    this.input.toggleAttribute("aria-invalid", Boolean(text));
  }

  async submitted(event) {
    event.preventDefault();
    const email = this.input.value.trim();
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return this.tell(this.t.email_bad);
    this.go.disabled = true;
    try {
      await this.send(email);
      this.close();
    } catch (error) {
      this.tell(error.message && error.status ? error.message : this.t.offline);
    } finally {
      this.go.disabled = false;
    }
  }
}
