// The launcher and the window: what is on screen, and nothing of how messages travel.
class Panel {
  constructor({ root, on }) {
    this.root = root;
    this.on = on;
    this.files = [];
    this.count = 0;
    this.build();
  }

  build() {
    this.launcher = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => this.on.open() }, icon("chat"));
    this.badge = h("span", { class: "unread", hidden: true, "aria-hidden": "true" });
    this.launcher.append(this.badge);
    this.status = h("div", { class: "sr", role: "status" });
    this.panel = h("section", { class: "panel", role: "dialog", id: "panel", hidden: true, "aria-labelledby": "title" }, this.head(), this.body(), this.foot());
    this.root.append(this.launcher, this.panel, this.status);
    this.panel.addEventListener("keydown", (event) => this.keys(event));
    this.dragging();
  }

  head() {
    this.face = h("span", { class: "av", "aria-hidden": "true" });
    this.title = h("h2", { id: "title", dir: "auto" });
    this.select = h("select", { onchange: () => this.on.locale(this.select.value) });
    this.less = h("button", { type: "button", class: "round", onclick: () => this.on.close() }, icon("minus"));
    this.hours = h("div", { class: "hours" });
    const language = h("div", { class: "lang" }, icon("globe", "s"), icon("chevron", "s"), this.select);
    return h("header", { class: "head" }, this.face, this.title, h("div", { class: "tools" }, language, this.less), this.hours);
  }

  body() {
    this.net = h("div", { class: "net", role: "status", hidden: true });
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" });
    this.hello = h("div", { class: "hello" });
    this.log.append(this.hello);
    return [this.net, this.log];
  }

  foot() {
    this.emailLabel = h("label", { for: "email" });
    this.email = h("input", { id: "email", type: "email", autocomplete: "email", dir: "ltr", "aria-describedby": "hint says" });
    this.hint = h("span", { id: "hint" });
    this.mail = h("div", { class: "mail", hidden: true }, this.emailLabel, this.email, this.hint);
    this.says = h("div", { class: "says", id: "says", role: "alert", hidden: true });
    this.chips = h("div", { class: "files", hidden: true });
    this.picker = h("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", onchange: () => this.picked() });
    this.attach = h("button", { type: "button", class: "round", onclick: () => this.picker.click() }, icon("clip"));
    this.text = h("textarea", { rows: "1", dir: "auto", enterkeyhint: "send", oninput: () => this.grow(), onpaste: (event) => this.pasted(event) });
    this.go = h("button", { type: "submit", class: "round go" }, icon("send", "flip"));
    this.legal = h("span");
    const write = h("div", { class: "write" }, this.attach, this.text, this.go);
    const brand = h("span", { lang: "en" }, "Dragoman");
    this.form = h("form", { class: "foot", novalidate: true, onsubmit: (event) => this.submitted(event) }, this.mail, this.chips, this.says, write, this.picker, h("div", { class: "legal" }, this.legal, brand));
    return this.form;
  }

  // Everything that is words, in the reader's language.
  speak({ t, locale, brand, languages }) {
    this.root.setAttribute("lang", locale);
    this.root.setAttribute("dir", directionOf(locale));
    this.t = t;
    this.title.textContent = fill(t.title, { brand });
    this.face.textContent = initials(brand);
    const labels = [[this.less, t.minimise], [this.attach, t.attach], [this.go, t.send], [this.text, t.message], [this.select, t.language], [this.log, t.log]];
    for (const [node, label] of labels) node.setAttribute("aria-label", label);
    for (const node of [this.less, this.attach, this.go]) node.title = node.getAttribute("aria-label");
    this.text.placeholder = t.placeholder;
    this.legal.textContent = t.translated_note;
    this.emailLabel.textContent = t.email;
    this.hint.textContent = t.email_hint;
    this.hello.replaceChildren(h("b", null, t.welcome), t.welcome_more);
    this.select.replaceChildren(...languages.map((one) => h("option", { value: one.tag, lang: one.tag, selected: one.tag === locale }, one.name)));
    this.select.parentNode.hidden = languages.length < 2;
    this.unread(this.count);
    this.drawChips();
    this.say("");
  }

  duty({ open, backAt, locale, askEmail }) {
    const back = backAt ? fill(this.t.back_at, { time: dayAndClock(locale, backAt) }) : this.t.off_duty;
    this.hours.className = open ? "hours on" : "hours";
    this.hours.textContent = open ? this.t.on_duty : back;
    this.mail.hidden = !askEmail;
    if (!open) this.hello.replaceChildren(h("b", null, this.t.off_duty), this.t.leave);
  }

  theme(name) {
    this.root.setAttribute("data-theme", name);
  }

  // The shop's own colour, where white can be read on it; else ours stays.
  colour(hex) {
    const branded = /^#[0-9a-f]{6}$/i.test(hex || "") && onWhite(hex) >= 5.2;
    this.root.classList.toggle("branded", branded);
    if (branded) this.root.style.setProperty("--brand", hex);
  }

  unread(count) {
    if (count > this.count) this.status.textContent = fill(this.t.unread, { count });
    this.count = count;
    this.badge.hidden = !count;
    this.badge.textContent = count > 9 ? "9+" : String(count);
    this.launcher.setAttribute("aria-label", this.t.open + (count ? ", " + fill(this.t.unread, { count }) : ""));
  }

  connection(text) {
    if (this.net.textContent === text) return;
    this.net.textContent = text;
    this.net.hidden = !text;
  }

  open() {
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    if (matchMedia("(max-width: 520px)").matches) this.panel.setAttribute("aria-modal", "true");
    else this.panel.removeAttribute("aria-modal");
    this.toEnd();
    this.grow();
    this.text.focus();
  }

  close() {
    const hadFocus = this.panel.contains(this.root.getRootNode().activeElement);
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    if (hadFocus) this.launcher.focus();
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  // Someone who reads further up is not torn away; the end stays the end.
  keepPlace(change) {
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    change();
    if (atEnd) this.toEnd();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  // Escape closes, Tab stays inside: Escape is the way out.
  keys(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.on.close();
    } else if (event.key === "Tab") {
      const stops = focusable(this.panel);
      const from = this.root.getRootNode().activeElement;
      const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (from !== edge) return;
      event.preventDefault();
      (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
    } else if (event.key === "Enter" && event.target === this.text && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      this.form.requestSubmit();
    }
  }

  draft(text) {
    this.text.value = text;
    this.grow();
    if (this.isOpen) this.text.focus();
  }

  grow() {
    this.text.style.blockSize = "";
    if (this.text.scrollHeight > this.text.clientHeight) this.text.style.blockSize = this.text.scrollHeight + "px";
  }

  say(text) {
    this.says.textContent = text;
    this.says.hidden = !text;
  }

  submitted(event) {
    event.preventDefault();
    this.say("");
    this.email.removeAttribute("aria-invalid");
    const text = this.text.value.trim();
    if (!text && !this.files.length) return;
    const email = this.mail.hidden ? "" : this.email.value.trim();
    if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
      this.email.setAttribute("aria-invalid", "true");
      this.say(this.t.email_bad);
      this.email.focus();
      return;
    }
    const problem = this.on.send({ text, email, files: this.files });
    if (problem) return this.say(problem);
    this.text.value = "";
    this.files = [];
    this.drawChips();
    this.grow();
    this.text.focus();
  }

  picked() {
    this.take([...this.picker.files]);
    this.picker.value = "";
  }

  pasted(event) {
    const files = [...((event.clipboardData && event.clipboardData.files) || [])];
    if (!files.length) return;
    event.preventDefault();
    this.take(files);
  }

  dragging() {
    this.veil = h("div", { class: "drop", hidden: true });
    this.panel.append(this.veil);
    const carries = (event) => [...(event.dataTransfer ? event.dataTransfer.types : [])].includes("Files");
    this.panel.addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      this.veil.textContent = this.t.drop;
      this.veil.hidden = false;
    });
    this.panel.addEventListener("dragleave", (event) => {
      if (!this.panel.contains(event.relatedTarget)) this.veil.hidden = true;
    });
    this.panel.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      this.veil.hidden = true;
      this.take([...event.dataTransfer.files]);
    });
  }

  take(files) {
    const { accepted, problem } = this.on.files(files, this.files.length);
    this.files.push(...accepted);
    this.say(problem);
    this.drawChips();
    this.text.focus();
  }

  drawChips() {
    this.chips.hidden = !this.files.length;
    this.chips.replaceChildren(...this.files.map((file) => {
      const face = icon("file");
      thumbnail({ name: file.name, size: file.size, type: file.type, blob: file }, face);
      const drop = () => {
        this.files = this.files.filter((one) => one !== file);
        this.drawChips();
        this.text.focus();
      };
      const remove = h("button", { type: "button", "aria-label": fill(this.t.remove, { name: file.name }), onclick: drop }, icon("cross", "s"));
      return h("span", { class: "file" }, face, h("span", { dir: "auto" }, file.name), remove);
    }));
  }
}
