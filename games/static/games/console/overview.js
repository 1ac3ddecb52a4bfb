// A game's overview: counters, chart, stock and funnel follow the tenant's socket.

import { address, connect } from "../../realtime/socket.js";
import { write } from "../dom.js";
import { speaker, Times } from "../speech.js";
import { badge } from "./badge.js";
import { PlaysChart } from "./chart.js";
import { count, lastFull, whole } from "./figures.js";
import { keepFresh } from "./fresh.js";
import { follow } from "./funnel.js";
import { fill } from "./table.js";
import { words } from "./words.js";

const t = speaker(words);
const game = document.getElementById("game");
const { game: own, socket, figures, zone, called } = game.dataset;
const times = new Times(zone, called);
const NEARLY_OUT = 10; // per cent
const UNKNOWN = "–";
const QUIET = 3000; // ms; every count is told again within two seconds

/** @type {any} the newest numbers */
let numbers = null;

const place = (name) => document.querySelector(`[data-number="${name}"]`);

function show(frame) {
  count(place("plays"), frame.plays);
  count(place("won"), frame.won);
  count(place("players"), frame.players);
  write(document.querySelector("[data-word=of_players]"), t("of_players", { count: frame.players }));
  for (const prize of document.querySelectorAll("[data-prize]")) remaining(prize, frame.stock?.[prize.dataset.prize]);
  hour(frame);
}

function hour(frame) {
  for (const name of ["plays", "players"]) count(place(`${name}_minute`), lastFull(frame.per_minute, frame.now, name), "+");
  chart.update(frame.per_minute);
  if (shown.getAttribute("aria-expanded") === "true") fill(table, frame.per_minute, times);
}

function remaining(prize, left) {
  if (left === undefined) return;
  const of = Number(prize.dataset.of);
  write(prize.querySelector("[data-word]"), t("left", { count: left, of }));
  prize.querySelector(".bar-left").setAttribute("width", `${of ? (100 * left) / of : 0}%`);
  prize.toggleAttribute("data-low", left * 100 <= of * NEARLY_OUT);
}

function lastWin() {
  const note = document.querySelector("[data-last-win]");
  const at = Number(note.dataset.lastWin);
  write(note, at ? t("last_win", { ago: times.lasting(Math.max(1, connection.clock.now() - at)) }) : t("no_win"));
}

function hear(given) {
  if (given.game !== own) return;
  const frame = whole(given);
  if (numbers && frame.won > numbers.won) document.querySelector("[data-last-win]").dataset.lastWin = String(frame.now);
  const moved = !numbers || frame.plays !== numbers.plays || frame.players !== numbers.players;
  numbers = frame;
  show(frame);
  lastWin();
  if (moved) funnel.stale();
}

const connection = connect(address(socket), {
  onStats: hear,
  onPresence: (frame) => frame.game === own && count(place("present"), frame.players),
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
const chart = new PlaysChart(plot, t, times, () => connection.clock.now());
const funnel = follow(figures, (last) => {
  if (last) document.querySelector("[data-last-win]").dataset.lastWin = String(last);
});

shown.addEventListener("click", () => {
  table.hidden = !table.hidden;
  plot.hidden = !table.hidden;
  shown.setAttribute("aria-expanded", String(!table.hidden));
  write(shown, t(table.hidden ? "table" : "chart"));
  if (numbers) fill(table, numbers.per_minute, times);
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    write(button.querySelector("span"), t("copied"));
  });
}

setInterval(() => {
  lastWin();
  if (numbers) hour({ ...numbers, now: connection.clock.now() });
}, 5000);
keepFresh(() => {});
