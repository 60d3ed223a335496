// The stream of pointers: it says only that something is new, and every (re)opening asks for what was missed.
// Of all tabs of one shopper one holds it (`tabs`): a browser opens six connections to a server and no more.
class Live {
  constructor({ url, changed, refused, typing, tabs }) {
    this.url = url;
    this.changed = () => {
      changed();
      tabs.tell("changed");
    };
    this.typing = (doing) => {
      typing(doing);
      tabs.tell("typing", doing);
    };
    this.refused = refused;
    this.tabs = tabs;
    this.attempts = 0;
    this.wanted = false;
    tabs.listen({ lead: () => this.connect(), follow: () => this.close(), changed, typing });
    document.addEventListener("visibilitychange", () => this.seen());
    addEventListener("online", () => this.restart());
    addEventListener("pageshow", (event) => event.persisted && this.seen());
    addEventListener("pagehide", () => this.rest());
  }

  start() {
    if (this.wanted) return;
    this.wanted = true;
    this.since = Date.now();
    this.tabs.claim();
    // The net beneath the stream: a proxy may hold a connection open that is long dead.
    this.net = setInterval(() => document.visibilityState === "visible" && this.changed(), 60000);
  }

  stop() {
    this.wanted = false;
    clearInterval(this.net);
    this.close();
    this.tabs.leave();
  }

  // Something is wanted that has not come for a moment: say so, but not for the blink of every opening.
  get isConnecting() {
    return this.wanted && this.tabs.leads && !this.isOpen && Date.now() - this.since > 1500;
  }

  close() {
    clearTimeout(this.timer);
    if (this.source) this.source.close();
    if (this.isOpen) this.since = Date.now();
    this.isOpen = false;
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
    if (!this.wanted || this.source || !this.tabs.leads) return;
    clearTimeout(this.timer);
    const source = (this.source = new EventSource(this.url()));
    source.onopen = () => {
      this.attempts = 0;
      this.isOpen = true;
      this.changed();
    };
    source.addEventListener("typing", (event) => this.typing(JSON.parse(event.data).doing));
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
    if (document.visibilityState === "hidden") this.sleep = setTimeout(() => this.rest(), 300000);
    else if (this.wanted && !this.tabs.leads) {
      this.changed();
      this.tabs.claim();
    } else if (this.wanted && !this.source) this.restart();
    else if (this.wanted) this.changed();
  }

  rest() {
    this.close();
    this.tabs.leave();
  }
}
