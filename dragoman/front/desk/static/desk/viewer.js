// Files in place: pictures with zoom, PDF, text, sound and film; arrow keys turn the pages or move what is large,
// plus, minus and 0 zoom, Escape closes.
import { all, one } from "./dom.js";

const MOST = 8;
const STEP = 1.5;
const FIRST = 2.25;
const PIECE = 120; // pixels that an arrow key moves a large picture
const STILL = 4; // pixels: less is a click, more a drag
const dialog = one("#viewer");
const part = (name) => one(`[data-viewer="${name}"]`, dialog);

let files = [];
let at = 0;
let scale = 1;
let drag;

const picture = () => one("img", part("stage"));

function shown(link) {
  const url = link.href;
  const look = link.dataset.look;
  if (look === "image") return Object.assign(new Image(), { src: url, alt: link.dataset.name, draggable: false });
  if (look === "audio" || look === "video") return Object.assign(document.createElement(look), { src: url, controls: true, preload: "metadata" });
  if (look === "pdf" && navigator.pdfViewerEnabled === false) {
    const instead = one("#viewer-unread").content.cloneNode(true);
    for (const way of all("a", instead)) way.href = "download" in way.dataset ? link.dataset.keep : url;
    return instead;
  }
  const frame = Object.assign(document.createElement("iframe"), { src: url, title: link.dataset.name });
  // the browser's reader of PDF does not start in a sandbox
  if (look === "text") frame.setAttribute("sandbox", "");
  return frame;
}

/** Zoom so that what lies at a point of the window (else in the middle of what is seen) stays there. */
function zoom(to, point) {
  const [stage, image] = [part("stage"), picture()];
  scale = Math.min(MOST, Math.max(1, to));
  if (!image) return stage.classList.remove("is-large");
  const seen = stage.getBoundingClientRect();
  const [x, y] = [point?.clientX ?? seen.x + seen.width / 2, point?.clientY ?? seen.y + seen.height / 2];
  const before = image.getBoundingClientRect();
  const [across, down] = [(x - before.x) / (before.width || 1), (y - before.y) / (before.height || 1)];
  image.style.inlineSize = "";
  stage.classList.remove("is-large");
  if (scale > 1) {
    image.style.inlineSize = `${image.clientWidth * scale}px`;
    stage.classList.add("is-large");
  }
  const after = image.getBoundingClientRect();
  stage.scrollBy({ left: after.x + across * after.width - x, top: after.y + down * after.height - y, behavior: "instant" });
}

function show(number) {
  at = (number + files.length) % files.length;
  const link = files[at];
  part("stage").replaceChildren(shown(link));
  one("#viewer-name").textContent = link.dataset.name;
  part("size").textContent = link.dataset.size;
  part("count").textContent = files.length > 1 ? `${at + 1} / ${files.length}` : "";
  part("keep").href = link.dataset.keep;
  // what a reader of PDF shows in a box so small, or shows nothing of, is read in a tab of its own
  part("open").href = link.href;
  part("open").hidden = link.dataset.look !== "pdf";
  for (const name of ["previous", "next"]) part(name).hidden = files.length < 2;
  for (const name of ["smaller", "larger"]) part(name).hidden = link.dataset.look !== "image";
  zoom(1);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-look]");
  if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  // the pictures of the whole thread turn as one album
  files = all("#thread [data-look]");
  if (!files.includes(link)) files = [link];
  dialog.showModal();
  show(files.indexOf(link));
});

dialog?.addEventListener("click", (event) => {
  const does = event.target.closest("[data-viewer]")?.dataset.viewer;
  if (does === "close" || event.target === dialog) dialog.close();
  if (does === "previous") show(at - 1);
  if (does === "next") show(at + 1);
  if (does === "larger") zoom(scale * STEP);
  if (does === "smaller") zoom(scale / STEP);
  if (event.target.matches("img") && !drag?.moved) zoom(scale > 1 ? 1 : FIRST, event);
});
dialog?.addEventListener("close", () => part("stage").replaceChildren());

function arrow(key) {
  const [across, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (scale > 1) return part("stage").scrollBy({ left: across * PIECE, top: down * PIECE });
  if (across) show(at + (document.documentElement.dir === "rtl" ? -across : across));
}

dialog?.addEventListener("keydown", (event) => {
  if (event.target.matches("audio, video") || event.ctrlKey || event.metaKey || event.altKey) return;
  const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (sideways || (scale > 1 && (event.key === "ArrowUp" || event.key === "ArrowDown"))) arrow(event.key);
  else if (event.key === "+" || event.key === "=") zoom(scale * STEP);
  else if (event.key === "-") zoom(scale / STEP);
  else if (event.key === "0") zoom(1);
  else return;
  event.preventDefault();
});
dialog?.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey || !picture()) return;
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.2 : 1 / 1.2), event);
  },
  { passive: false },
);

// what is large is also moved by hand; a finger scrolls by itself
dialog?.addEventListener("pointerdown", (event) => {
  drag = event.target.matches("img") && event.pointerType === "mouse" ? { x: event.clientX, y: event.clientY, moved: false } : undefined;
});
dialog?.addEventListener("pointermove", (event) => {
  if (!drag || !event.buttons || scale === 1) return;
  const [across, down] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.moved && Math.hypot(across, down) < STILL) return;
  part("stage").scrollBy({ left: -across, top: -down, behavior: "instant" });
  drag = { x: event.clientX, y: event.clientY, moved: true };
});
