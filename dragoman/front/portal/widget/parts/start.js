// One tag, one brand, one element; `window.Dragoman` is what the shop's own code may call.
const script = document.currentScript;

function start() {
  const brand = script && script.dataset.brand;
  if (!brand) return console.warn("Dragoman: the script tag needs data-brand.");
  if (!self.customElements || !self.CSSStyleSheet || !("adoptedStyleSheets" in document)) return;
  if (customElements.get("dragoman-chat")) return;
  customElements.define("dragoman-chat", DragomanChat);
  const chat = document.createElement("dragoman-chat");
  let waiting = [self.Dragoman, self.dragoman].flatMap((early) => (Array.isArray(early) ? early : []));
  const call = (what) => (waiting ? new Promise((done) => waiting.push(() => done(what()))) : what());
  self.Dragoman = {
    open: (text) => call(() => chat.open(text)),
    close: () => call(() => chat.close()),
    consent: (given) => call(() => chat.consent(given)),
    identify: (person) => call(() => chat.identify(person)),
    setLocale: (tag) => call(() => chat.setLocale(tag)),
    setLanguage: (tag) => call(() => chat.setLocale(tag)),
    reset: () => call(() => chat.reset()),
    on: (name, listener) => chat.on(name, listener),
  };
  // the same by its small name, unless the page has something else there
  if (!self.dragoman || Array.isArray(self.dragoman)) self.dragoman = self.Dragoman;
  const { locale = "", theme = "", position = "", consent = "", market = "" } = script.dataset;
  const put = () => {
    chat.begin({ origin: new URL(script.src).origin, brand, locale, theme, position, consent, market });
    // beside the body, not in it: a shop's body may be moved, blurred or replaced as a whole
    document.documentElement.append(chat);
    const early = waiting;
    waiting = null;
    for (const one of early) one(self.Dragoman);
    document.dispatchEvent(new CustomEvent("dragoman:ready"));
  };
  if (document.body) put();
  else addEventListener("DOMContentLoaded", put);
}

start();
