// The element on the shop's page: one conversation, whatever language the page changes to.
class DragomanChat extends HTMLElement {
  constructor() {
    super();
    this.listeners = {};
  }

  begin({ origin, brand, locale, theme }) {
    this.store = new Store(brand);
    this.api = new Api(origin, brand);
    this.thread = new Map();
    this.gotUpTo = this.readUpTo = 0;
    this.identity = null;
    this.session = this.store.get("session") || "";
    this.pinnedLocale = locale;
    this.chosenLocale = this.store.get("locale") || "";
    this.pinnedTheme = theme;
    this.facts = { brand: { name: brand }, languages: [], texts: FALLBACK, open: true, limits: {} };
    this.draw();
    this.outbox = new Outbox({ store: this.store, deliver: (item) => this.deliver(item), changed: () => this.refresh() });
    this.live = new Live({ url: () => this.api.liveUrl(this.session), changed: () => this.sync(), refused: (times) => times === 2 && this.renew().catch(() => {}) });
    this.watchPage();
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
      send: (message) => this.write(message),
      files: (files, already) => this.judge(files, already),
    };
    this.panel = new Panel({ root, on });
    this.bubbles = new Bubbles({ log: this.panel.log, words: () => this.words(), retry: (key) => this.outbox.retry(key) });
    this.panel.launcher.hidden = true;
    this.paint();
  }

  words() {
    return { t: this.facts.texts, locale: this.locale, brand: this.facts.brand.name, languages: this.facts.languages };
  }

  // ---- the page around us ----
  watchPage() {
    const page = document.documentElement;
    new MutationObserver((changes) => {
      this.paint();
      if (!changes.some((change) => change.attributeName === "lang")) return;
      // The page speaks another language now: what was chosen here gives way, the thread stays.
      this.chosenLocale = "";
      this.configure();
    }).observe(page, { attributes: true, attributeFilter: ["lang", "class", "data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
    addEventListener("offline", () => this.refresh());
    addEventListener("online", () => this.configure());
    addEventListener("storage", (event) => event.key === this.store.key && this.otherTab());
    if (self.visualViewport) visualViewport.addEventListener("resize", () => this.fitKeyboard());
  }

  paint() {
    const page = document.documentElement;
    const said = this.pinnedTheme || page.dataset.theme || getComputedStyle(page).colorScheme;
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    this.panel.theme(/^(only )?(dark|light)( only)?$/.test(said) ? said.match(/dark|light/)[0] : system);
  }

  // A phone's keyboard covers the page without making it smaller; the message field must stay in sight.
  fitKeyboard() {
    const covered = Math.max(0, innerHeight - visualViewport.height - visualViewport.offsetTop);
    this.panel.panel.style.marginBlockEnd = covered > 80 ? covered + "px" : "";
    this.panel.toEnd();
  }

  get wishedLocale() {
    return this.chosenLocale || this.pinnedLocale || document.documentElement.lang || navigator.language || "en";
  }

  async configure() {
    const wish = this.wishedLocale;
    this.api.locale = wish;
    try {
      const facts = await this.api.config(wish);
      if (wish !== this.wishedLocale) return;
      this.facts = { ...facts, texts: { ...FALLBACK, ...facts.texts } };
      this.tries = 0;
    } catch (error) {
      if (error.final) return console.warn("Dragoman: " + (error.message || "the chat of this brand cannot be opened."));
      this.tries = (this.tries || 0) + 1;
      setTimeout(() => this.configure(), backOff(this.tries));
    }
    const changed = this.locale !== (this.facts.locale || wish);
    this.locale = this.facts.locale || wish;
    this.panel.speak(this.words());
    this.panel.colour(this.facts.brand.colour);
    if (changed) this.bubbles.clear();
    if (!this.panel.isOpen) this.panel.launcher.hidden = false;
    this.refresh();
    if (changed) this.tell("locale", this.locale);
  }

  // ---- what the page may call ----
  // A text given along stands ready in the message field; the shopper sends it or not.
  open(text) {
    if (typeof text === "string" && text) this.panel.draft(text);
    if (this.panel.isOpen) return;
    this.panel.open();
    this.seen();
    if (this.identity && !this.session) this.ensureSession().then(() => this.connect()).catch(() => {});
    this.configure();
    this.tell("open");
  }

  close() {
    if (!this.panel.isOpen) return;
    this.panel.close();
    this.tell("close");
  }

  consent() {
    this.store.allow();
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
    this.refresh();
  }

  on(name, listener) {
    (this.listeners[name] = this.listeners[name] || []).push(listener);
    return () => (this.listeners[name] = this.listeners[name].filter((one) => one !== listener));
  }

  tell(name, detail) {
    for (const listener of this.listeners[name] || []) {
      try {
        listener(detail);
      } catch (fault) {
        console.error(fault);
      }
    }
  }

  // ---- writing ----
  judge(files, already) {
    const { file_bytes: limit, files: most, refused_kinds: kinds = [] } = this.facts.limits;
    const { t } = this.words();
    const accepted = [];
    let problem = "";
    for (const file of files) {
      const ending = (/\.[^.]+$/.exec(file.name) || [""])[0].toLowerCase();
      if (limit && file.size > limit) problem = fill(t.too_large, { name: file.name, limit: bytes(this.locale, limit) });
      else if (kinds.includes(ending)) problem = fill(t.refused_kind, { name: file.name });
      else if (most && already + accepted.length >= most) problem = fill(t.too_many, { count: most });
      else accepted.push(file);
    }
    return { accepted, problem };
  }

  // Returns what stands in the way, in the shopper's words, or nothing.
  write({ text, email, files }) {
    const limit = this.facts.limits.text;
    if (limit && [...text].length > limit) return fill(this.words().t.too_long, { count: limit });
    this.store.allow();
    const blobs = files.map((blob) => ({ name: blob.name || "file", size: blob.size, type: blob.type, blob }));
    this.outbox.add({ text, email, files: blobs, locale: this.wishedLocale, page: location.origin + location.pathname });
    this.panel.toEnd();
    return "";
  }

  async deliver(item) {
    await this.ensureSession();
    try {
      for (const file of item.files) await this.sendFile(item, file);
      item.progress = undefined;
      const body = { external_id: item.id, text: item.text, locale: item.locale, page: item.page, sent_at: item.at, files: item.files.map((file) => file.token) };
      if (item.email) body.email = item.email;
      const answer = await this.api.send(this.session, body);
      this.take([answer.message]);
      if (item.email) this.store.set("asked", true);
      this.panel.status.textContent = this.words().t.stored;
      this.tell("sent", { id: item.id });
      this.connect();
    } catch (error) {
      if (error.status === 401) await this.renew();
      throw error;
    }
  }

  async sendFile(item, file) {
    if (file.token) return;
    const progress = (share) => {
      item.progress = Math.round(share * 100) / 100;
      this.refresh();
    };
    file.token = (await this.api.upload(this.session, file.blob, progress)).token;
  }

  async ensureSession() {
    if (!this.session) await this.renew();
  }

  async renew() {
    const body = { visitor: this.store.visitor(), session: this.session || undefined, identity: this.identity || undefined };
    const answer = await this.api.session(body).catch((error) => this.withoutIdentity(error, body));
    const moved = this.store.get("handle") && this.store.get("handle") !== answer.handle;
    this.session = answer.session;
    this.store.set("session", answer.session);
    this.store.set("handle", answer.handle);
    this.store.set("email", answer.email || "");
    if (moved) this.thread.clear();
    this.live.reopen();
  }

  // A signature that the server does not take is the shop's fault: the shopper may still talk, as nobody in particular.
  withoutIdentity(error, { identity, ...body }) {
    if (error.status !== 403 || !identity) throw error;
    console.warn("Dragoman: " + error.message);
    this.identity = null;
    return this.api.session(body);
  }

  // ---- reading ----
  connect() {
    if (this.session) this.live.start();
  }

  // Reads from a little before the newest known message: rows do not always become visible in order.
  async sync() {
    if (!this.session) return;
    if (this.syncing) return (this.again = true);
    this.syncing = true;
    try {
      for (let more = true; more; ) {
        const known = [...this.thread.keys()].sort((a, b) => a - b);
        const answer = await this.api.messages(this.session, more === true ? known[known.length - 10] : more);
        this.take(answer.items);
        more = answer.next;
      }
      this.lost = false;
    } catch (error) {
      this.lost = !error.status;
      if (error.status === 401) this.renew().catch(() => {});
    } finally {
      this.syncing = false;
    }
    this.refresh();
    if (!this.again) return;
    this.again = false;
    this.sync();
  }

  take(messages) {
    const fresh = messages.filter((message) => message && !this.thread.has(Number(message.id)));
    for (const message of fresh) {
      for (const file of message.attachments || []) if (file.url) file.url = new URL(file.url, this.api.base).href;
      this.thread.set(Number(message.id), message);
    }
    this.refresh();
    for (const message of fresh) if (message.direction === "out") this.tell("message", { id: message.id, text: message.text });
  }

  seen() {
    const newest = Math.max(0, ...this.thread.keys());
    if (newest > (this.store.get("seen") || 0)) this.store.set("seen", newest);
  }

  refresh() {
    if (!this.locale) return;
    const stored = [...this.thread.entries()].sort((a, b) => a[0] - b[0]).map(([, message]) => message);
    const told = new Set(stored.map((message) => message.external_id));
    const waiting = this.outbox.items.filter((item) => !told.has(item.id));
    const shown = [...stored.map(fromServer), ...waiting.map(fromOutbox)];
    this.panel.hello.hidden = shown.length > 0;
    this.panel.keepPlace(() => this.bubbles.show(shown));
    if (this.panel.isOpen && document.visibilityState === "visible") this.seen();
    const seen = this.store.get("seen") || 0;
    const unread = stored.filter((message) => message.direction === "out" && Number(message.id) > seen).length;
    this.panel.unread(unread);
    if (unread !== this.told) this.tell("unread", (this.told = unread));
    const answered = stored.some((message) => message.direction === "out");
    const askEmail = !this.facts.open && !answered && !this.store.get("email") && !this.store.get("asked");
    this.panel.duty({ open: this.facts.open, backAt: this.facts.back_at && new Date(this.facts.back_at), locale: this.locale, askEmail });
    this.receipt(stored, seen);
    this.panel.connection(!navigator.onLine || this.lost || this.outbox.stuck ? this.words().t.offline : "");
  }

  // The agent's ticks: what came to this page, and what stood open before the shopper's eyes.
  receipt(stored, seen) {
    const answers = stored.filter((message) => message.direction === "out").map((message) => Number(message.id));
    const delivered = Math.max(0, ...answers);
    const read = Math.max(0, ...answers.filter((id) => id <= seen));
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
    if (this.session !== before) this.live.restart();
    if (this.session) this.connect();
    this.sync();
  }
}

function fromServer(message) {
  const key = message.external_id || "m" + message.id;
  return { ...message, key, state: "sent" };
}

function fromOutbox(item) {
  const { id, text, locale, state, error, progress, at } = item;
  return { key: id, direction: "in", text, language: locale, state, error, progress, sent_at: at, attachments: item.files };
}
