// What the shop asks for before the first message, and nothing where it asks for nothing. The message is written
// beside it, not behind it: one act sends both.
class Ask {
  constructor(root) {
    this.root = root;
    this.fields = new Map();
    this.wanted = "";
  }

  // `fields`: [{name, required}]; built anew only when something differs, so that nobody's typing is lost.
  show({ t, fields, consent, locale }) {
    const wanted = JSON.stringify([fields, consent, locale]);
    if (wanted === this.wanted) return;
    const before = new Map([...this.fields].map(([name, { input }]) => [name, input.type === "checkbox" ? input.checked : input.value]));
    this.wanted = wanted;
    this.t = t;
    this.fields.clear();
    const nodes = fields.map((field) => this.field(field));
    if (consent) nodes.push(this.consent(consent));
    for (const [name, { input }] of this.fields) {
      if (typeof before.get(name) === "boolean") input.checked = before.get(name);
      else if (before.get(name)) input.value = before.get(name);
    }
    this.root.hidden = !nodes.length;
    this.root.replaceChildren(...nodes);
  }

  field({ name, required }) {
    const { t } = this;
    const label = { name: t.ask_name, email: t.email, order: t.ask_order }[name];
    const hint = name === "email" && h("span", { id: "hint" }, t.email_hint);
    const kinds = { name: { autocomplete: "name", dir: "auto" }, email: { type: "email", autocomplete: "email", dir: "ltr" }, order: { autocomplete: "off", dir: "ltr" } };
    const input = h("input", { id: "ask-" + name, type: "text", maxlength: name === "order" ? "80" : "200", required, "aria-describedby": name === "email" ? "hint says" : "says", ...kinds[name] });
    this.fields.set(name, { input, required, label });
    const shown = required ? label : fill(t.ask_optional, { label });
    return h("div", { class: "mail" }, h("label", { for: "ask-" + name }, shown), input, hint);
  }

  consent({ text, language, url }) {
    const { t } = this;
    const input = h("input", { type: "checkbox", id: "ask-consent", required: true, "aria-describedby": "says" });
    this.fields.set("consent", { input, required: true, label: text || t.consent });
    const safe = /^https?:/i.test(url || "");
    const link = safe && h("a", { class: "link", href: url, target: "_blank", rel: "noopener noreferrer" }, t.privacy);
    const words = h("span", text ? { lang: language, dir: "auto" } : null, text || t.consent);
    return h("div", { class: "agree" }, input, h("div", null, h("label", { for: "ask-consent" }, words), " ", link));
  }

  // Returns {facts} or {problem, field}: the first thing that stands in the way, in the shopper's words.
  read() {
    const facts = {};
    for (const { input } of this.fields.values()) input.removeAttribute("aria-invalid");
    if (this.root.hidden) return { facts };
    for (const [name, { input, required, label }] of this.fields) {
      const value = name === "consent" ? (input.checked ? label : "") : input.value.trim();
      const bad = name === "email" && value && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
      if (bad || (required && !value)) {
        input.setAttribute("aria-invalid", "true");
        input.focus();
        return { problem: bad ? this.t.email_bad : name === "consent" ? this.t.consent_need : fill(this.t.ask_need, { label }) };
      }
      if (value) facts[name] = value;
    }
    return { facts };
  }
}
