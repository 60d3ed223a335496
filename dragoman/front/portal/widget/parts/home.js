// What stands in the window before anybody writes: a search, orders, and the ways to go on.
class Home {
  constructor({ on }) {
    this.on = on;
    this.drawn = "";
    this.last = "";
    this.hail = h("div", { class: "hail", tabindex: "-1" });
    this.find = h("input", { type: "search", id: "find", dir: "auto", autocomplete: "off", enterkeyhint: "search", maxlength: "400", oninput: () => this.typed(250), onkeydown: (event) => this.keys(event) });
    this.label = h("label", { class: "sr", for: "find" });
    this.says = h("p", { class: "soft", role: "status" });
    this.hits = h("ul", { class: "hits" });
    this.searching = h("div", { class: "searching" }, this.label, h("div", { class: "finder" }, icon("search"), this.find), this.says, this.hits);
    this.mine = h("section", { class: "mine", hidden: true, "aria-labelledby": "mine" });
    this.tiles = h("ul", { class: "tiles" });
    this.node = h("div", { class: "home", hidden: true }, this.hail, this.searching, this.mine, this.tiles, h("div", { class: "legal" }, h("span"), h("span", { lang: "en" }, "Dragoman")));
    this.build();
  }

  build() {
    this.number = h("input", { id: "number", dir: "auto", autocomplete: "off", maxlength: "80", required: true });
    this.proof = h("input", { id: "proof", dir: "auto", autocomplete: "email", maxlength: "254", required: true });
    this.wrong = h("p", { class: "says", role: "alert", hidden: true });
    this.go = h("button", { type: "submit", class: "btn go" });
    this.found = h("div", { role: "status" });
    const field = (input) => h("div", { class: "mail" }, h("label", { for: input.id }), input);
    this.fields = [field(this.number), field(this.proof)];
    this.form = h("form", { class: "lookup", id: "lookup", hidden: true, novalidate: true, onsubmit: (event) => this.lookUp(event) }, this.fields, this.wrong, h("div", { class: "acts" }, this.go), this.found);
    this.where = h("button", { type: "button", class: "tile", "aria-expanded": "false", "aria-controls": "lookup", onclick: () => this.fold() });
    this.write = h("button", { type: "button", class: "tile", onclick: () => this.on.write(this.find.value.trim()) });
  }

  speak({ t, languages, locale }) {
    this.t = t;
    this.languages = languages;
    this.label.textContent = this.find.placeholder = t.search || "";
    this.go.textContent = t.show || "";
    for (const [field, words] of [[this.fields[0], t.number], [this.fields[1], t.proof]]) field.firstChild.textContent = words || "";
    this.found.replaceChildren();
    if (this.spoken && this.spoken !== locale) this.typed(0);
    this.spoken = locale;
    this.drawn = "";
  }

  // The brand's own greeting, {text, language}, or ours.
  greet(own) {
    this.hail.replaceChildren(own ? h("p", { lang: own.language, dir: "auto" }, own.text) : h("b", null, this.t.welcome));
  }

  // `home`: the configuration's; `begun`: there is a conversation; drawn anew only when something differs.
  show({ home, begun, unread }) {
    const wanted = JSON.stringify([home, begun, unread]);
    if (!home || wanted === this.drawn) return;
    this.drawn = wanted;
    this.home = home;
    const { t } = this;
    const can = (name) => home.tiles.includes(name);
    this.searching.hidden = !can("search");
    this.where.replaceChildren(icon("truck", "flip"), h("span", null, t.where), icon("chevron", "s"));
    const waiting = unread > 0 ? [h("span", { class: "unread" }, String(unread))] : [];
    this.write.replaceChildren(icon("chat"), h("span", null, begun ? t.go_on : t.write), ...waiting, icon("ahead", "s flip"));
    this.back = away([icon("undo", "flip"), h("span", null, t.return), icon("ahead", "s flip")], this.backTo(), t, { class: "tile" });
    const rows = [can("order") && [this.where, this.form], can("return") && this.back, this.write];
    this.tiles.replaceChildren(...rows.filter(Boolean).map((row) => h("li", null, row)));
  }

  backTo() {
    return this.on.at(this.home.return + (this.last ? "&number=" + encodeURIComponent(this.last) : ""));
  }

  // The newest orders of whom the shop signed; nobody else ever gets any.
  orders(items) {
    // opened by the page before it was told what to say
    if (!this.t) return;
    this.mine.hidden = !items.length;
    this.mine.replaceChildren(h("h3", { id: "mine" }, this.t.orders), ...items.map((one) => this.card(one)));
  }

  card(order) {
    return orderCard(order, { base: this.on.at("/"), back: this.home && this.home.tiles.includes("return") && this.home.return, t: this.t });
  }

  typed(after) {
    clearTimeout(this.timer);
    this.turn = (this.turn || 0) + 1;
    if (this.find.value.trim()) this.timer = setTimeout(() => this.look(this.turn), after);
    else this.tell([], "");
  }

  async look(turn) {
    this.hits.setAttribute("aria-busy", "true");
    try {
      const { items } = await this.on.search(this.find.value.trim());
      if (turn === this.turn) this.tell(items, items.length ? fill(this.t.results, { count: items.length }) : this.t.nothing);
    } catch (error) {
      if (turn === this.turn) this.tell([], error.status ? error.message : this.t.offline);
    }
  }

  tell(items, words) {
    this.says.textContent = words;
    this.says.className = items.length ? "sr" : "soft";
    this.hits.removeAttribute("aria-busy");
    this.hits.replaceChildren(...items.map((item) => hit(item, { base: this.on.at("/"), t: this.t, languages: this.languages, opened: this.on.opened })));
  }

  // Escape empties the field first; the window closes at the next.
  keys(event) {
    if (event.key === "Enter") this.typed(0);
    if (event.key !== "Escape" || !this.find.value) return;
    event.stopPropagation();
    this.find.value = "";
    this.typed(0);
  }

  fold() {
    this.form.hidden = !this.form.hidden;
    this.where.setAttribute("aria-expanded", String(!this.form.hidden));
    if (!this.form.hidden) this.number.focus();
  }

  async lookUp(event) {
    event.preventDefault();
    const empty = [this.number, this.proof].find((input) => !input.value.trim());
    for (const input of [this.number, this.proof]) input.toggleAttribute("aria-invalid", input === empty);
    if (empty) {
      empty.focus();
      return this.refuse(fill(this.t.ask_need, { label: empty === this.number ? this.t.number : this.t.proof }));
    }
    this.refuse("");
    this.go.disabled = true;
    try {
      const { order } = await this.on.order({ number: this.number.value.trim(), proof: this.proof.value.trim() });
      this.last = order.number;
      this.back.href = this.backTo();
      this.found.replaceChildren(this.card(order));
      this.found.scrollIntoView({ block: "nearest" });
    } catch (error) {
      this.found.replaceChildren();
      this.refuse(error.status ? error.message : this.t.offline);
    } finally {
      this.go.disabled = false;
    }
  }

  refuse(words) {
    this.wrong.textContent = words;
    this.wrong.hidden = !words;
  }
}
