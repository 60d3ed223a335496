// Messages on their way out: in order, one at a time, with the same id however often they are sent.
class Outbox {
  constructor({ store, deliver, changed }) {
    this.store = store;
    this.deliver = deliver;
    this.changed = changed;
    this.running = false;
    this.attempts = 0;
    this.items = (store.get("outbox") || []).map((item) => ({ ...item, state: "sending" }));
    this.gone = new Set();
    this.why = "";
    this.wake = () => {};
    addEventListener("online", () => this.hurry());
  }

  add(message) {
    this.items.push({ ...message, id: uuid(), at: new Date().toISOString(), state: "sending", error: "" });
    this.save();
    this.hurry();
  }

  retry(id) {
    const item = this.items.find((one) => one.id === id);
    if (!item) return;
    item.state = "sending";
    item.error = "";
    this.save();
    this.hurry();
  }

  clear() {
    for (const item of this.items) this.gone.add(item.id);
    this.items = [];
  }

  // What can outlive the page: a file that is still only in memory cannot. What waits in other tabs stays as it is.
  save() {
    const mine = new Set(this.items.map((item) => item.id));
    const others = (this.store.kept().outbox || []).filter((item) => !mine.has(item.id) && !this.gone.has(item.id));
    const whole = this.items.filter((item) => item.files.every((file) => file.token));
    const kept = whole.map(({ progress, ...item }) => ({ ...item, files: item.files.map(lasting) }));
    this.store.set("outbox", [...(this.store.allowed ? others : []), ...kept]);
    this.changed();
  }

  hurry() {
    this.attempts = 0;
    this.wake();
    this.run();
  }

  async run() {
    if (this.running) return;
    this.running = true;
    try {
      for (let item = this.next(); item; item = this.next()) await this.attempt(item);
    } finally {
      this.running = false;
    }
  }

  next() {
    return this.items.find((item) => item.state === "sending");
  }

  async attempt(item) {
    try {
      await this.deliver(item);
      this.attempts = 0;
      this.why = "";
      this.gone.add(item.id);
      this.items = this.items.filter((one) => one !== item);
      this.save();
    } catch (error) {
      if (error.final) {
        item.state = "failed";
        item.error = error.message;
        this.save();
      } else {
        this.attempts += 1;
        // too much at once: the server's own words, and it goes out by itself when the time has come
        this.why = error.status === 429 ? error.message : "";
        this.changed();
        await this.pause(Math.max(backOff(this.attempts), (error.retryAfter || 0) * 1000));
      }
    }
  }

  pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  get stuck() {
    return this.attempts > 0 && this.items.some((item) => item.state === "sending");
  }
}

function lasting({ name, size, type, token }) {
  return { name, size, type, token };
}

// Doubles from one second to a minute, with jitter, so that a thousand shops do not knock at once.
function backOff(attempts) {
  return Math.min(60000, 500 * 2 ** attempts) * (0.5 + Math.random() / 2);
}
