// The instant win, as its operators see it: what is given, what remains, who won.

import { el, svg } from "../../dom.js";
import { number } from "../../speech.js";

const N = "\u202f"; // French: a narrow space that does not break

export const words = {
  en: {
    event_won_one: "{name} wins: {prize}",
    event_won_other: "{names} win: {prize}",
    event_won_many: "{count} win “{prize}”: {names} and others",
    event_lost_one: "{count} play without a win",
    event_lost_other: "{count} plays without a win",
    event_announced_one: "{count} win shown to everyone",
    event_announced_other: "{count} wins shown to everyone",
    plays: "plays",
    won: "won",
    players: "players",
    left: "{left} of {of} prizes left",
    remains: "What remains",
    some: "{left} of {of}",
    lost_by_end_one: "{count} prize will not be given.",
    lost_by_end_other: "{count} prizes will not be given.",
  },
  fr: {
    event_won_one: `{name} gagne${N}: {prize}`,
    event_won_other: `{names} gagnent${N}: {prize}`,
    event_won_many: `{count} gagnent «${N}{prize}${N}»${N}: {names} et d’autres`,
    event_lost_one: "{count} partie sans gain",
    event_lost_other: "{count} parties sans gain",
    event_announced_one: "{count} gain montré à tous",
    event_announced_other: "{count} gains montrés à tous",
    plays: "parties",
    won: "gains",
    players: "joueurs",
    left: "{left} lots restants sur {of}",
    remains: "Ce qui reste",
    some: "{left} sur {of}",
    lost_by_end_one: "{count} lot ne sera pas donné.",
    lost_by_end_other: "{count} lots ne seront pas donnés.",
  },
};

/** Which events share a line of the log: losers, and who wins the same in the same minute. @param {any} event */
export function crowd(event) {
  if (event.t === "won") return `won ${event.prize}`;
  return event.t === "lost" || event.t === "announced" ? event.t : null;
}

/** How many an event stands for in the log: of the wins that are told in a full minute only the newest have names. @param {any} event */
export const size = (event) => (event.given ? sum(Object.values(event.given)) : 1);

/** How many prizes an event gives to its player. @param {any} event */
export const gain = (event) => (event.t === "won" ? 1 : 0);

const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, each) => total + each, 0);

/** @param {any} mechanic @param {any} event */
export function evolve(mechanic, event) {
  if (event.t === "won") take(mechanic, event.prize);
  if (event.t === "won" || event.t === "lost") mechanic.plays += 1;
  if (event.t === "announced") mechanic.recent = [...mechanic.recent, ...event.wins].slice(-8);
}

function take(mechanic, id) {
  const prize = mechanic.prizes.find((each) => each.id === id);
  if (prize) prize.left -= 1;
  mechanic.left -= 1;
  mechanic.won += 1;
}

const stock = (mechanic) => sum(mechanic.prizes.map((prize) => prize.stock));

/** @param {any} mechanic @param {any} event what a line of the log needs besides the player's name */
export function details(mechanic, event) {
  return { prize: mechanic.prizes.find((each) => each.id === event.prize)?.label ?? event.prize };
}

/** What an end takes away. @param {any} mechanic @param {import("../../speech.js").Say} t */
export const lostByEnd = (mechanic, t) => (mechanic.left > 0 ? t("lost_by_end", { count: mechanic.left }) : "");

/** On the small stage: the numbers, and how full the shelf is. @param {import("../../console/live/room.js").Game} game @param {import("../../speech.js").Say} t */
export function stage(game, t) {
  const { plays, won, left } = game.mechanic;
  const of = stock(game.mechanic);
  const numbers = { plays, won, players: game.players };
  const list = el("dl.s-numbers", {}, ...Object.entries(numbers).map(([name, value]) => el("div", {}, el("dt", {}, t(name)), el("dd", {}, number(value)))));
  return [list, el("div.s-fill", {}, level(left, of), el("p.num", {}, t("left", { left, of })))];
}

/** Beside the stage: each prize. @param {import("../../console/live/room.js").Game} game @param {import("../../speech.js").Say} t */
export function side(game, t) {
  const rows = game.mechanic.prizes.map((prize) => row(prize, t));
  return [el("h2", {}, t("remains")), el("ul.stock", {}, ...rows)];
}

function row(prize, t) {
  const head = el("div.row-between", {}, el("span.strong", {}, prize.label), el("span.num.sm", {}, t("some", { left: prize.left, of: prize.stock })));
  return el("li", {}, head, level(prize.left, prize.stock, "bar", "bar-left"));
}

function level(left, of, name = "", filled = "") {
  const whole = svg("rect", { width: "100%", height: "100%" });
  const part = svg("rect", { class: filled, width: `${of ? (100 * left) / of : 0}%`, height: "100%" });
  return svg("svg", { class: name, "aria-hidden": "true" }, whole, part);
}
