// A small picker of the system's own emoji: what a shop's customers use, not all four thousand.
const EMOJI = [..."🙂😀😄😂😊😍😉🤔😕🙁😢😭😡😱😴🤗👍👎👌🙏👏💪👋🤝❤💔💯✨🔥🎉🎁✅❌⚠❓❗📦🚚🏠📍📷📧📞💳🧾👕👟👗👜💄💡🪑☕🕐📅"];
const COLUMNS = 8;

class EmojiPicker {
  constructor({ pick, left }) {
    this.pick = pick;
    this.left = left;
    this.node = h("div", { class: "emoji", role: "group", hidden: true, onkeydown: (event) => this.keys(event) });
  }

  // Made when it is first wanted.
  open(label) {
    if (!this.node.firstChild) this.node.append(...EMOJI.map((sign, place) => this.button(sign, place)));
    this.node.setAttribute("aria-label", label);
    this.node.hidden = false;
    this.node.firstChild.focus();
  }

  close() {
    if (this.node.hidden) return;
    this.node.hidden = true;
    this.left();
  }

  button(sign, place) {
    // the variation selector asks for the coloured form of the older signs
    const shown = sign.codePointAt(0) < 0x1f000 ? sign + "\ufe0f" : sign;
    return h("button", { type: "button", tabindex: place ? "-1" : "0", onclick: () => this.pick(shown) }, shown);
  }

  keys(event) {
    const all = [...this.node.children];
    const here = all.indexOf(this.node.getRootNode().activeElement);
    const onwards = getComputedStyle(this.node).direction === "rtl" ? -1 : 1;
    const steps = { ArrowRight: onwards, ArrowLeft: -onwards, ArrowDown: COLUMNS, ArrowUp: -COLUMNS, Home: -here, End: all.length - 1 - here };
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      return this.close();
    }
    if (!(event.key in steps) || here < 0) return;
    event.preventDefault();
    const next = all[here + steps[event.key]];
    if (!next) return;
    all[here].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}
