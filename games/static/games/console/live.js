// The live page: the operators' socket in, one room, and everything that shows it.

import { address, connect } from "../../realtime/socket.js";
import { el, write } from "../dom.js";
import { speaker, Times } from "../speech.js";
import { Actions } from "./live/actions.js";
import { listen } from "./live/keys.js";
import { Log } from "./live/log.js";
import { morph } from "./live/morph.js";
import { People } from "./live/people.js";
import { Room } from "./live/room.js";
import { toaster } from "./live/toast.js";
import { words } from "./live/words.js";

const live = document.getElementById("live");
const { kind, title, game, socket, stats, zone, called } = live.dataset;
const { host: mechanic } = await import(`../mechanics/${kind}.js`);
const t = speaker(words);
const own = speaker(mechanic.words);

const page = { t, own, title, mechanic, room: new Room(mechanic.evolve), times: new Times(zone, called), urls: live.dataset, toast: toaster(document.getElementById("toasts")) };
const { room, times } = page;
page.log = new Log(page);
page.people = new People(page);
page.actions = new Actions(page);

const byId = (id) => document.getElementById(id);
const headline = byId("stage").querySelector("h2");
const side = byId("own");

page.connection = connect(address(socket), {
  onSnapshot(frame) {
    room.snapshot(frame);
    page.log.begin(frame);
    page.people.load();
    draw();
  },
  onEvents(frame) {
    room.happen(frame.events);
    page.log.hear(frame, page.connection.clock.now());
    page.people.hear(frame.events, frame.names, page.connection.clock.now());
    drawSoon();
  },
  onState: (state) => turn(state),
});

// Who is here is told on both sockets; the statistics' one tells it at once.
connect(address(stats), { onPresence: (frame) => frame.game === game && present(frame.players) });

function present(players) {
  room.present = players;
  turn(page.connection.state);
}

/** @param {import("../../realtime/frames.js").State} state */
function turn(state) {
  const badge = byId("conn");
  const on = room.present === null ? t("on") : t("on", { count: room.present });
  badge.dataset.state = { on: "on", off: "off" }[state.name] ?? "back";
  const text = { on, off: t(state.code === "not_signed_in" || state.code === "forbidden" ? state.code : "off") }[state.name] ?? t(state.name);
  if (state.name === "off") morph(badge, [el("a", { href: location.href }, text)]);
  else write(badge, text);
}

let soon = 0;

function drawSoon() {
  soon ||= requestAnimationFrame(() => {
    soon = 0;
    draw();
  });
}

const TAGS = { waiting: "tag-info", open: "tag-live", paused: "tag-warn", ended: "" };

function draw() {
  if (!room.game) return;
  const tag = byId("state");
  tag.className = `tag ${TAGS[room.phase]}`;
  write(tag, room.game.locked && room.phase !== "ended" ? `${t(room.phase)}, ${t("locked")}` : t(room.phase));
  morph(byId("stage"), [now(), heading(), ...mechanic.stage(room.game, own, room.phase)]);
  side.hidden = false;
  morph(side, mechanic.side(room.game, own, room.phase));
  write(byId("players-count"), t("players", { count: room.game.players }));
  page.actions.show();
  page.people.settle();
  live.dataset.phase = room.phase;
}

/** The brand's own sentence invites people, so it stands while there is something to be invited to. */
function heading() {
  return room.phase === "ended" ? el("h2", {}, t("it_is_over")) : headline.cloneNode(true);
}

/** What the clock says of the game. */
function now() {
  return el("p.s-now", {}, el("span", {}, t(room.phase)), el("span", {}, clock()));
}

function clock() {
  const { opens_at: opens, closes_at: closes } = room.game;
  const until = (/** @type {number} */ at) => lasting(page.connection.clock.until(at));
  if (room.phase === "ended") return t("was_closed");
  if (room.phase === "paused") return t("stands");
  if (room.phase === "waiting") return opens ? t("opens_in", { in: until(opens) }) : t("opens_by_hand");
  return closes ? t("closes_in", { in: until(closes) }) : "";
}

/** A week is read in days. @param {number} seconds */
function lasting(seconds) {
  const hours = Math.floor(seconds / 3600);
  return hours < 48 ? times.lasting(seconds) : t("days", { count: Math.floor(hours / 24), hours: hours % 24 });
}

setInterval(() => !document.hidden && draw(), 1000);

listen(
  {
    " ": () => page.actions.main(),
    l: () => page.actions.flip(),
    e: () => page.actions.close(),
    b: () => byId("screen")?.click(),
    "/": () => page.people.find(),
  },
  [
    [t("space"), t("key_main")],
    ["L", t("key_entrance")],
    ["B", t("key_screen")],
    ["E", t("key_end")],
    ["/", t("key_search")],
    ["↑ ↓", t("key_rows")],
    ["K", t("key_kick")],
    ["X", t("key_ban")],
    [t("escape"), t("key_escape")],
    ["?", t("key_help")],
  ],
);
