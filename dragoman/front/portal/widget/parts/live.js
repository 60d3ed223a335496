// The stream of pointers: it says only that something is new, and every (re)opening asks for what was missed.
class Live {
  constructor({ url, changed, refused }) {
    this.url = url;
    this.changed = changed;
    this.refused = refused;
    this.attempts = 0;
    this.wanted = false;
    document.addEventListener("visibilitychange", () => this.seen());
    addEventListener("online", () => this.restart());
    addEventListener("pageshow", (event) => event.persisted && this.restart());
    addEventListener("pagehide", () => this.close());
  }

  start() {
    if (this.wanted) return;
    this.wanted = true;
    this.connect();
    // The net beneath the stream: a proxy may hold a connection open that is long dead.
    this.net = setInterval(() => document.visibilityState === "visible" && this.changed(), 60000);
  }

  stop() {
    this.wanted = false;
    clearInterval(this.net);
    this.close();
  }

  close() {
    clearTimeout(this.timer);
    if (this.source) this.source.close();
    this.source = null;
  }

  restart() {
    this.attempts = 0;
    this.reopen();
  }

  reopen() {
    this.close();
    this.connect();
  }

  connect() {
    if (!this.wanted || this.source) return;
    clearTimeout(this.timer);
    const source = (this.source = new EventSource(this.url()));
    source.onopen = () => {
      this.attempts = 0;
      this.changed();
    };
    for (const name of ["message", "changed", "resync"]) source.addEventListener(name, () => this.changed());
    source.onerror = () => {
      if (source !== this.source) return;
      // Ours instead of the browser's own retry: it has no jitter and gives up for ever on an HTTP error.
      const closedByServer = source.readyState === EventSource.CLOSED;
      this.close();
      this.attempts += 1;
      if (closedByServer) this.refused(this.attempts);
      this.timer = setTimeout(() => this.caughtOff(), backOff(this.attempts));
    };
  }

  // While the stream cannot be had, every attempt at least asks.
  caughtOff() {
    this.changed();
    this.connect();
  }

  // A tab in the background lets its connection go after five minutes and catches up when it is looked at.
  seen() {
    clearTimeout(this.sleep);
    if (document.visibilityState === "hidden") this.sleep = setTimeout(() => this.close(), 300000);
    else if (this.wanted && !this.source) this.restart();
    else if (this.wanted) this.changed();
  }
}
