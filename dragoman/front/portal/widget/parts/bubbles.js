// One node per message, built once; only the line below it changes, so that a reader hears each message once.
class Bubbles {
  constructor({ log, words, retry, at, pick }) {
    this.at = at;
    this.pick = pick;
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
    const asked = messages.map((one) => one.direction === "in" || (one.direction === "out" && !one.bot)).lastIndexOf(true);
    for (const [number, message] of messages.entries()) {
      let node = this.nodes.get(message.key);
      if (!node) {
        node = message.direction === "event" ? this.event(message) : message.direction === "out" ? this.theirs(message) : this.mine(message);
        this.nodes.set(message.key, node);
      }
      const place = before ? before.nextSibling : this.log.firstChild;
      if (place !== node) this.log.insertBefore(node, place);
      if (message.direction === "in") this.state(node, message);
      // what was offered before the last words of a person is over
      else node.classList.toggle("past", number < asked);
      before = node;
    }
  }

  event(message) {
    return h("div", { class: "event" }, h("span", { dir: "auto" }, message.text));
  }

  // After a change of language every line is written anew.
  clear() {
    for (const node of this.nodes.values()) node.remove();
    this.nodes.clear();
  }

  mine(message) {
    const say = message.text && h("p", { class: "say", dir: "auto", lang: message.language }, linked(message.text));
    return h("div", { class: "me" }, say, this.files(message), h("div", { class: "by" }));
  }

  state(node, message) {
    const { t, locale } = this.words();
    const by = node.lastElementChild;
    node.classList.toggle("failed", message.state === "failed");
    const share = message.state === "sending" ? message.progress : undefined;
    const mark = [message.state, message.error, share, message.read].join("|");
    if (by.dataset.mark === mark) return;
    by.dataset.mark = mark;
    if (message.state === "failed") {
      const again = h("button", { type: "button", class: "link", onclick: () => this.retry(message.key) }, t.retry);
      by.replaceChildren(icon("alert", "s bad"), h("span", { class: "bad" }, message.error || t.failed), again);
    } else if (message.state === "sending") {
      by.replaceChildren(share === undefined ? t.sending : fill(t.uploading, { percent: percent(locale, share) }));
    } else {
      by.replaceChildren(...said(message.read ? t.read : t.sent), h("bdi", null, clock(locale, new Date(message.sent_at))));
    }
  }

  theirs(message) {
    const { t, locale, brand } = this.words();
    const name = (message.author && message.author.name) || brand;
    // a bot's first words are its name, which says nothing of the direction of what follows
    const dir = message.bot && message.language ? directionOf(message.language) : "auto";
    const say = h("div", { class: "say" }, message.text && h("span", { class: "word", dir, lang: message.language }, message.sources ? footnoted(message, { at: this.at, t }) : linked(message.text)));
    const by = h("div", { class: "by" }, said(name), message.bot && said(t.bot), h("bdi", null, clock(locale, new Date(message.sent_at))));
    if (message.translation) this.translated(message, say, by, t);
    say.append(...[this.files(message)].filter(Boolean));
    if (message.sources && message.sources.length) say.append(sourceList(message.sources, { at: this.at, t }));
    const more = [message.card && orderCard(message.card, { base: this.at("/"), t }), message.choices && choiceRow(message.choices, this.pick)];
    const face = h("span", { class: message.bot ? "av bot" : "av", "aria-hidden": "true" }, message.bot ? icon("robot", "s") : initials(name));
    return h("div", { class: "them" }, face, h("div", null, h("span", { class: "sr" }, name + ": "), say), by, more);
  }

  translated(message, say, by, t) {
    by.append(h("span", null, "·"), icon("translate", "s"), h("span", null, t.machine));
    const { original, original_language: language } = message.translation;
    if (!original) return;
    const was = h("span", { class: "was", dir: "auto", lang: language, hidden: true }, linked(original));
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
    const node = file.url
      ? h("a", { class: "file", href: file.url, target: "_blank", rel: "noopener", download: file.name, "aria-label": fill(t.download, { name: file.name }) })
      : h("span", { class: "file" });
    node.append(face, h("span", { dir: "auto" }, file.name), h("small", null, bytes(locale, file.size)));
    thumbnail(file, face, 200).then((drawn) => drawn && node.classList.add("pic"));
    return node;
  }
}

// A word and the dot after it, each by itself, so that neither direction of writing moves them.
function said(words) {
  return [h("bdi", null, words), h("span", null, "·")];
}

// Draws a picture into a canvas: a shop's policy for images knows nothing of our origin, and need not. Without a
// width it is a small square, else the whole picture at most so wide. Resolves to whether it could be drawn.
async function thumbnail(file, face, width) {
  const type = file.content_type || file.type || "";
  if (!/^image\/(png|jpeg|gif|webp|avif)$/.test(type) || !self.createImageBitmap || file.size > 8 << 20) return false;
  try {
    const blob = file.blob || (await (await fetch(file.url, { credentials: "omit" })).blob());
    const picture = await createImageBitmap(blob);
    const canvas = width ? whole(picture, width * 2) : square(picture, 88);
    canvas.setAttribute("aria-hidden", "true");
    face.replaceWith(canvas);
    return true;
  } catch (unreadable) {
    // The plain sheet stays.
    return false;
  }
}

function square(picture, side) {
  const scale = side / Math.min(picture.width, picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  const canvas = h("canvas", { width: side, height: side });
  canvas.getContext("2d").drawImage(picture, (side - width) / 2, (side - height) / 2, width, height);
  return canvas;
}

function whole(picture, most) {
  const scale = Math.min(1, most / picture.width, most / picture.height);
  const [width, height] = [Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale))];
  const canvas = h("canvas", { width, height });
  canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
  return canvas;
}
