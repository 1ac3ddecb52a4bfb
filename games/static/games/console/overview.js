// A game's overview: counters, chart, stock and funnel follow the tenant's socket.

import { address, connect } from "../../realtime/socket.js";
import { copied, select } from "../copy.js";
import { el, write } from "../dom.js";
import { speaker, Times } from "../speech.js";
import { badge } from "./badge.js";
import { MinutesChart } from "./chart.js";
import { count, counting, lately, of } from "./figures.js";
import { keepFresh } from "./fresh.js";
import { follow } from "./funnel.js";
import { fill } from "./table.js";
import { words } from "./words.js";

const t = speaker(words);
const game = document.getElementById("game");
const { game: own, socket, figures: asked, zone, called } = game.dataset;
const times = new Times(zone, called);
const NEARLY_OUT = 10; // per cent
const UNKNOWN = "…";
const QUIET = 3000; // ms; every count is told again within two seconds

/** What the mechanic counts, as the page came: its pulse first. */
const figures = [...document.querySelectorAll("[data-figure]")].map(({ dataset }) => ({ name: dataset.figure, prizes: "prizes" in dataset, say: counting(dataset) }));
const prizes = figures.find((figure) => figure.prizes);

/** @type {any} the newest numbers */
let numbers = null;
/** @type {number | null} how many are connected */
let present = null;
/** @type {number | null} the minute that is shown as running */
let minute = null;

const place = (name) => document.querySelector(`[data-number="${name}"]`);
const phase = () => document.getElementById("state").dataset.phase;

function show() {
  if (present !== null) count(place("present"), present);
  if (!numbers) return;
  for (const name of [...figures.map((each) => each.name), "players"]) count(place(name), of(numbers, name));
  write(document.querySelector("[data-word=of_players]"), t(phase() === "ended" ? "took_part" : "of_players", { count: of(numbers, "players") }));
  for (const prize of document.querySelectorAll("[data-prize]")) remaining(prize, numbers.stock?.[prize.dataset.prize]);
  funnel.came(of(numbers, "players"));
  hour();
  lastWin();
}

/** The minute that runs and the hour before it, all by one clock: tiles, chart and table turn to the next minute together. */
function hour() {
  const now = connection.clock.now();
  minute = Math.floor(now / 60);
  const [running, before] = lately(numbers.per_minute, now);
  for (const each of document.querySelectorAll("[data-now]")) count(each, of(running, each.dataset.now), "+");
  for (const each of document.querySelectorAll("[data-before]")) write(each, t("before", { count: of(before, each.dataset.before) }));
  chart.update(numbers.per_minute);
  if (shown.getAttribute("aria-expanded") === "true") fill(table, numbers.per_minute, now, times, t("silent"));
}

function remaining(prize, left) {
  if (left === undefined) return;
  const whole = Number(prize.dataset.of);
  write(prize.querySelector("[data-word]"), t(phase() === "ended" ? "not_won" : "left", { count: left, of: whole }));
  prize.querySelector(".bar-left").setAttribute("width", `${whole ? (100 * left) / whole : 0}%`);
  prize.toggleAttribute("data-low", phase() !== "ended" && left * 100 <= whole * NEARLY_OUT);
}

function lastWin() {
  const note = document.querySelector("[data-last-win]");
  const at = Number(note?.dataset.lastWin);
  if (at) write(note, t("last_win", { ago: times.lasting(Math.max(1, connection.clock.now() - at)) }));
}

function won(at) {
  const note = document.querySelector("[data-last-win]");
  if (note && at) note.dataset.lastWin = String(at);
}

function hear(frame) {
  if (frame.game !== own) return;
  if (numbers && prizes && of(frame, prizes.name) > of(numbers, prizes.name)) won(frame.now);
  const moved = !numbers || [...figures.map((each) => each.name), "players"].some((name) => of(frame, name) !== of(numbers, name));
  numbers = frame;
  show();
  if (moved) funnel.stale();
  if (frame.phase !== phase()) askAgain();
}

const connection = connect(address(socket), {
  onStats: hear,
  onPresence(frame) {
    if (frame.game !== own) return;
    present = frame.players;
    show();
  },
  onState: turn,
});

/** Who is there is told of games that somebody plays; of the others nothing comes. @param {import("../../realtime/frames.js").State} state */
function turn(state) {
  badge(game.querySelector("[data-conn]"), t, state);
  if (state.name === "on") setTimeout(() => place("present").textContent === UNKNOWN && count(place("present"), 0), QUIET);
}

const plot = document.querySelector("[data-plot]");
const table = document.getElementById("table");
const shown = document.querySelector("[data-toggle]");
plot.hidden = shown.hidden = false;
table.hidden = true;
const chart = new MinutesChart(plot, { t, times, seconds: () => connection.clock.now(), what: document.getElementById("chart").dataset.what, pulse: figures[0], prizes });
const funnel = follow(asked, (last) => {
  won(last);
  lastWin();
});
const askAgain = keepFresh(show);

shown.addEventListener("click", () => {
  table.hidden = !table.hidden;
  plot.hidden = !table.hidden;
  shown.setAttribute("aria-expanded", String(!table.hidden));
  write(shown, t(table.hidden ? "table" : "chart"));
  if (numbers) fill(table, numbers.per_minute, connection.clock.now(), times, t("silent"));
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    if (await copied(button.dataset.copy)) return write(button.querySelector("span"), t("copied"));
    const link = el("p.sm.code-link", { role: "status" }, button.dataset.copy);
    button.replaceWith(el("p.sm", {}, t("copy_refused")), link);
    select(link);
  });
}

setInterval(() => {
  lastWin();
  if (numbers && minute !== Math.floor(connection.clock.now() / 60)) hour();
}, 1000);
