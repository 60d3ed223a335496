// The launcher and the window: what is on screen, and nothing of how messages travel.
class Panel {
  constructor({ root, on }) {
    this.root = root;
    this.on = on;
    this.count = 0;
    this.build();
  }

  build() {
    this.launcher = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => this.on.open() }, icon("chat"));
    this.badge = h("span", { class: "unread", hidden: true, "aria-hidden": "true" });
    this.launcher.append(this.badge);
    this.status = h("div", { class: "sr", role: "status" });
    this.composer = new Composer({ on: this.on });
    this.copy = new CopyForm({ send: (email) => this.on.copy(email), left: () => this.composer.text.focus() });
    this.home = new Home({ on: this.on });
    this.panel = h("section", { class: "panel", role: "dialog", id: "panel", hidden: true, "aria-labelledby": "title" }, this.head(), this.home.node, this.body(), this.copy.node, this.composer.form);
    this.bid = h("div", { class: "bid", role: "status" });
    this.dock = h("div", { class: "dock" }, this.bid, this.launcher, this.panel);
    this.root.append(this.dock, this.status);
    this.panel.addEventListener("keydown", (event) => this.keys(event));
    this.panel.addEventListener("click", (event) => event.composedPath().includes(this.menu) || this.closeMenu());
    this.dragging();
  }

  head() {
    this.face = h("span", { class: "av", "aria-hidden": "true" });
    this.title = h("h2", { id: "title", dir: "auto" });
    this.who = h("span", { class: "who", dir: "auto" });
    this.disclosed = h("p", { class: "disclosed", hidden: true });
    this.select = h("select", { onchange: () => this.on.locale(this.select.value) });
    this.less = h("button", { type: "button", class: "round", onclick: () => this.on.close() }, icon("minus"));
    this.hours = h("div", { class: "hours" });
    const language = h("div", { class: "lang" }, icon("globe", "s"), icon("chevron", "s"), this.select);
    this.back = h("button", { type: "button", class: "back", hidden: true, onclick: () => this.on.home() }, icon("back", "flip"));
    return h("div", { class: "head" }, h("div", { class: "tools" }, this.back, this.face), h("div", null, this.title, this.who), h("div", { class: "tools" }, language, this.more(), this.less), this.disclosed, this.hours);
  }

  // What is wanted seldom: sound, and a copy by mail.
  more() {
    this.dots = h("button", { type: "button", class: "round", "aria-expanded": "false", "aria-controls": "more", onclick: () => this.toggleMenu() }, icon("more", "thick"));
    this.sound = h("button", { type: "button", class: "item", "aria-pressed": "false", onclick: () => this.on.sound() });
    this.copies = h("button", { type: "button", class: "item", onclick: () => this.closeMenu() || this.on.askCopy() });
    this.sheet = h("div", { class: "more", id: "more", hidden: true }, this.sound, this.copies);
    this.menu = h("div", { class: "menu", hidden: true }, this.dots, this.sheet);
    return this.menu;
  }

  toggleMenu() {
    this.sheet.hidden = !this.sheet.hidden;
    this.dots.setAttribute("aria-expanded", String(!this.sheet.hidden));
    if (!this.sheet.hidden) [...this.sheet.children].find((one) => !one.hidden).focus();
  }

  closeMenu() {
    if (this.sheet.hidden) return false;
    this.sheet.hidden = true;
    this.dots.setAttribute("aria-expanded", "false");
    return false;
  }

  body() {
    this.net = h("div", { class: "net", role: "status", hidden: true });
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", onscroll: () => this.scrolled() });
    this.hello = h("div", { class: "hello" });
    this.wait = h("div", { class: "wait", hidden: true }, h("span", { class: "sr" }), h("i"), h("i"), h("i"));
    this.csat = new Csat({ send: (facts) => this.on.rate(facts) });
    this.log.append(this.hello, this.wait, this.csat.node);
    this.typingLine = h("div", { class: "typing", hidden: true }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("bdi"));
    this.closed = h("p", { class: "closed", hidden: true });
    this.said = h("p", { class: "closed", role: "status", hidden: true });
    this.newer = h("button", { type: "button", class: "newer", hidden: true, onclick: () => this.toEnd() }, icon("down", "s"), h("span"));
    return [this.net, h("div", { class: "view" }, this.log, this.newer), this.typingLine, this.said, this.closed];
  }

  // Everything that is words, in the reader's language.
  speak({ t, locale, brand, languages }) {
    for (const node of [this.root, this.panel]) {
      node.setAttribute("lang", locale);
      node.setAttribute("dir", directionOf(locale));
    }
    this.t = t;
    this.title.textContent = fill(t.title, { brand });
    this.brand = brand;
    this.answering = null;
    for (const [node, label] of [[this.less, t.minimise], [this.select, t.language], [this.log, t.log], [this.dots, t.more], [this.back, t.back || ""]]) node.setAttribute("aria-label", label);
    this.less.title = t.minimise;
    this.dots.title = t.more;
    this.greeted = "";
    this.wait.firstChild.textContent = t.loading;
    this.closed.textContent = t.closed;
    this.newer.lastChild.textContent = t.newer;
    this.copies.replaceChildren(icon("mail"), t.copy);
    this.select.replaceChildren(...languages.map((one) => h("option", { value: one.tag, lang: one.tag, selected: one.tag === locale }, one.name)));
    this.select.parentNode.hidden = languages.length < 2;
    this.composer.speak(t);
    this.home.speak({ t, languages, locale });
    this.copy.speak(t);
    this.unread(this.count);
  }

  // The shop's choices; `maySend`: there is a thread to send a copy of.
  offer({ sound, isOn, copies }) {
    this.sound.hidden = !sound;
    this.sound.replaceChildren(icon("bell"), h("span", null, this.t.sound), h("span", { class: "switch", "aria-hidden": "true" }));
    this.sound.setAttribute("aria-pressed", String(isOn));
    this.copies.hidden = !copies;
    this.menu.hidden = !sound && !copies;
  }

  // `own`: what the shop says itself here, {text, language}.
  duty({ open, backAt, locale, own }) {
    const back = backAt ? fill(this.t.back_at, { time: dayAndClock(locale, backAt) }) : this.t.off_duty;
    this.hours.className = open ? "hours on" : "hours";
    this.hours.textContent = open ? this.t.on_duty : back;
    const [title, more] = open ? [this.t.welcome, this.t.welcome_more] : [this.t.off_duty, this.t.leave];
    const said = JSON.stringify([own, title]);
    if (said === this.greeted) return;
    this.greeted = said;
    if (own) this.hello.replaceChildren(h("p", { lang: own.language, dir: "auto" }, this.withTime(own, backAt)));
    else this.hello.replaceChildren(h("b", null, title), more);
  }

  // Who answers here: the brand, its bot (said so at every moment), or the person who last did.
  answeredBy(messages, bot) {
    const last = messages.filter((one) => one.direction === "out" && !one.automatic).pop();
    const isBot = last ? Boolean(last.bot) : Boolean(bot);
    const person = last && !isBot && last.author ? last.author.name : "";
    const told = isBot && bot ? bot.disclosure : "";
    const said = isBot ? this.t.bot : person === this.brand ? "" : person;
    const mark = JSON.stringify([isBot, said, told]);
    if (mark === this.answering) return;
    this.answering = mark;
    this.face.className = isBot ? "av bot" : "av";
    this.face.replaceChildren(isBot ? icon("robot") : initials(person || this.brand));
    this.who.textContent = said || "";
    this.disclosed.textContent = told;
    this.disclosed.hidden = !told;
    this.composer.legal.textContent = isBot ? this.t.bot_note : this.t.translated_note;
  }

  // One sentence of the shop beside the launcher; a touch takes it up or puts it away.
  invite({ text, language, ...rule }) {
    const away = () => this.bid.replaceChildren();
    const go = h("button", { type: "button", class: "go-on", lang: language, dir: "auto", onclick: () => away() || this.on.invited({ text, language, ...rule }) }, text);
    const shut = h("button", { type: "button", class: "back", "aria-label": this.t.dismiss, onclick: () => away() || this.launcher.focus() }, icon("cross", "s"));
    this.bid.replaceChildren(h("div", { class: "invite" }, go, shut));
  }

  // The shop's own words may say when somebody is back: by the shopper's clock, in the language of the words.
  withTime(own, backAt) {
    return backAt ? own.text.replaceAll("{back_at}", dayAndClock(own.language, backAt)) : own.text;
  }

  // `side` is the side of the page's own reading direction.
  theme({ name, colour, side, direction }) {
    this.root.setAttribute("data-theme", name);
    this.dock.setAttribute("dir", direction);
    this.dock.setAttribute("data-side", side);
    for (const [property, value] of Object.entries(palette(colour, name))) this.root.style.setProperty(property, value);
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

  // Somebody of the shop types; it fades by itself, in case nobody tells that they stopped.
  typing(name) {
    clearTimeout(this.calm);
    this.keepPlace(() => {
      this.typingLine.hidden = !name;
      this.typingLine.lastChild.textContent = name ? fill(this.t.typing, { name }) : "";
    });
    if (name) this.calm = setTimeout(() => this.typing(""), 30000);
  }

  // One plain sentence about what was just done; it goes with the next message.
  note(text) {
    this.said.textContent = text;
    this.said.hidden = !text;
  }

  // "home" or "chat".
  show(view) {
    const home = view === "home";
    const moves = this.isOpen && this.home.node.hidden === home;
    this.panel.classList.toggle("at-home", home);
    this.home.node.hidden = !home;
    this.back.hidden = home || !this.hasHome;
    if (!home) this.toEnd();
    if (moves) this.focus();
  }

  // A phone's keyboard would cover the home: there the greeting has the focus, not a field.
  focus() {
    if (this.isRead) this.composer.grow();
    (this.isRead ? this.composer.text : this.home.hail).focus();
  }

  atHome({ home, begun, unread, greeting }) {
    this.hasHome = Boolean(home);
    this.home.show({ home, begun, unread });
    this.home.greet(greeting);
    if (!home && !this.home.node.hidden) this.show("chat");
    this.back.hidden = !home || !this.home.node.hidden;
  }

  // The conversation stands before somebody's eyes.
  get isRead() {
    return this.isOpen && this.home.node.hidden;
  }

  get isFull() {
    return matchMedia("(max-width: 520px), (max-height: 420px)").matches;
  }

  open() {
    this.bid.replaceChildren();
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    if (this.isFull) this.panel.setAttribute("aria-modal", "true");
    else this.panel.removeAttribute("aria-modal");
    const from = document.activeElement;
    this.from = from && from !== document.body && from !== this.root.getRootNode().host ? from : null;
    this.fit();
    this.toEnd();
    this.focus();
  }

  close() {
    const hadFocus = this.panel.contains(this.root.getRootNode().activeElement);
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    // back to what opened it: the shop's own button, or ours
    if (hadFocus) (this.from && this.from.isConnected ? this.from : this.launcher).focus();
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  // A phone's keyboard covers the page without making it smaller; the window takes what is to be seen.
  fit() {
    const seen = self.visualViewport;
    const full = this.isFull && seen && seen.scale === 1;
    this.dock.style.setProperty("--top", full ? seen.offsetTop + "px" : "0px");
    this.dock.style.setProperty("--tall", full ? seen.height + "px" : "100%");
    const covered = seen ? Math.max(0, innerHeight - seen.height - seen.offsetTop) : 0;
    this.dock.style.setProperty("--covered", !this.isFull && covered > 80 && seen.scale === 1 ? covered + "px" : "0px");
  }

  get atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
  }

  // Someone who reads further up is not torn away; the end stays the end. True when something new waits below.
  keepPlace(change) {
    const { atEnd } = this;
    const before = this.log.childElementCount;
    change();
    if (atEnd) this.toEnd();
    else if (this.isOpen && this.log.childElementCount > before) this.newer.hidden = false;
  }

  scrolled() {
    if (this.atEnd) this.newer.hidden = true;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.newer.hidden = true;
  }

  // Escape closes; where the window covers the whole page Tab stays inside, and Escape is the way out.
  keys(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.sheet.hidden) return this.on.close();
      this.closeMenu();
      this.dots.focus();
    } else if (event.key === "Tab" && this.isFull) {
      const stops = focusable(this.panel);
      const from = this.root.getRootNode().activeElement;
      const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (from !== edge) return;
      event.preventDefault();
      (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
    } else this.composer.keys(event);
  }

  draft(text) {
    this.composer.draft(text);
    if (this.isRead) this.composer.text.focus();
  }

  dragging() {
    this.veil = h("div", { class: "drop", hidden: true });
    this.panel.append(this.veil);
    const carries = (event) => this.composer.takesFiles && [...(event.dataTransfer ? event.dataTransfer.types : [])].includes("Files");
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
      this.composer.take([...event.dataTransfer.files]);
    });
  }
}
