// The shop's colour made readable: whatever it is, text on it and text in it keep 4.5:1 (WCAG 2.2) in both themes.
const GROUNDS = { light: ["#ffffff", "#ededE7"], dark: ["#191b1f", "#282b31"] };
const INK = "#17181d";

function rgb(hex) {
  return [1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16));
}

function hexOf(parts) {
  return "#" + parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
}

function mixed(hex, other, share) {
  const to = rgb(other);
  return hexOf(rgb(hex).map((part, place) => part * share + to[place] * (1 - share)));
}

function luminance(hex) {
  const [r, g, b] = rgb(hex).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

// Goes from the colour towards an end in steps until every ground lets it be read.
function readable(hex, end, grounds, least) {
  for (let share = 1; share >= 0; share -= 0.05) {
    const tried = mixed(hex, end, share);
    if (grounds.every((ground) => contrast(tried, ground) >= least)) return tried;
  }
  return end;
}

// The custom properties for one colour and theme; nothing for what is no colour.
function palette(hex, theme) {
  if (!/^#[0-9a-f]{6}$/i.test(hex || "")) return {};
  const dark = theme === "dark";
  const [surface, filled] = GROUNDS[dark ? "dark" : "light"];
  // a fill must also be told from the panel it lies on
  let accent = readable(hex, dark ? "#ffffff" : "#000000", [surface], 1.6);
  const white = contrast(accent, "#ffffff") >= 4.5;
  if (!white && contrast(accent, INK) < 4.5) accent = readable(accent, "#000000", ["#ffffff"], 4.5);
  const on = white || contrast(accent, INK) < 4.5 ? "#ffffff" : INK;
  const soft = mixed(hex, surface, dark ? 0.25 : 0.07);
  const ink = readable(hex, dark ? "#ffffff" : "#000000", [surface, filled, soft], 4.6);
  const hover = mixed(accent, on === INK ? "#ffffff" : "#000000", 0.86);
  return { "--accent": accent, "--on-accent": on, "--accent-hover": hover, "--accent-ink": ink, "--accent-soft": soft, "--focus": ink };
}
