// One node per message, built once; only the line below it changes, so that a reader hears each message once.
class Bubbles {
  constructor({ log, words, retry }) {
    this.log = log;
    this.words = words;
    this.retry = retry;
    this.nodes = new Map();
  }

  // `messages` in the order to show; those gone are removed, those known are kept in place.
  show(messages) {
    const wanted = new Set(messages.map((message) => message.key));
    for (const [key, node] of this.nodes) {
      if (wanted.has(key)) continue;
      node.remove();
      this.nodes.delete(key);
    }
    let before = null;
    for (const message of messages) {
      let node = this.nodes.get(message.key);
      if (!node) {
        node = message.direction === "out" ? this.theirs(message) : this.mine(message);
        this.nodes.set(message.key, node);
      }
      const place = before ? before.nextSibling : this.log.firstChild;
      if (place !== node) this.log.insertBefore(node, place);
      if (message.direction !== "out") this.state(node, message);
      before = node;
    }
  }

  // After a change of language every line is written anew.
  clear() {
    for (const node of this.nodes.values()) node.remove();
    this.nodes.clear();
  }

  mine(message) {
    const say = message.text && h("p", { class: "say", dir: "auto", lang: message.language }, message.text);
    return h("div", { class: "me" }, say, this.files(message), h("div", { class: "by" }));
  }

  state(node, message) {
    const { t, locale } = this.words();
    const by = node.lastElementChild;
    node.classList.toggle("failed", message.state === "failed");
    const share = message.state === "sending" ? message.progress : undefined;
    const mark = [message.state, message.error, share].join("|");
    if (by.dataset.mark === mark) return;
    by.dataset.mark = mark;
    if (message.state === "failed") {
      const again = h("button", { type: "button", class: "link", onclick: () => this.retry(message.key) }, t.retry);
      by.replaceChildren(icon("alert", "s bad"), h("span", { class: "bad" }, message.error || t.failed), again);
    } else if (message.state === "sending") {
      by.replaceChildren(share === undefined ? t.sending : fill(t.uploading, { percent: percent(locale, share) }));
    } else {
      by.replaceChildren(...said(t.sent), h("bdi", null, clock(locale, new Date(message.sent_at))));
    }
  }

  theirs(message) {
    const { t, locale, brand } = this.words();
    const name = (message.author && message.author.name) || brand;
    const say = h("div", { class: "say" }, message.text && h("span", { class: "word", dir: "auto", lang: message.language }, message.text));
    const by = h("div", { class: "by" }, said(name), h("bdi", null, clock(locale, new Date(message.sent_at))));
    if (message.translation) this.translated(message, say, by, t);
    say.append(...[this.files(message)].filter(Boolean));
    const face = h("span", { class: "av", "aria-hidden": "true" }, initials(name));
    return h("div", { class: "them" }, face, h("div", null, h("span", { class: "sr" }, name + ": "), say), by);
  }

  translated(message, say, by, t) {
    by.append(h("span", null, "·"), icon("translate", "s"), h("span", null, t.machine));
    const { original, original_language: language } = message.translation;
    if (!original) return;
    const was = h("span", { class: "was", dir: "auto", lang: language, hidden: true }, original);
    const fold = h("button", { type: "button", class: "link", "aria-expanded": "false" }, t.show_original);
    fold.addEventListener("click", () => {
      was.hidden = !was.hidden;
      fold.setAttribute("aria-expanded", String(!was.hidden));
      fold.textContent = was.hidden ? t.show_original : t.hide_original;
    });
    say.append(was);
    by.append(fold);
  }

  files(message) {
    const files = message.attachments || [];
    return files.length ? h("div", { class: "files" }, files.map((file) => this.file(file))) : null;
  }

  file(file) {
    const { t, locale } = this.words();
    const face = icon("file");
    const inside = [face, h("span", { dir: "auto" }, file.name), h("small", null, bytes(locale, file.size))];
    thumbnail(file, face);
    if (!file.url) return h("span", { class: "file" }, inside);
    const label = fill(t.download, { name: file.name });
    return h("a", { class: "file", href: file.url, target: "_blank", rel: "noopener", download: file.name, "aria-label": label }, inside);
  }
}

// A word and the dot after it, each by itself, so that neither direction of writing moves them.
function said(words) {
  return [h("bdi", null, words), h("span", null, "·")];
}

// Draws a picture into a canvas: a shop's policy for images knows nothing of our origin, and need not.
async function thumbnail(file, face) {
  const type = file.content_type || file.type || "";
  if (!/^image\/(png|jpeg|gif|webp|avif)$/.test(type) || !self.createImageBitmap || file.size > 8 << 20) return;
  try {
    const blob = file.blob || (await (await fetch(file.url, { credentials: "omit" })).blob());
    const picture = await createImageBitmap(blob);
    const side = 88;
    const scale = side / Math.min(picture.width, picture.height);
    const canvas = h("canvas", { width: side, height: side, "aria-hidden": "true" });
    const [width, height] = [picture.width * scale, picture.height * scale];
    canvas.getContext("2d").drawImage(picture, (side - width) / 2, (side - height) / 2, width, height);
    face.replaceWith(canvas);
  } catch (unreadable) {
    // The plain sheet stays.
  }
}
