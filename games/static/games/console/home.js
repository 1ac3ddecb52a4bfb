// Home: the tiles of running games and the sums of the week move with the numbers of the tenant's socket.

import { address, connect } from "../../realtime/socket.js";
import { write } from "../dom.js";
import { number, speaker, Times } from "../speech.js";
import { badge } from "./badge.js";
import { count, counting, lately, of, percent } from "./figures.js";
import { keepFresh } from "./fresh.js";
import { spark } from "./spark.js";
import { words } from "./words.js";

const t = speaker(words);
const home = document.getElementById("home");
const times = new Times(home.dataset.zone, home.dataset.called);
const RUNNING = new Set(["open", "paused"]); // the phases of games that have a tile

/** @type {Map<string, any>} the last numbers of each game, for tiles that come later */
const numbers = new Map();
/** @type {Map<string, number>} */
const presence = new Map();
/** @type {number | null} the minute that is shown as running */
let minute = null;

const tileOf = (game) => document.querySelector(`[data-game="${CSS.escape(game)}"]`);

function showNumbers(frame) {
  const tile = tileOf(frame.game);
  if (!tile) return;
  const { of: whole, pulse } = tile.dataset;
  const now = connection.clock.now();
  const [running] = lately(frame.per_minute, now);
  count(tile.querySelector("[data-number=players]"), of(frame, "players"));
  write(tile.querySelector("[data-word=players]"), t("players", { count: of(frame, "players") }));
  write(tile.querySelector("[data-word=now]"), t("this_minute", { counted: counting(tile.dataset)(of(running, pulse)) }));
  if (Number(whole) && frame.stock) write(tile.querySelector("[data-word=given]"), t("given", { count: Number(whole) - sumOf(Object.values(frame.stock)), of: Number(whole) }));
  spark(tile.querySelector(".spark"), frame.per_minute, now, pulse);
}

const sumOf = (values) => values.reduce((sum, each) => sum + each, 0);

function showPresence(game, players) {
  const place = tileOf(game)?.querySelector("[data-present]");
  if (!place) return;
  place.hidden = false;
  write(place, ` · ${t("connected", { count: players })}`);
}

/** What the server added up, and what each game has counted since. */
function showWeek() {
  for (const sum of document.querySelectorAll("[data-sum]")) {
    const { sum: name, value, before, bases } = sum.dataset;
    const more = bases.split(" ").map((each) => since(name, ...each.split(":")));
    const total = Number(value) + sumOf(more);
    write(sum.querySelector("[data-value]"), number(total));
    const change = Number(before) ? Math.round((100 * (total - Number(before))) / Number(before)) : null;
    if (change !== null) write(sum.querySelector("[data-change]"), `${change < 0 ? "" : "+"}${percent(change)}`);
  }
}

function since(name, game, base) {
  const frame = numbers.get(game);
  return frame ? of(frame, name) - Number(base) : 0;
}

function showAll() {
  for (const frame of numbers.values()) showNumbers(frame);
  for (const [game, players] of presence) showPresence(game, players);
  showWeek();
}

const connection = connect(address(home.dataset.socket), {
  onStats(frame) {
    numbers.set(frame.game, frame);
    showNumbers(frame);
    showWeek();
    const running = RUNNING.has(frame.phase) ? frame.phase : undefined;
    if (tileOf(frame.game)?.dataset.phase !== running) askAgain();
  },
  onPresence(frame) {
    presence.set(frame.game, frame.players);
    showPresence(frame.game, frame.players);
  },
  onState: (state) => badge(home.querySelector("[data-conn]"), t, state),
});

/** Minutes pass without news too: the bars move on, a quiet minute shows as one. */
function tick() {
  const now = connection.clock.now();
  if (minute === Math.floor(now / 60)) return;
  minute = Math.floor(now / 60);
  const day = ["weekday", "day", "month"].map((part) => times.format(now, { [part]: part === "day" ? "numeric" : "long" })).join(" ");
  write(home.querySelector("[data-date]"), `${day[0].toUpperCase()}${day.slice(1)}, ${times.time(now)}, ${times.called}`);
  for (const frame of numbers.values()) showNumbers(frame);
}

setInterval(tick, 1000);
const askAgain = keepFresh(showAll);
