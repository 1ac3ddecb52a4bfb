// Home: the tiles of running games move with the numbers of the tenant's socket.

import { address, connect } from "../../realtime/socket.js";
import { write } from "../dom.js";
import { speaker, Times } from "../speech.js";
import { badge } from "./badge.js";
import { count, lastFull, whole } from "./figures.js";
import { keepFresh } from "./fresh.js";
import { spark } from "./spark.js";
import { words } from "./words.js";

const t = speaker(words);
const home = document.getElementById("home");
const times = new Times(home.dataset.zone, home.dataset.called);
const MINUTE = 60_000;

/** @type {Map<string, any>} the last numbers of each game, for tiles that come later */
const numbers = new Map();
/** @type {Map<string, number>} */
const presence = new Map();

const tileOf = (game) => document.querySelector(`[data-game="${CSS.escape(game)}"]`);

function showNumbers(frame) {
  const tile = tileOf(frame.game);
  if (!tile) return;
  const { of, pulse, one, other } = tile.dataset;
  const pace = speaker({ en: { pace_one: one, pace_other: other }, fr: { pace_one: one, pace_other: other } }); // the mechanic's words, by the server
  count(tile.querySelector("[data-number=players]"), frame.players);
  write(tile.querySelector("[data-word=players]"), t("players", { count: frame.players }));
  write(tile.querySelector("[data-word=a_minute]"), pace("pace", { count: lastFull(frame.per_minute, frame.now, pulse) }));
  if (Number(of) && frame.stock) write(tile.querySelector("[data-word=given]"), t("given", { count: Number(of) - left(frame.stock), of: Number(of) }));
  spark(tile.querySelector(".spark"), frame.per_minute, frame.now, pulse);
}

const left = (stock) => Object.values(stock).reduce((sum, each) => sum + each, 0);

function showPresence(game, players) {
  const place = tileOf(game)?.querySelector("[data-present]");
  if (!place) return;
  place.hidden = false;
  write(place, ` · ${t("connected", { count: players })}`);
}

function showAll() {
  for (const frame of numbers.values()) showNumbers(frame);
  for (const [game, players] of presence) showPresence(game, players);
}

const connection = connect(address(home.dataset.socket), {
  onStats(given) {
    const frame = whole(given);
    numbers.set(frame.game, frame);
    showNumbers(frame);
  },
  onPresence(frame) {
    presence.set(frame.game, frame.players);
    showPresence(frame.game, frame.players);
  },
  onState: (state) => badge(home.querySelector("[data-conn]"), t, state),
});

/** Minutes pass without news too: the bars move on, a quiet minute shows as one. */
function minute() {
  const now = connection.clock.now();
  const day = ["weekday", "day", "month"].map((part) => times.format(now, { [part]: part === "day" ? "numeric" : "long" })).join(" ");
  write(home.querySelector("[data-date]"), `${day[0].toUpperCase()}${day.slice(1)}, ${times.time(now)}, ${times.called}`);
  for (const frame of numbers.values()) showNumbers({ ...frame, now });
}

setInterval(minute, MINUTE / 6);
keepFresh(showAll);
