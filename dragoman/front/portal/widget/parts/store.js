// What this browser remembers for one brand, under one key: nothing at all before `allow()`, and where the page
// asked for that (`data-consent="required"`), nothing before `consent(true)` either.
class Store {
  constructor(brand, waits) {
    this.key = "dragoman:" + brand;
    this.facts = {};
    this.allowed = false;
    this.waits = waits;
    this.read();
  }

  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) || "null");
      if (kept && typeof kept === "object") {
        this.facts = kept;
        this.allowed = true;
      }
    } catch (blocked) {
      // Storage is blocked or holds something foreign: memory alone serves this page.
    }
  }

  get(name) {
    return this.facts[name];
  }

  // Other tabs write here too: what they kept since stays.
  set(name, value) {
    if (this.allowed) this.facts = { ...this.facts, ...this.kept() };
    this.facts[name] = value;
    this.write();
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || {};
    } catch (blocked) {
      return {};
    }
  }

  // Which words of the shop this visit has had, so that none comes twice: gone with the tab, and no name in it. Where
  // the page asked to keep nothing before a yes, there are none to be had.
  get mayNote() {
    return !this.waits;
  }

  noted() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) || [];
    } catch (blocked) {
      return ["closed"];
    }
  }

  note(what) {
    if (!this.mayNote) return;
    try {
      sessionStorage.setItem(this.key, JSON.stringify([...this.noted(), what]));
    } catch (blocked) {
      // Blocked: then nothing is shown either.
    }
  }

  // The shopper wrote.
  allow() {
    if (this.waits || this.allowed) return;
    this.allowed = true;
    this.write();
  }

  // The shop says what the shopper decided; a "no" takes away what was kept, the chat goes on in memory.
  consent(given) {
    this.waits = !given;
    if (given) return this.allow();
    const facts = this.facts;
    this.forget();
    this.facts = facts;
  }

  write() {
    if (!this.allowed) return;
    try {
      localStorage.setItem(this.key, JSON.stringify(this.facts));
    } catch (blocked) {
      // Blocked or full: the conversation goes on in memory.
    }
  }

  forget() {
    this.facts = {};
    this.allowed = false;
    try {
      localStorage.removeItem(this.key);
    } catch (blocked) {
      // Nothing was kept there.
    }
  }

  // The secret that names the thread; the server derives the same thread from it however often it is asked.
  visitor() {
    if (!this.facts.visitor) this.set("visitor", uuid() + uuid());
    return this.facts.visitor;
  }
}
