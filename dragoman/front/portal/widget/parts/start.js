// One tag, one brand, one element; `window.Dragoman` is what the shop's own code may call.
const script = document.currentScript;

function start() {
  const brand = script && script.dataset.brand;
  if (!brand) return console.warn("Dragoman: the script tag needs data-brand.");
  if (!self.customElements || !self.CSSStyleSheet || !("adoptedStyleSheets" in document)) return;
  if (customElements.get("dragoman-chat")) return;
  customElements.define("dragoman-chat", DragomanChat);
  const chat = document.createElement("dragoman-chat");
  let waiting = Array.isArray(self.Dragoman) ? self.Dragoman : [];
  const call = (what) => (waiting ? new Promise((done) => waiting.push(() => done(what()))) : what());
  self.Dragoman = {
    open: (text) => call(() => chat.open(text)),
    close: () => call(() => chat.close()),
    consent: () => call(() => chat.consent()),
    identify: (person) => call(() => chat.identify(person)),
    setLocale: (tag) => call(() => chat.setLocale(tag)),
    reset: () => call(() => chat.reset()),
    on: (name, listener) => chat.on(name, listener),
  };
  const { locale = "", theme = "" } = script.dataset;
  const put = () => {
    chat.begin({ origin: new URL(script.src).origin, brand, locale, theme });
    document.body.append(chat);
    const early = waiting;
    waiting = null;
    for (const one of early) one(self.Dragoman);
    document.dispatchEvent(new CustomEvent("dragoman:ready"));
  };
  if (document.body) put();
  else addEventListener("DOMContentLoaded", put);
}

start();
