// Builds elements without any markup string, so that nothing a person wrote can become markup.
function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const ICONS = {
  chat: "M3 2.8h10a1.6 1.6 0 0 1 1.6 1.6v5.4A1.6 1.6 0 0 1 13 11.4H8.2L5 14v-2.600H3a1.600 1.600 0 0 1-1.600-1.600V4.400A1.600 1.600 0 0 1 3 2.800zM4.800 6h6.400M4.800 8.400h4",
  globe: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM2 8h12M8 2c2 1.700 2.900 3.700 2.900 6S10 12.300 8 14C6 12.300 5.100 10.300 5.100 8S6 3.700 8 2z",
  chevron: "m4 6 4 4 4-4",
  minus: "M3 8h10",
  clock: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.600V8l2.300 1.500",
  clip: "m13 7.200-5.300 5.300a3 3 0 0 1-4.300-4.300l5.600-5.600a2 2 0 0 1 2.900 2.900l-5.500 5.500a1 1 0 0 1-1.400-1.400l4.900-4.900",
  send: "M2.200 7.600 13.600 2.400 10 13.600l-2.600-4.400zm5.200 1.600 6.200-6.800",
  translate: "M1.800 3.500h7M5.300 2v1.500M7.200 3.500C6.700 6.300 4.900 8.400 2.300 9.500M3.300 5.600c.8 1.600 2.100 2.800 3.900 3.600m.6 4.800 3.100-7.200L14 14M8.900 11.600h4",
  file: "M4 1.800h5.200L12.600 5v8a1.200 1.200 0 0 1-1.200 1.200H4.600A1.200 1.200 0 0 1 3.400 13V3A1.200 1.200 0 0 1 4 1.800zM9 2v3.200h3.400",
  cross: "m4 4 8 8M12 4l-8 8",
  more: "M3.500 8h.010M8 8h.010M12.500 8h.010",
  smile: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.600 9.600c1 1.700 3.800 1.700 4.800 0M6 6.200v.400M10 6.200v.400",
  bell: "M4 11.500V7.200a4 4 0 0 1 8 0v4.300l1.200 1H2.800zM6.600 14h2.800",
  mail: "M2.600 3.200h10.800v9.600H2.600zM2.800 4.400 8 8.400l5.200-4",
  down: "M8 3v9.500M4 8.600l4 4 4-4",
  robot: "M5 5h6a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 5V2.500M6.200 8.500v1M9.800 8.500v1M1.500 8.500v2M14.500 8.500v2",
  users: "M8.400 5.200a2.400 2.400 0 1 1-4.800 0 2.400 2.400 0 0 1 4.800 0zM1.800 13c.3-2.400 2-3.800 4.200-3.800s3.900 1.400 4.200 3.800M10.600 3a2.300 2.300 0 0 1 0 4.400M12 9.600c1.300.500 2.100 1.700 2.300 3.400",
  phone: "M3 2.500h2.600l1.100 3-1.500 1.200a8 8 0 0 0 4.100 4.100l1.200-1.500 3 1.100V13c0 .4-.3.700-.7.700C7 13.500 2.500 9 2.300 3.200c0-.4.3-.7.7-.7z",
  search: "M11.200 7a4.200 4.200 0 1 1-8.400 0 4.200 4.200 0 0 1 8.400 0zM10.200 10.200l3.600 3.600",
  truck: "M1.500 3.800h8v7h-8zM9.500 6.300h2.700l2.300 2.500v2H9.500M5.400 11.800a1.400 1.400 0 1 1-2.800 0 1.400 1.400 0 0 1 2.800 0zM13.100 11.800a1.400 1.400 0 1 1-2.800 0 1.400 1.400 0 0 1 2.800 0z",
  undo: "M5.500 3 2.500 6l3 3M2.800 6h6.400a4 4 0 0 1 0 8H6",
  back: "M10 3 5 8l5 5",
  ahead: "m6 3 5 5-5 5",
  alert: "M8 2.200 14.400 13.400H1.600zM8 6.400v3.200M8 11.600h.01",
};

// `name` of ICONS, or a path drawn in a box of that many units.
function icon(name, className, box = 16) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", `0 0 ${box} ${box}`);
  svg.setAttribute("class", "i " + (className || ""));
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name] || name);
  svg.append(path);
  return svg;
}

function focusable(root) {
  const all = root.querySelectorAll("button, a[href], input:not([type=file]), textarea, summary, [tabindex='0']");
  return [...all].filter((node) => !node.disabled && node.getClientRects().length);
}

// An order number, a date or the like: a line does not end at its hyphen.
const NUMBER = /(?<![A-Za-z0-9/._-])(?=[A-Z0-9-]{4,24}(?![A-Za-z0-9/_-]))(?=[A-Z-]*[0-9])[A-Z0-9]+(?:-[A-Z0-9]+){1,3}/g;

function numbered(text) {
  const parts = [];
  let place = 0;
  for (const found of text.matchAll(NUMBER)) {
    parts.push(text.slice(place, found.index), h("span", { class: "nowrap" }, found[0]));
    place = found.index + found[0].length;
  }
  return [...parts, text.slice(place)];
}

const ADDRESS = /https?:\/\/[^\s<>"]+/g;

// A text with its web addresses as links; sentence marks at an address's end belong to the sentence.
function linked(text) {
  const parts = [];
  let place = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(/[.,;:!?'")\]}»”。、，！？）」]+$/u, "");
    if (!URL.canParse || !URL.canParse(address)) continue;
    parts.push(...numbered(text.slice(place, found.index)), h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow", dir: "ltr" }, address));
    place = found.index + address.length;
  }
  return [...parts, ...numbered(text.slice(place))].filter((part) => part !== "");
}

function initials(name) {
  const parts = name.trim().split(/\s+/).filter(Boolean);
  const first = (part) => (part ? [...part][0] : "");
  return (first(parts[0]) + (parts.length > 1 ? first(parts[parts.length - 1]) : "")).toUpperCase();
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("");
}
