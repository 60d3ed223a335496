// The foot of the window: what is asked for, files on their way, the message and the emoji.
class Composer {
  constructor({ on }) {
    this.on = on;
    this.files = [];
    this.build();
  }

  build() {
    const asked = h("div", { class: "asked", hidden: true });
    this.ask = new Ask(asked);
    this.says = h("div", { class: "says", id: "says", role: "alert", hidden: true });
    this.chips = h("div", { class: "files", hidden: true });
    this.picker = h("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", onchange: () => this.picked() });
    this.attach = h("button", { type: "button", class: "round", onclick: () => this.picker.click() }, icon("clip"));
    this.smile = h("button", { type: "button", class: "round", "aria-expanded": "false", onclick: () => this.smiles() }, icon("smile"));
    this.emoji = new EmojiPicker({ pick: (sign) => this.insert(sign), left: () => this.emojiClosed() });
    this.suggestions = new Suggestions({ ask: this.on.suggest, at: this.on.at, words: this.on.words, opened: this.on.opened, left: () => this.text.focus() });
    this.text = h("textarea", { rows: "1", dir: "auto", enterkeyhint: "send", oninput: () => this.typed(), onpaste: (event) => this.pasted(event) });
    this.go = h("button", { type: "submit", class: "round go" }, icon("send", "flip"));
    this.legal = h("span");
    const write = h("div", { class: "write" }, this.attach, this.text, this.smile, this.go);
    const legal = h("div", { class: "legal" }, this.legal, h("span", { lang: "en" }, "Dragoman"));
    this.form = h("form", { class: "foot", novalidate: true, onsubmit: (event) => this.submitted(event) }, this.suggestions.node, asked, this.chips, this.says, this.emoji.node, write, this.picker, legal);
  }

  speak(t) {
    this.t = t;
    for (const [node, label] of [[this.attach, t.attach], [this.go, t.send], [this.text, t.message], [this.smile, t.emoji]]) node.setAttribute("aria-label", label);
    for (const node of [this.attach, this.go, this.smile]) node.title = node.getAttribute("aria-label");
    this.text.placeholder = t.placeholder;
    this.legal.textContent = t.translated_note;
    this.drawChips();
  }

  // `limits` of the brand: whether files go at all, and which kinds the system's own dialogue offers.
  takes({ file_bytes: most, kinds = [] }) {
    this.attach.hidden = most === 0;
    this.picker.accept = kinds.join(",");
  }

  get takesFiles() {
    return !this.attach.hidden;
  }

  typed() {
    this.grow();
    this.on.typed(this.text.value);
  }

  draft(text) {
    this.text.value = text;
    this.grow();
  }

  grow() {
    this.text.style.blockSize = "";
    if (this.text.scrollHeight > this.text.clientHeight) this.text.style.blockSize = this.text.scrollHeight + "px";
  }

  smiles() {
    if (!this.emoji.node.hidden) return this.emoji.close();
    this.smile.setAttribute("aria-expanded", "true");
    this.emoji.open(this.t.emoji);
  }

  emojiClosed() {
    this.smile.setAttribute("aria-expanded", "false");
    this.text.focus();
  }

  insert(sign) {
    const { selectionStart: from, selectionEnd: to } = this.text;
    this.text.setRangeText(sign, from, to, "end");
    this.emoji.close();
    this.typed();
  }

  say(text) {
    this.says.textContent = text;
    this.says.hidden = !text;
  }

  submitted(event) {
    event.preventDefault();
    this.say("");
    const text = this.text.value.trim();
    if (!text && !this.files.length) return this.text.focus();
    const { facts, problem } = this.ask.read();
    if (problem) return this.say(problem);
    const refused = this.on.send({ text, asked: facts, files: this.files });
    if (refused) return this.say(refused);
    this.text.value = "";
    this.files = [];
    this.drawChips();
    this.typed();
    this.text.focus();
  }

  keys(event) {
    if (event.key !== "Enter" || event.target !== this.text || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  picked() {
    this.take([...this.picker.files]);
    this.picker.value = "";
  }

  pasted(event) {
    const files = [...((event.clipboardData && event.clipboardData.files) || [])];
    if (!files.length || !this.takesFiles) return;
    event.preventDefault();
    this.take(files);
  }

  take(files) {
    const { accepted, problem } = this.on.files(files, this.files.length);
    this.files.push(...accepted);
    this.say(problem);
    this.drawChips();
    this.text.focus();
  }

  drawChips() {
    this.chips.hidden = !this.files.length;
    this.chips.replaceChildren(...this.files.map((file) => this.chip(file)));
  }

  chip(file) {
    const face = icon("file");
    thumbnail({ name: file.name, size: file.size, type: file.type, blob: file }, face);
    const drop = () => {
      this.files = this.files.filter((one) => one !== file);
      this.drawChips();
      this.text.focus();
    };
    const remove = h("button", { type: "button", "aria-label": fill(this.t.remove, { name: file.name }), onclick: drop }, icon("cross", "s"));
    return h("span", { class: "file" }, face, h("span", { dir: "auto" }, file.name), h("small", null, bytes(this.on.reader(), file.size)), remove);
  }
}

// Which of these files may come along, and what to say of the others.
function judged(files, { already, limits, words }) {
  const { file_bytes: limit, files: most, refused_kinds: refused = [], kinds = [] } = limits;
  const { t, locale } = words;
  const accepted = [];
  let problem = "";
  for (const file of files) {
    const ending = (/\.[^.]+$/.exec(file.name) || [""])[0].toLowerCase();
    if (refused.includes(ending) || (kinds.length && !kinds.includes(ending))) problem = fill(t.refused_kind, { name: file.name });
    else if (limit && file.size > limit) problem = fill(t.too_large, { name: file.name, limit: bytes(locale, limit) });
    else if (most && already + accepted.length >= most) problem = fill(t.too_many, { count: most });
    else accepted.push(file);
  }
  return { accepted, problem };
}
