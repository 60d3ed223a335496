// Help on a shop's page: a list of links where the script's tag stands, in a shadow of its own, in the page's own type.
(() => {
  const script = document.currentScript;
  const ask = new URL(script.src.replace(/embed\.js.*$/, "block.json"));
  const { help = "", page = location.href, title = document.title } = script.dataset;
  if (help) ask.searchParams.set("keys", help);
  else {
    ask.searchParams.set("page", new URL(page, location.href).pathname);
    ask.searchParams.set("title", title);
  }
  const link = ({ title: words, url, language, dir }) => {
    const made = document.createElement("a");
    made.href = url;
    made.textContent = words;
    if (language) made.lang = language;
    if (dir) made.dir = dir;
    return made;
  };
  const draw = (facts) => {
    if (!facts.items.length) return;
    const host = document.createElement("section");
    host.className = "dragoman-help";
    host.lang = facts.language;
    host.dir = facts.dir;
    host.setAttribute("aria-label", facts.title);
    const heading = document.createElement("h2");
    heading.textContent = facts.title;
    const list = document.createElement("ul");
    for (const one of facts.items) {
      const item = document.createElement("li");
      item.append(link(one));
      list.append(item);
    }
    const root = host.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(
      ":host{display:block;font:inherit;color:inherit}h2{font-size:1.1em;margin:0 0 .5em}" +
        "ul{margin:0 0 .75em;padding:0;list-style:none}li{border-block-start:1px solid color-mix(in srgb,currentColor 18%,transparent)}" +
        "a{display:block;padding-block:.55em;color:inherit;text-underline-offset:.2em}a:focus-visible{outline:2px solid;outline-offset:2px}",
    );
    root.adoptedStyleSheets = [style];
    root.append(heading, list, link(facts.more));
    script.after(host);
  };
  fetch(ask, { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((facts) => facts && draw(facts))
    // a shop's page stays whole without us
    .catch(() => {});
})();
