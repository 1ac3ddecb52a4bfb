// The instant win, as its operators see it: what is given, what remains, who won.

import { el, svg } from "../../dom.js";
import { number } from "../../speech.js";
import { stocked } from "./stock.js";

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
    left_waiting: "{of} prizes to be won",
    left_open: "{left} of {of} prizes left",
    left_paused: "{left} of {of} prizes left",
    left_ended: "{left} of {of} prizes were not won",
    shelf_waiting: "What can be won",
    shelf_open: "What remains",
    shelf_paused: "What remains",
    shelf_ended: "What was not won",
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
    left_waiting: "{of} lots à gagner",
    left_open: "{left} lots restants sur {of}",
    left_paused: "{left} lots restants sur {of}",
    left_ended: "{left} lots non gagnés sur {of}",
    shelf_waiting: "Ce qu’on peut gagner",
    shelf_open: "Ce qui reste",
    shelf_paused: "Ce qui reste",
    shelf_ended: "Ce qui n’a pas été gagné",
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
  CHANGES[event.t]?.(mechanic, event);
}

/** What operators' commands and the end change. @type {Record<string, (mechanic: any, event: any) => void>} */
const CHANGES = {
  consoled: (mechanic) => Object.assign(mechanic, { plays: mechanic.plays + 1, consoled: (mechanic.consoled ?? 0) + 1 }),
  frozen: (mechanic, { prize, frozen }) => {
    const others = (mechanic.frozen ?? []).filter((/** @type {string} */ id) => id !== prize);
    mechanic.frozen = frozen ? [...others, prize].toSorted() : others;
  },
  extended: (mechanic, { prizes }) => Object.entries(prizes).forEach(([id, count]) => stocked(mechanic, id, count)),
  bursting: (mechanic, { prizes, since, until }) => Object.assign(mechanic, { burst: { prizes, since, until } }),
  disqualified: (mechanic, { player, returned }) => {
    mechanic.recent = mechanic.recent.filter((/** @type {any} */ win) => win.player !== player);
    mechanic.disqualified = [...(mechanic.disqualified ?? []), { player }];
    mechanic.returned = (mechanic.returned ?? 0) + sum(Object.values(returned));
  },
  remaining: (mechanic, { left, returned, becomes }) => Object.assign(mechanic, { rest: { left, returned, becomes } }),
};

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

/** On the small stage: the numbers, and what is on the shelf. @param {import("../../console/live/room.js").Game} game @param {import("../../speech.js").Say} t @param {string} phase */
export function stage(game, t, phase) {
  const { plays, won, left } = game.mechanic;
  const of = stock(game.mechanic);
  const numbers = { plays, won, players: game.players };
  const list = el("dl.s-numbers", {}, ...Object.entries(numbers).map(([name, value]) => el("div", {}, el("dt", {}, t(name)), el("dd", {}, number(value)))));
  return [list, el("p.s-foot.num", {}, t(`left_${phase}`, { left, of }))];
}

/** Beside the stage: each prize. @param {import("../../console/live/room.js").Game} game @param {import("../../speech.js").Say} t @param {string} phase */
export function side(game, t, phase) {
  const rows = game.mechanic.prizes.map((prize) => row(prize, t));
  return [el("h2", {}, t(`shelf_${phase}`)), el("ul.stock", {}, ...rows)];
}

function row(prize, t) {
  const head = el("div.row-between", {}, el("span.strong", {}, prize.label), el("span.num.sm", {}, t("some", { left: prize.left, of: prize.stock })));
  return el("li", {}, head, level(prize.left, prize.stock));
}

function level(left, of) {
  const whole = svg("rect", { width: "100%", height: "100%" });
  const part = svg("rect", { class: "bar-left", width: `${of ? (100 * left) / of : 0}%`, height: "100%" });
  return svg("svg", { class: "bar", "aria-hidden": "true" }, whole, part);
}
