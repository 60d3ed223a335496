// The element on the shop's page: one conversation, whatever language the page changes to.
class DragomanChat extends Talk {
  begin({ origin, brand, locale, theme, position, consent, market }) {
    this.brand = brand;
    this.store = new Store(brand, consent === "required");
    this.api = new Api(origin, brand);
    this.sound = new Sound(this.store);
    this.gotUpTo = this.readUpTo = 0;
    this.identity = null;
    this.session = this.store.get("session") || "";
    this.pinnedLocale = locale;
    this.api.market = this.market = market || "";
    this.chosenLocale = this.store.get("locale") || "";
    this.facts = { brand: { name: brand }, languages: [], texts: FALLBACK, open: true, limits: {}, chat: {} };
    this.thread = new Thread({ read: (after) => this.api.messages(this.session, after), fresh: (messages, quiet) => this.came(messages, quiet) });
    this.draw();
    this.outbox = new Outbox({ store: this.store, deliver: (item) => this.deliver(item), changed: () => this.refresh() });
    this.tabs = new Tabs(() => this.store.key + ":" + (this.store.get("handle") || ""));
    this.live = new Live({
      url: () => this.api.liveUrl(this.session),
      changed: () => this.sync(),
      typing: (doing) => this.panel.typing(doing === "typing" && this.facts.chat.typing !== false ? this.facts.brand.name : ""),
      refused: (times) => times === 2 && this.renew().catch(() => {}),
      tabs: this.tabs,
    });
    this.watchPage({ theme, position });
    this.configure();
    if (this.session) this.connect();
    if (this.outbox.items.length) this.outbox.run();
  }

  draw() {
    const shadow = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    shadow.adoptedStyleSheets = [sheet];
    const root = h("div", { class: "root" });
    shadow.append(root);
    const on = {
      open: () => this.open(),
      close: () => this.close(),
      locale: (tag) => this.setLocale(tag),
      reader: () => this.locale,
      send: (message) => this.write(message),
      files: (files, already) => this.judge(files, already),
      typed: (text) => this.typed(text),
      sound: () => this.sound.toggle() || this.refresh(),
      askCopy: () => this.panel.copy.open(this.store.get("email") || this.store.get("left")),
      copy: (email) => this.sendCopy(email),
      write: (words) => this.toChat(words),
      home: () => this.panel.show("home"),
      at: (path) => new URL(path, this.api.base).href,
      search: (words) => this.api.search(this.session, words),
      suggest: (words) => this.api.suggest(words),
      words: () => this.words(),
      order: (facts) => this.api.order(facts),
      opened: (item) => this.session && this.api.read(this.session, item.id).catch(() => {}),
      rate: (facts) => this.rate(facts),
      invited: (rule) => this.invited(rule),
    };
    this.panel = new Panel({ root, on });
    this.bubbles = new Bubbles({ log: this.panel.log, words: () => this.words(), retry: (key) => this.outbox.retry(key), at: on.at, pick: (one) => this.write({ text: one.label, asked: {}, files: [], choice: one.value }) });
    this.invites = new Invites({ store: this.store, show: (rule) => this.panel.invite(rule), may: () => !this.panel.isOpen && !this.panel.launcher.hidden && !this.thread.messages.size });
    this.panel.launcher.hidden = true;
    this.panel.composer.draft(this.store.get("draft") || "");
  }

  words() {
    return { t: this.facts.texts, locale: this.locale, brand: this.facts.brand.name, languages: this.facts.languages };
  }

  // ---- the page around us ----
  watchPage({ theme, position }) {
    const relocate = () => {
      // The page speaks another language now: what was chosen here gives way, the thread stays.
      this.chosenLocale = "";
      this.configure();
    };
    const resize = () => {
      const { atEnd } = this.panel;
      this.panel.fit();
      if (atEnd) this.panel.toEnd();
    };
    this.around = new Surroundings({ theme, position, repaint: () => this.paint(), relocate, resize });
    this.paint();
    addEventListener("offline", () => this.refresh());
    addEventListener("online", () => this.configure());
    addEventListener("storage", (event) => event.key === this.store.key && this.otherTab());
  }

  paint() {
    this.panel.theme({ ...this.around.look(this.facts.chat), colour: this.facts.brand.colour });
  }

  get wishedLocale() {
    return this.chosenLocale || this.pinnedLocale || document.documentElement.lang || navigator.language || "en";
  }

  async configure() {
    const wish = this.wishedLocale;
    this.api.locale = wish;
    try {
      const facts = await this.api.config();
      if (wish !== this.wishedLocale) return;
      this.facts = { chat: {}, ...facts, texts: { ...FALLBACK, ...facts.texts } };
      this.tries = 0;
    } catch (error) {
      if (error.final) return console.warn("Dragoman: " + (error.message || "the chat of this brand cannot be opened."));
      this.tries = (this.tries || 0) + 1;
      setTimeout(() => this.configure(), backOff(this.tries));
    }
    const changed = this.locale !== (this.facts.locale || wish);
    this.locale = this.facts.locale || wish;
    this.panel.speak(this.words());
    this.panel.composer.takes(this.facts.limits);
    this.paint();
    if (changed) {
      // what was said in the language of before; in the same one it stays: the shopper may not have read it yet
      this.panel.composer.say("");
      this.bubbles.clear();
    }
    if (!this.panel.isOpen) this.panel.launcher.hidden = false;
    this.invites.take(this.facts.invites);
    this.refresh();
    if (changed) this.tell("locale", this.locale);
  }

  // ---- what the page may call ----
  // A text given along stands ready in the message field; the shopper sends it or not.
  open(text) {
    const given = typeof text === "string" && text;
    if (given) this.panel.draft(text);
    if (given || !this.panel.isOpen) this.panel.show(given || !this.startsAtHome ? "chat" : "home");
    if (this.panel.isOpen) return;
    this.panel.open();
    if (this.panel.isRead) this.seen();
    // The session's age tells a person from a program; nothing is kept for it, here or on the server.
    if (!this.session) this.ensureSession().then(() => this.identity && this.connect()).catch(() => {});
    this.configure();
    this.loadOrders();
    this.tell("open");
  }

  // Whoever is in the middle of something goes on with it.
  get startsAtHome() {
    const goesOn = this.session && this.live.wanted && !this.thread.isLoaded;
    const talks = this.thread.messages.size > 0 && !this.thread.state.closed;
    return Boolean(this.facts.home) && !goesOn && !talks && !this.outbox.items.length && !this.panel.composer.text.value;
  }

  toChat(words) {
    this.panel.show("chat");
    if (words && !this.panel.composer.text.value) this.panel.draft(words);
    this.panel.composer.text.focus();
    this.refresh();
  }

  // Of whom the shop signed; at every opening anew, for parcels move.
  async loadOrders() {
    if (!this.session || !this.facts.home || !this.store.get("email")) return this.panel.home.orders([]);
    const { items } = await this.api.orders(this.session).catch(() => ({ items: [] }));
    this.panel.home.orders(items);
  }

  close() {
    if (!this.panel.isOpen) return;
    if (this.invites.rules.length) this.store.note("closed");
    this.panel.close();
    this.tell("close");
  }

  consent(given) {
    this.store.consent(given !== false);
  }

  setLocale(tag) {
    this.chosenLocale = tag || "";
    this.store.set("locale", this.chosenLocale);
    return this.configure();
  }

  // Kept in memory until there is something to say; another person on the same device starts afresh.
  identify(person) {
    const before = this.store.get("email");
    if (before && person.email && before !== person.email.trim().toLowerCase()) this.reset();
    this.identity = person;
    if (this.session) return before ? Promise.resolve() : this.renew();
    if (this.panel.isOpen) return this.ensureSession().then(() => this.connect());
    return Promise.resolve();
  }

  reset() {
    this.live.stop();
    this.outbox.clear();
    this.store.forget();
    this.identity = null;
    this.session = "";
    this.thread.clear();
    this.panel.composer.draft("");
    this.panel.home.orders([]);
    this.refresh();
  }

  // ---- what is on screen ----
  refresh() {
    if (!this.locale) return;
    const stored = this.thread.list;
    const told = new Set(stored.map((message) => message.external_id));
    const waiting = this.outbox.items.filter((item) => !told.has(item.id));
    const readUpTo = this.thread.state.read;
    const shown = [...stored.map((message) => fromServer(message, readUpTo)), ...waiting.map(fromOutbox)];
    const loading = Boolean(this.session && this.live.wanted && !this.thread.isLoaded && !shown.length);
    this.panel.wait.hidden = !loading;
    this.panel.hello.hidden = shown.length > 0 || loading;
    const isOver = this.thread.state.closed && !waiting.length;
    this.panel.closed.hidden = !isOver;
    this.panel.keepPlace(() => {
      this.bubbles.show(withEvents(shown, { t: this.facts.texts, waits: this.waits() }));
      this.panel.csat.show(isOver && this.thread.state.survey, this.words());
    });
    this.panel.answeredBy(this.thread.list, this.facts.bot);
    if (this.panel.isRead && document.visibilityState === "visible") this.seen();
    const seen = this.store.get("seen") || 0;
    const unread = this.thread.answers.filter((id) => id > seen).length;
    this.panel.unread(unread);
    if (this.facts.chat.title_badge) this.around.badge(unread);
    if (unread !== this.told) this.tell("unread", (this.told = unread));
    this.panel.duty({ open: this.facts.open, backAt: this.facts.back_at && new Date(this.facts.back_at), locale: this.locale, own: this.taken || (this.facts.open ? this.facts.chat.greeting : this.facts.chat.away) });
    this.panel.atHome({ home: this.facts.home, begun: shown.length > 0, unread, greeting: this.facts.chat.greeting });
    this.panel.offer({ sound: this.facts.chat.sound, isOn: this.sound.isOn, copies: this.facts.chat.transcript && stored.length > 0 });
    this.askFor(stored.length + waiting.length);
    this.receipt(seen);
    this.panel.connection(this.trouble());
  }

  // What stands below a bot's last words while nobody has come yet.
  waits() {
    const { t } = this.words();
    if (this.facts.open) return t.handed;
    return this.facts.back_at ? fill(t.back_at, { time: dayAndClock(this.locale, new Date(this.facts.back_at)) }) : t.leave;
  }

  async rate(facts) {
    const { survey } = await this.api.survey(this.session, facts);
    this.thread.state.survey = survey;
    return survey;
  }

  // Whoever takes the shop up on its word finds it above an empty field.
  invited(rule) {
    this.taken = rule;
    this.open();
    this.toChat();
  }

  // What the shop wants to know before the first message, and an address where nobody is there to answer.
  askFor(count) {
    const { t, locale } = this.words();
    const { ask = [], consent } = this.facts.chat;
    const begun = count > 0 || this.store.get("asked");
    const known = { email: this.store.get("email"), name: this.identity && this.identity.name };
    const fields = begun ? [] : ask.filter((field) => !known[field.name]);
    const away = !this.facts.open && !this.thread.answers.length && !this.store.get("asked") && !known.email;
    if (away && !fields.some((field) => field.name === "email")) fields.push({ name: "email", required: false });
    this.panel.composer.ask.show({ t, fields, consent: begun ? null : consent, locale });
  }

  trouble() {
    const { t } = this.words();
    clearTimeout(this.lookAgain);
    if (!navigator.onLine || this.thread.lost) return t.offline;
    if (this.outbox.stuck) return this.outbox.why || t.offline;
    if (this.live.isConnecting) return t.connecting;
    if (this.live.wanted && !this.live.isOpen && this.tabs.leads) this.lookAgain = setTimeout(() => this.refresh(), 1600);
    return "";
  }

  // The agent's ticks: what came to this page, and what stood open before the shopper's eyes.
  receipt(seen) {
    const delivered = Math.max(0, ...this.thread.answers);
    const read = Math.max(0, ...this.thread.answers.filter((id) => id <= seen));
    if (!delivered || !this.session || (delivered <= this.gotUpTo && read <= this.readUpTo)) return;
    [this.gotUpTo, this.readUpTo] = [delivered, read];
    this.api.receipts(this.session, { delivered, read }).catch(() => (this.gotUpTo = this.readUpTo = 0));
  }

  // Another tab of the same shop wrote or ended the conversation.
  otherTab() {
    const before = this.session;
    this.store.facts = {};
    this.store.allowed = false;
    this.store.read();
    this.session = this.store.get("session") || "";
    if (before && !this.session) return this.reset();
    if (!this.panel.isOpen) this.panel.composer.draft(this.store.get("draft") || "");
    if (this.session !== before) {
      this.live.stop();
      this.connect();
      this.sync();
    } else this.refresh();
  }
}
