// A word to who looks at a page for a while: the shop's rules, each once in a visit, and never to who closed the chat.
class Invites {
  constructor({ store, show, may }) {
    Object.assign(this, { store, show, may, rules: [], at: location.href, since: Date.now() });
    this.returns = store.allowed;
  }

  // The rules that fit this reader's language, market and hours; the rest is looked at here, and told to nobody.
  take(rules) {
    this.rules = rules || [];
    clearInterval(this.timer);
    if (this.rules.length && this.store.mayNote) this.timer = setInterval(() => this.look(), 1000);
  }

  look() {
    if (this.at !== location.href) [this.at, this.since] = [location.href, Date.now()];
    if (document.visibilityState !== "visible" || !this.may()) return;
    const told = this.store.noted();
    if (told.includes("closed")) return clearInterval(this.timer);
    const rule = this.rules.find((one) => !told.includes(one.key) && this.fits(one));
    if (!rule) return;
    this.store.note(rule.key);
    this.show(rule);
  }

  fits({ seconds, visitor, pages }) {
    if (Date.now() - this.since < seconds * 1000) return false;
    if (visitor !== "any" && (visitor === "returning") !== this.returns) return false;
    return !pages.length || pages.some((one) => pageFits(one, location.pathname + location.search));
  }
}

// "/cart*": a star stands for anything.
function pageFits(pattern, page) {
  const parts = pattern.split("*");
  const last = parts.pop();
  let place = 0;
  for (const [number, part] of parts.entries()) {
    const found = number ? page.indexOf(part, place) : page.startsWith(part) ? 0 : -1;
    if (found < 0) return false;
    place = found + part.length;
  }
  return parts.length ? page.slice(place).endsWith(last) : page === last || page.split("?")[0] === last;
}
