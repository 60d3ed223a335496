// What this browser remembers for one brand, under one key: nothing at all before `allow()`.
class Store {
  constructor(brand) {
    this.key = "dragoman:" + brand;
    this.facts = {};
    this.allowed = false;
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

  set(name, value) {
    this.facts[name] = value;
    this.write();
  }

  // The shopper wrote, or the shop says that they consented.
  allow() {
    this.allowed = true;
    this.write();
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
