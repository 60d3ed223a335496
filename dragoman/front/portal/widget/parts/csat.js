// How it was, asked once when a conversation is resolved: five faces with words, a comment if one likes.
const MOUTHS = ["M8 17.500q4-5 8 0", "M8.500 16.500q3.500-2.500 7 0", "M8.500 16h7", "M8.500 15q3.500 2.500 7 0", "M7.500 14q4.500 5.500 9 0"];
const FACE = "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM9 9.500v.6M15 9.500v.6";

class Csat {
  constructor({ send }) {
    this.send = send;
    this.drawn = "";
    this.node = h("form", { class: "csat", hidden: true, novalidate: true, "aria-labelledby": "csat", onsubmit: (event) => this.submitted(event) });
  }

  // `survey`: {score, comment, open} or nothing; a draft of the shopper is never drawn over.
  show(survey, { t, locale }) {
    const wanted = survey ? JSON.stringify([survey, locale]) : "";
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    this.t = t;
    this.node.hidden = !survey;
    if (!survey) return this.node.replaceChildren();
    if (survey.score) this.thanks(survey);
    else this.ask(survey);
  }

  ask(survey) {
    const { t } = this;
    const words = [t.csat_1, t.csat_2, t.csat_3, t.csat_4, t.csat_5];
    const faces = words.map((word, place) => {
      const input = h("input", { type: "radio", name: "csat", value: String(place + 1), "aria-label": word, checked: survey.score === place + 1 });
      return h("label", { title: word }, input, icon(FACE + MOUTHS[place], "face", 24));
    });
    this.comment = h("input", { dir: "auto", maxlength: "2000", "aria-label": t.csat_comment, placeholder: t.csat_comment });
    this.comment.value = survey.comment || "";
    this.wrong = h("p", { class: "says", role: "alert", hidden: true });
    this.go = h("button", { type: "submit", class: "btn go" }, t.send);
    const ends = h("div", { class: "spread", "aria-hidden": "true" }, h("span", null, t.csat_1), h("span", null, t.csat_5));
    const rows = [h("fieldset", { class: "faces" }, h("legend", { class: "sr" }, t.csat_scale), faces), ends, this.wrong, h("div", { class: "comment mail" }, this.comment, this.go)];
    this.node.replaceChildren(h("h3", { id: "csat" }, t.csat), ...rows);
  }

  thanks(survey) {
    const { t } = this;
    const said = icon(FACE + MOUTHS[survey.score - 1], "face", 24);
    const change = survey.open && h("button", { type: "button", class: "link", onclick: () => this.ask(survey) }, t.csat_change);
    this.node.replaceChildren(h("div", { class: "thanks", role: "status" }, said, h("h3", { id: "csat" }, t.csat_thanks)), ...[change].filter(Boolean));
  }

  async submitted(event) {
    event.preventDefault();
    const chosen = this.node.querySelector("input:checked");
    this.wrong.hidden = Boolean(chosen);
    if (!chosen) return (this.wrong.textContent = this.t.csat_choose);
    this.go.disabled = true;
    try {
      const survey = await this.send({ score: Number(chosen.value), comment: this.comment.value.trim() });
      this.thanks(survey);
    } catch (error) {
      this.wrong.textContent = error.status ? error.message : this.t.offline;
      this.wrong.hidden = false;
    } finally {
      this.go.disabled = false;
    }
  }
}
