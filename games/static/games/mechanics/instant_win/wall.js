// The instant win on the big screen: what can be won, who has won, and at the end what was given.
//
// Everyone hears of a win a quarter of an hour later, so that nobody can time his try; what moves meanwhile is the way to it.

import { el, svg, write } from "../../dom.js";
import { Feed, ROWS } from "./feed.js";

const LAST = 4; // rows of the end

/** What was given of a prize, as far as everyone knows. @param {any} prize */
const given = ({ stock, left }) => stock - left;

export class Wall {
  /** @param {any} stage */
  constructor({ root, t, bump }) {
    this.t = t;
    this.bump = bump;
    this.feed = new Feed();
    this.number = el("b.num");
    this.words = el("span");
    this.late = el("small");
    this.lists = el("div.s-lists");
    this.shown = "";
    root.append(el("p.s-left", {}, this.number, el("span", {}, this.words, this.late)), this.lists);
  }

  /** @param {import("../../view.js").View} view */
  show(view) {
    const { game, everyone } = view;
    if (game.phase === "ended") return this.end(view);
    if (game.phase !== "open" || !game.running) return false;
    this.count("left_big", everyone.left, this.t("late_big"));
    const wins = this.feed.take(everyone.recent, performance.now() / 1000);
    if (wins.length) this.list(["", this.wins(wins, view)]);
    else this.list([this.t("wins_later"), this.prizes(everyone.prizes, (/** @type {any} */ prize) => prize.left, ROWS)]);
    return true;
  }

  /** @param {import("../../view.js").View} view */
  end(view) {
    const { prizes, recent } = view.everyone;
    const all = prizes.reduce((/** @type {number} */ sum, /** @type {any} */ prize) => sum + given(prize), 0);
    this.count("given_big", all, "");
    const won = [this.t("given_title"), this.prizes(prizes, given, LAST)];
    const last = [this.t("winners_title"), this.wins(recent.slice(-LAST).toReversed(), view)];
    this.list(...(all ? [won, last] : []));
    return true;
  }

  /** @param {string} words @param {number} count @param {string} late */
  count(words, count, late) {
    this.bump(this.number, this.t("number", { number: count }));
    write(this.words, this.t(words, { count }));
    write(this.late, late);
    this.late.hidden = !late;
  }

  /** Rows that are there stay what they are, so that only a new one moves. @param {...any} lists of title and rows */
  list(...lists) {
    const shown = JSON.stringify(lists);
    if (shown === this.shown) return;
    this.shown = shown;
    const before = new Map([...this.lists.querySelectorAll("li")].map((row) => [row.dataset.row, row]));
    const rows = (/** @type {any[]} */ each) => each.map((row) => before.get(row.id) ?? line(row));
    this.lists.replaceChildren(...lists.map(([title, each]) => el("section", {}, title ? el("h2", {}, title) : null, el("ul.s-wins", {}, ...rows(each)))));
  }

  /** @param {any[]} wins @param {import("../../view.js").View} view */
  wins(wins, { names, everyone }) {
    const labels = new Map(everyone.prizes.map((/** @type {any} */ prize) => [prize.id, prize.label]));
    return wins.map(({ player, prize, at }) => {
      const head = names[player] ?? this.t("somebody");
      return { id: `${player}:${at}:${head}`, head, text: labels.get(prize) ?? prize };
    });
  }

  /** What people come for first. @param {any[]} prizes @param {(prize: any) => number} count @param {number} most */
  prizes(prizes, count, most) {
    const some = prizes.filter((prize) => count(prize) > 0).toSorted(rarer);
    return some.slice(0, most).map((prize) => {
      const head = this.t("number", { number: count(prize) });
      return { id: `${prize.id}:${head}`, head, text: prize.label, counted: true };
    });
  }
}

/** What there is least of is what people come for. @param {any} one @param {any} other */
function rarer(one, other) {
  return one.stock - other.stock;
}

/** @param {{id: string, head: string, text: string, counted?: boolean}} row */
function line({ id, head, text, counted }) {
  return el("li", { "data-row": id }, counted ? null : dot(), el(counted ? "b.num" : "b", {}, head), el("span", {}, text));
}

function dot() {
  return svg("svg", { class: "s-dot", viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("circle", { cx: 5, cy: 5, r: 5 }));
}
