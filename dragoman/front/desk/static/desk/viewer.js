// Files in place: pictures with zoom, PDF, text, sound and film; arrow keys turn, plus and minus zoom, Escape closes.
import { all, one } from "./dom.js";

const MOST = 8;
const dialog = one("#viewer");
const part = (name) => one(`[data-viewer="${name}"]`, dialog);

let files = [];
let at = 0;
let scale = 1;

function shown(link) {
  const url = link.href;
  const look = link.dataset.look;
  if (look === "image") return Object.assign(new Image(), { src: url, alt: link.dataset.name, draggable: false });
  if (look === "audio" || look === "video") return Object.assign(document.createElement(look), { src: url, controls: true, preload: "metadata" });
  const frame = Object.assign(document.createElement("iframe"), { src: url, title: link.dataset.name });
  // the browser's reader of PDF does not start in a sandbox
  if (look === "text") frame.setAttribute("sandbox", "");
  return frame;
}

function zoom(to) {
  const picture = one("img", part("stage"));
  scale = Math.min(MOST, Math.max(1, to));
  if (picture) picture.style.setProperty("inline-size", scale === 1 ? "" : `${scale * 100}%`);
  part("stage").classList.toggle("is-large", scale > 1);
}

function show(number) {
  at = (number + files.length) % files.length;
  const link = files[at];
  part("stage").replaceChildren(shown(link));
  one("#viewer-name").textContent = link.dataset.name;
  part("size").textContent = link.dataset.size;
  part("count").textContent = files.length > 1 ? `${at + 1} / ${files.length}` : "";
  part("keep").href = link.dataset.keep;
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
  if (does === "larger") zoom(scale * 1.5);
  if (does === "smaller") zoom(scale / 1.5);
  if (event.target.matches("img")) zoom(scale > 1 ? 1 : 2.25);
});
dialog?.addEventListener("close", () => part("stage").replaceChildren());
dialog?.addEventListener("keydown", (event) => {
  const back = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const on = back === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  if (event.target.matches("audio, video")) return;
  if (event.key === back && scale === 1) show(at - 1);
  if (event.key === on && scale === 1) show(at + 1);
  if (event.key === "+" || event.key === "=") zoom(scale * 1.5);
  if (event.key === "-") zoom(scale / 1.5);
});
dialog?.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey || !one("img", part("stage"))) return;
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.2 : 1 / 1.2));
  },
  { passive: false },
);
