// What a bot's answer carries beside its text: sources as footnotes, choices to tap, an order's card.
const FOOTNOTE = /\s*\[(\d{1,2})\]/g;

// The text with its "[1]" as raised numbers, each the way to its source; a number without a source stays as written.
function footnoted(message, { at, t }) {
  const parts = [];
  let place = 0;
  for (const found of message.text.matchAll(FOOTNOTE)) {
    const source = message.sources[found[1] - 1];
    if (!source) continue;
    parts.push(...linked(message.text.slice(place, found.index)), h("sup", null, away(found[1], at(source.path), t, { "aria-label": found[1] + ": " + source.title, class: "n" })));
    place = found.index + found[0].length;
  }
  return [...parts, ...linked(message.text.slice(place))];
}

function sourceList(sources, { at, t }) {
  const rows = sources.map((one, place) => h("li", null, h("span", { class: "n", "aria-hidden": "true" }, String(place + 1)), away(one.title, at(one.path), t, { dir: "auto", title: one.quote })));
  return h("ol", { class: "srcs", "aria-label": t.sources }, rows);
}

function choiceRow(choices, pick) {
  const button = (one) => h("button", { type: "button", class: "btn", onclick: () => pick(one) }, ICONS[one.icon] && icon(one.icon, one.icon === "truck" || one.icon === "undo" ? "s flip" : "s"), h("span", { dir: "auto" }, one.label));
  return h("div", { class: "quick" }, choices.map(button));
}

// Lines between messages that nobody wrote: who answers from here on. They follow from the messages themselves.
function withEvents(messages, { t, waits }) {
  const bot = messages.findIndex((one) => one.bot);
  if (bot < 0) return messages;
  const shown = [...messages];
  const person = messages.findIndex((one, place) => place > bot && one.direction === "out" && !one.bot && !one.automatic);
  if (person > 0) {
    const { author = {}, translation, key } = messages[person];
    shown.splice(person, 0, { key: key + "-joined", direction: "event", text: fill(translation ? t.joined_translated : t.joined, { name: author.name || "" }) });
  } else {
    const handed = messages.findIndex((one) => one.state_of_bot === "handed_over");
    if (handed >= 0) shown.splice(handed + 1, 0, { key: "handed" + waits, direction: "event", text: waits });
  }
  return shown;
}
