// The prize on its ticket: what it is, what to do, and the way to the page where it is received, where alone its code is shown.

import { confetti } from "../../confetti.js";
import { el, svg, write } from "../../dom.js";
import { last, tries } from "./tries.js";

export class Ticket {
  /** @param {any} stage @param {() => void} back to the game */
  constructor(stage, back) {
    this.stage = stage;
    this.back = back;
  }

  /**
   * @param {import("../../view.js").View} view @param {{prize: string, at: number}} won
   * @param {{fresh: boolean}} how fresh: it happened now, so it is a moment
   */
  show(view, won, { fresh }) {
    const { t, root, mood, say, focus } = this.stage;
    this.view = view;
    this.won = won;
    this.code = el("b", {}, el("span.skeleton"));
    this.steps = el("ol.steps", {}, ...["step_claim", "step_show", "step_back"].map((step) => el("li", {}, t(step, this.brand))));
    this.way = el("a.btn.btn-primary.btn-lg.btn-block", { hidden: true }, t("claim"));
    this.ways = el("div.stack", {});
    const title = el("h1.hero", { tabindex: -1 }, t("won_title"));
    mood("won", !fresh);
    root.replaceChildren(
      fresh ? confetti() : "",
      el("div.center.stack.stack-2", {}, el("p.eyebrow", {}, t("won_eyebrow")), title),
      el("section.ticket.reveal-card.win-ticket", { "aria-label": t("ticket") }, this.head(), this.steps, el("div.win-code", {}, el("span.sm", {}, t("ticket")), this.code)),
      this.way,
      this.others(),
      this.ways,
    );
    this.said = "";
    this.update(view);
    focus(title);
    if (fresh) say(t("won_said", { prize: this.label(won.prize) }));
    this.fetch();
  }

  get brand() {
    return { brand: document.querySelector(".brand span")?.textContent ?? "" };
  }

  /** @param {string} id */
  label(id) {
    return this.view.everyone.prizes.find((/** @type {any} */ prize) => prize.id === id)?.label ?? id;
  }

  head() {
    const { t, times, clock } = this.stage;
    const when = times.plain(this.won.at, clock.now());
    return el("div.win-head", {}, gift(), el("div", {}, el("h2", {}, this.label(this.won.prize)), el("p.sm", {}, t("won_at", { when }))));
  }

  others() {
    const { t } = this.stage;
    const others = this.view.you.won.filter((/** @type {any} */ each) => each.at !== this.won.at);
    const list = el("ul", {}, ...others.map((/** @type {any} */ each) => el("li", {}, this.label(each.prize), el("a.plain", { "data-at": each.at }, t("claim")))));
    return others.length ? el("section.also", {}, el("h2", {}, t("others")), list) : "";
  }

  /** May he play again, and when? It changes with the clock and with the game. @param {import("../../view.js").View} view */
  update(view) {
    this.view = view;
    const left = tries(view, this.stage);
    const [way, said] = next(view, left, this.stage);
    if (said === this.said) return;
    if (this.said) this.stage.say(said);
    this.said = said;
    const again = () => el("button.btn.btn-lg.btn-block", { type: "button", click: this.back }, said);
    this.ways.replaceChildren(way === "again" ? again() : el("p.next.center", {}, said));
  }

  async fetch() {
    const round = (this.round = (this.round ?? 0) + 1);
    try {
      const awards = await this.stage.awards();
      if (round === this.round) this.fill(awards);
    } catch {
      if (round === this.round) this.missing();
    }
  }

  /** @param {Array<{at: number, state: string, claim: string}>} awards */
  fill(awards) {
    const mine = awards.find((award) => Math.abs(award.at - this.won.at) < 0.01);
    if (!mine) return this.missing();
    const { t } = this.stage;
    write(this.code, t(`state_${mine.state}`));
    this.offer(el("a.btn.btn-primary.btn-lg.btn-block", { href: mine.claim }, t(mine.state === "won" ? "claim" : "claim_seen")));
    for (const other of this.stage.root.querySelectorAll("[data-at]")) {
      const award = awards.find((each) => Math.abs(each.at - Number(other.dataset.at)) < 0.01);
      if (award) other.setAttribute("href", award.claim);
    }
  }

  missing() {
    const { t } = this.stage;
    write(this.code, t("claim_failed"));
    this.offer(el("button.btn.btn-primary.btn-lg.btn-block", { type: "button", click: () => this.fetch() }, t("claim_again")));
  }

  /** @param {HTMLElement} way */
  offer(way) {
    this.way.replaceWith(way);
    this.way = way;
  }
}

/**
 * What comes after a win: one word for the way, and the sentence.
 * @param {import("../../view.js").View} view @param {number} left tries @param {any} stage @returns {[string, string]}
 */
export function next(view, left, { t, times, clock }) {
  if (view.game.phase === "ended") return ["over", t("next_over")];
  if (!view.game.running) return ["break", t("next_break")];
  if (left > 0) return ["again", t("again", { count: left })];
  if (last(view)) return ["last", t("next_never")];
  return ["later", t("next_at", { when: times.when(view.you.next_play_at, clock.now()) })];
}

function gift() {
  return svg(
    "svg",
    { class: "gift", viewBox: "0 0 120 110", "aria-hidden": "true" },
    svg("rect", { class: "gift-a", x: 16, y: 46, width: 88, height: 58, rx: 10 }),
    svg("rect", { class: "gift-b", x: 8, y: 30, width: 104, height: 22, rx: 8 }),
    svg("rect", { class: "gift-c", x: 52, y: 30, width: 16, height: 74 }),
    svg("circle", { class: "gift-c", cx: 44, cy: 18, r: 13 }),
    svg("circle", { class: "gift-c", cx: 76, cy: 18, r: 13 }),
    svg("circle", { class: "gift-b", cx: 60, cy: 24, r: 9 }),
  );
}
