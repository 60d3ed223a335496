// Writing and reading: how messages leave this page and come to it, and who it is that writes.
class Talk extends HTMLElement {
  constructor() {
    super();
    this.listeners = {};
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
    return judged(files, { already, limits: this.facts.limits, words: this.words() });
  }

  // Kept so that the next page of the shop goes on with it; the desk learns that somebody types, never what.
  typed(text) {
    if ((this.store.get("draft") || "") !== text) this.store.set("draft", text);
    this.panel.composer.suggestions.typed(text, this.facts.chat.suggest && !this.thread.hasPerson);
    if (!this.session || !this.thread.messages.size || this.facts.chat.typing === false) return;
    clearTimeout(this.pause);
    if (text) this.pause = setTimeout(() => this.typing("still"), 6000);
    this.typing(text ? "typing" : "still");
  }

  // Again after eight seconds for those who came late; "still" only to whoever heard "typing".
  typing(doing) {
    const { doing: before = "still", at = 0 } = this.toldTyping || {};
    if (doing === before && (doing === "still" || Date.now() - at < 8000)) return;
    this.toldTyping = { doing, at: Date.now() };
    this.api.typing(this.session, doing).catch(() => {});
  }

  // Returns what stands in the way, in the shopper's words, or nothing.
  write({ text, asked, files, choice }) {
    const limit = this.facts.limits.text;
    if (limit && [...text].length > limit) return fill(this.words().t.too_long, { count: limit });
    this.store.allow();
    this.panel.note("");
    const blobs = files.map((blob) => ({ name: blob.name || "file", size: blob.size, type: blob.type, blob }));
    this.outbox.add({ text, asked, choice, files: blobs, locale: this.wishedLocale, market: this.market, page: location.origin + location.pathname });
    this.panel.toEnd();
    return "";
  }

  async deliver(item) {
    await this.ensureSession();
    try {
      for (const file of item.files) await this.sendFile(item, file);
      item.progress = undefined;
      const asked = item.asked || {};
      const body = { external_id: item.id, text: item.text, locale: item.locale, market: item.market || "", page: item.page, sent_at: item.at, files: item.files.map((file) => file.token), choice: item.choice || undefined, ...asked };
      const answer = await this.api.send(this.session, body);
      this.thread.take([answer.message]);
      if (Object.keys(asked).length) this.store.set("asked", true);
      if (asked.email) this.store.set("left", asked.email);
      this.panel.status.textContent = this.words().t.stored;
      this.tell("sent", { id: item.id });
      this.connect();
      this.tabs.tell("changed");
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

  async sendCopy(email) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    const answer = await this.api.transcript(this.session, { email, locale: this.wishedLocale, zone });
    const { t } = this.words();
    this.panel.note(fill(answer.state === "sent" ? t.copy_sent : t.copy_confirm, { email: answer.email }));
  }

  ensureSession() {
    if (this.session) return Promise.resolve();
    this.opening = this.opening || this.renew().finally(() => (this.opening = null));
    return this.opening;
  }

  async renew() {
    const body = { visitor: this.store.visitor(), session: this.session || undefined, identity: this.identity || undefined };
    const answer = await this.api.session(body).catch((error) => this.withoutIdentity(error, body));
    const moved = this.store.get("handle") && this.store.get("handle") !== answer.handle;
    this.session = answer.session;
    this.store.set("session", answer.session);
    this.store.set("handle", answer.handle);
    this.store.set("email", answer.email || "");
    if (this.panel.isOpen) this.loadOrders();
    if (moved) {
      // another thread: other tabs may stay with the old one
      this.thread.clear();
      this.tabs.leave();
      if (this.live.wanted) this.tabs.claim();
    }
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

  async sync() {
    if (!this.session) return;
    await this.thread.sync().catch((error) => error.status === 401 && this.renew().catch(() => {}));
    this.refresh();
  }

  came(messages, quiet) {
    for (const message of messages) {
      for (const file of message.attachments || []) if (file.url) file.url = new URL(file.url, this.api.base).href;
    }
    const answers = messages.filter((message) => message.direction === "out");
    if (answers.length) this.panel.typing("");
    this.refresh();
    if (quiet) return;
    if (answers.length && this.tabs.leads && this.facts.chat.sound) this.sound.play();
    for (const message of answers) this.tell("message", { id: message.id, text: message.text });
  }

  seen() {
    // answers alone: one that was held back may have a lower number than what the shopper wrote meanwhile
    const newest = Math.max(0, ...this.thread.answers);
    if (newest > (this.store.get("seen") || 0)) this.store.set("seen", newest);
  }
}
