// Articles that may answer what is being written: two at most, above the field, gone at a touch.
class Suggestions {
  constructor({ ask, at, words, opened, left }) {
    Object.assign(this, { ask, at, words, opened, left, off: false, turn: 0 });
    this.title = h("b", { role: "status" });
    this.list = h("ul", { class: "hits" });
    this.shut = h("button", { type: "button", class: "round", onclick: () => this.dismiss() }, icon("cross", "s"));
    this.node = h("section", { class: "sug", hidden: true }, h("div", { class: "spread" }, this.title, this.shut), this.list);
  }

  typed(text, wanted) {
    clearTimeout(this.timer);
    this.turn += 1;
    if (!text.trim()) this.off = false;
    if (!text.trim() || !wanted) return this.show([]);
    if (!this.off) this.timer = setTimeout(() => this.look(text.trim(), this.turn), 400);
  }

  // Whatever goes wrong here stands in nobody's way.
  async look(text, turn) {
    const { items } = await this.ask(text).catch(() => ({ items: [] }));
    if (turn === this.turn) this.show(items, text);
  }

  show(items, text) {
    const { t, languages } = this.words();
    this.node.hidden = !items.length;
    this.title.textContent = items.length ? t.suggested : "";
    this.shut.setAttribute("aria-label", t.dismiss || "");
    this.list.replaceChildren(...items.map((item) => hit(item, { base: this.at("/"), t, languages, opened: (one) => this.opened(one, text) })));
  }

  dismiss() {
    this.off = true;
    this.show([]);
    this.left();
  }
}
