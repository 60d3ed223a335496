// The conversation as this page knows it: what the server has, read on from a cursor; never a message twice.
class Thread {
  constructor({ read, fresh }) {
    this.read = read;
    this.fresh = fresh;
    this.messages = new Map();
    this.state = { read: 0, closed: false };
    this.isLoaded = false;
    this.lost = false;
  }

  clear() {
    this.messages.clear();
    this.state = { read: 0, closed: false };
    this.isLoaded = false;
  }

  get list() {
    return [...this.messages.entries()].sort((a, b) => a[0] - b[0]).map(([, message]) => message);
  }

  // The ids of the shop's answers, oldest first.
  get answers() {
    return this.list.filter((message) => message.direction === "out").map((message) => Number(message.id));
  }

  // Somebody of the shop has written here, not only its bot.
  get hasPerson() {
    return this.list.some((message) => message.direction === "out" && !message.bot && !message.automatic);
  }

  // Reads from a little before the newest known message: rows do not always become visible in order.
  async sync() {
    if (this.syncing) return (this.again = true);
    this.syncing = true;
    try {
      for (let more = true; more; ) {
        const known = [...this.messages.keys()].sort((a, b) => a - b);
        const answer = await this.read(more === true ? known[known.length - 10] : more);
        const wasLoaded = this.isLoaded;
        more = answer.next;
        this.state = { read: Math.max(this.state.read, Number(answer.read) || 0), closed: Boolean(answer.closed), survey: answer.survey };
        this.isLoaded = true;
        this.take(answer.items, { quiet: !wasLoaded });
      }
      this.lost = false;
    } catch (error) {
      this.lost = !error.status;
      throw error;
    } finally {
      this.syncing = false;
    }
    if (!this.again) return;
    this.again = false;
    await this.sync();
  }

  // `quiet`: these were there before this page was; nobody need be called.
  take(messages, { quiet } = {}) {
    const fresh = messages.filter((message) => message && !this.messages.has(Number(message.id)));
    for (const message of fresh) this.messages.set(Number(message.id), message);
    this.fresh(fresh, quiet);
  }
}

function fromServer(message, readUpTo) {
  const key = message.external_id || "m" + message.id;
  return { ...message, key, state_of_bot: message.state, state: "sent", read: Number(message.id) <= readUpTo };
}

function fromOutbox(item) {
  const { id, text, locale, state, error, progress, at } = item;
  return { key: id, direction: "in", text, language: locale, state, error, progress, sent_at: at, attachments: item.files };
}
