// The page around the chat: its language, its light, its side, its title. Nothing of the page is changed, but for
// the title where the shop asked for it.
class Surroundings {
  constructor({ theme, position, repaint, relocate, resize }) {
    this.pinnedTheme = theme;
    this.pinnedPosition = position;
    this.repaint = repaint;
    this.badged = 0;
    const page = document.documentElement;
    new MutationObserver((changes) => {
      repaint();
      if (changes.some((change) => change.attributeName === "lang")) relocate();
    }).observe(page, { attributes: true, attributeFilter: ["lang", "dir", "class", "data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    addEventListener("resize", resize);
    if (!self.visualViewport) return;
    visualViewport.addEventListener("resize", resize);
    visualViewport.addEventListener("scroll", resize);
  }

  // The script tag decides, then the shop's settings, then the page, then the system.
  look({ theme, position }) {
    const page = document.documentElement;
    const chosen = /^(light|dark)$/.test(theme || "") ? theme : "";
    const style = getComputedStyle(page);
    const said = this.pinnedTheme || chosen || page.dataset.theme || style.colorScheme;
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const name = /^(only )?(dark|light)( only)?$/.test(said) ? said.match(/dark|light/)[0] : system;
    const side = (this.pinnedPosition || position) === "start" ? "start" : "end";
    return { name, side, direction: style.direction };
  }

  // "(2) Title", where the page looks away; the page's own changes of its title are kept.
  badge(count) {
    if (count === this.badged) return;
    const plain = this.badged ? document.title.replace(/^\(\d+\) /, "") : document.title;
    this.badged = count;
    document.title = count ? `(${count}) ${plain}` : plain;
  }
}
