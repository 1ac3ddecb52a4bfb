// The big screen: a spectator. It shows how to join, how many are there, and what the mechanic's module has to show.

import { address, connect } from "../realtime/socket.js";
import { el, write } from "./dom.js";
import { bump } from "./screen/bump.js";
import { words } from "./screen/words.js";
import { clockwise, speaker, Times } from "./speech.js";
import { GameView } from "./view.js";

const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.querySelector(`#${id}`));
const page = find("main");
const { kind, socket, zone, place } = page.dataset;
const HOUR = 3600;
const module = await import(`./mechanics/${kind}.js`);

class Screen {
  constructor() {
    this.t = speaker(words);
    this.times = new Times(zone ?? "UTC", place ?? "");
    this.view = new GameView(module.evolve);
    this.own = find("game");
    this.title = find("eyebrow").textContent?.trim() ?? "";
    this.headline = find("headline").textContent ?? "";
    this.chips = new Map(); // of names, by player number
    this.connection = connect(address(/** @type {string} */ (socket)), {
      onSnapshot: (frame) => this.hear(() => this.view.snapshot(frame)),
      onEvents: (frame) => this.hear(() => this.view.events(frame)),
      onPresence: (frame) => this.hear(() => this.view.presence(frame)),
      onState: (state) => this.turn(state),
    });
    this.wall = module.screen({ root: this.own, t: speaker(module.words), times: this.times, clock: this.connection.clock, say, bump });
    setInterval(() => this.show(), 1000);
  }

  /** @param {() => void} change */
  hear(change) {
    change();
    this.show();
  }

  show() {
    const view = this.view.view;
    if (!view) return;
    const { phase, locked } = view.game;
    const own = this.wall.show(view);
    this.own.hidden = !own;
    document.body.toggleAttribute("data-running", own && phase !== "ended");
    document.body.toggleAttribute("data-over", phase === "ended");
    document.body.toggleAttribute("data-shut", locked && phase !== "ended");
    find("shut").hidden = !locked || phase === "ended";
    this.greet(view);
    this.say(view.game);
    this.number(view);
  }

  /** Who is here; at the end, who was. @param {import("./view.js").View} view */
  number({ game, present }) {
    const over = game.phase === "ended";
    const count = over ? game.players : (present ?? game.players);
    find("count").hidden = count === 0;
    bump(find("present"), this.t("number", { number: count }));
    write(find("present-words"), this.t(over ? "played" : "room", { count }));
  }

  /** "…, 2 days left", and in the last hour the seconds. @param {import("./view.js").View["game"]} game */
  left({ closes_at: at }) {
    const left = at === null ? 0 : this.connection.clock.until(at);
    return left > 0 ? this.t("left", { in: left < HOUR ? clockwise(Math.ceil(left)) : this.times.lasting(left) }) : "";
  }

  /** @param {import("./view.js").View["game"]} game */
  say(game) {
    const stage = game.phase === "open" && !game.running ? "paused" : { waiting: "soon", open: "live", ended: "over" }[game.phase];
    const { opens_at: at } = game;
    const soon = stage === "soon" && at !== null && this.connection.clock.until(at) > 0;
    const values = { title: this.title, in: soon ? this.times.lasting(this.connection.clock.until(/** @type {number} */ (at))) : "" };
    const eyebrow = this.t(soon ? "soon_in" : stage, values);
    const live = stage === "live" && this.title === this.headline ? this.t("on_air") : eyebrow;
    write(find("eyebrow"), stage === "live" ? live + this.left(game) : eyebrow);
    write(find("headline"), { live: this.headline, soon: game.locked ? this.headline : this.t("join"), paused: this.t("break"), over: this.t("thanks") }[stage] ?? "");
    if (this.stage && this.stage !== stage && ["live", "over"].includes(stage)) say(this.t(`said_${stage}`));
    if (this.stage && this.stage !== stage && stage === "over") this.connection.resume({ line: null, seq: null }); // not everybody who came was told one by one
    this.stage = stage;
  }

  /** Who came last stands first; chips that are there stay what they are, so that only a new one moves. @param {import("./view.js").View} view */
  greet({ game, names }) {
    const here = game.phase === "ended" ? [] : game.newest.filter(({ player }) => names[player]);
    const chips = new Map(here.map(({ player }) => [player, this.chips.get(player) ?? el("li", {}, names[player])]));
    if ([...chips.keys()].join() === [...this.chips.keys()].join()) return;
    this.chips = chips;
    find("names").replaceChildren(...chips.values());
  }

  /** @param {import("../realtime/frames.js").State} state */
  turn(state) {
    const badge = find("conn");
    const word = { connecting: "", on: "", back: "back", off: "off" }[state.name];
    badge.hidden = !word;
    badge.dataset.state = word;
    write(badge, word && this.t(word));
  }
}

/** To ears, once and politely. @param {string} sentence */
function say(sentence) {
  write(find("say"), sentence);
}

export const screen = new Screen();
