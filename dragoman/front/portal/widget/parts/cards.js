// An order as a small card: how far it is, when it comes, where to read more. All words are the server's.
function orderCard(order, { base, back, t }) {
  const parcels = order.parcels.flatMap((one, place) => parcelRows(one, place ? null : order.number));
  const goods = (order.goods || []).length > 0 && h("p", { class: "soft" }, order.goods.flatMap((title, place) => [place ? " · " : "", h("bdi", null, title)]));
  const facts = (order.facts || []).map((one) => h("div", { class: "spread" }, h("span", null, one.label), h("span", { dir: "auto" }, one.text)));
  const head = !order.parcels.length && h("b", null, h("bdi", null, order.number));
  const there = order.parcels.some((one) => one.step === one.steps);
  const links = order.url ? [away(order.follow, new URL(order.url, base).href, t)] : [];
  if (back && there) links.push(away(t.return, new URL(back + "&number=" + encodeURIComponent(order.number), base).href, t));
  return h("div", { class: "track" }, head, parcels, facts, goods, h("div", { class: "links" }, links));
}

function parcelRows(parcel, number) {
  const pips = Array.from({ length: parcel.steps }, (_none, place) => h("i", { class: place + 1 < parcel.step || (place + 1 === parcel.step && parcel.tone !== "warn") ? "d" : place + 1 === parcel.step ? "w" : "" }));
  const badge = parcel.badge && h("span", { class: "badge " + parcel.tone }, parcel.badge);
  return [
    (number || badge) && h("div", { class: "spread" }, h("b", null, h("bdi", null, number || "")), badge),
    h("div", { class: "pips", role: "img", "aria-label": parcel.label }, pips),
    h("div", { class: "spread" }, h("span", { dir: "auto" }, parcel.said), parcel.when && h("span", null, parcel.when)),
    parcel.advice && h("p", { class: "soft" }, parcel.advice),
  ];
}

// A link out of the shop's page; who hears the page is told that it opens elsewhere.
function away(words, href, t, props) {
  return h("a", { class: "link", href, target: "_blank", rel: "noopener", ...props }, words, h("span", { class: "sr" }, " (" + t.new_tab + ")"));
}

// What was found in the help centre: the paragraph that answers, and the article to read on.
function hit(item, { base, t, languages, opened }) {
  const told = item.fallback && (languages.find((one) => one.tag === item.language) || { name: item.language }).name;
  const words = [h("b", null, item.title), item.passage && h("span", { class: "bit" }, item.passage), told && h("small", null, told)];
  return h("li", null, away(words, new URL(item.path, base).href, t, { class: "hit", lang: item.language, dir: "auto", onclick: () => opened(item) }));
}
