// The big screen: a spectator. It shows how to join, how many are there, and what the mechanic's module has to show.

import { address, connect } from "../realtime/socket.js";
import { el, write } from "./dom.js";
import { words } from "./screen/words.js";
import { speaker, Times } from "./speech.js";
import { GameView } from "./view.js";

const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.querySelector(`#${id}`));
const page = find("main");
const { kind, socket, zone, place } = page.dataset;
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
    this.wall = module.screen({ root: this.own, t: speaker(module.words), times: this.times, clock: this.connection.clock, say });
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
    const running = this.wall.show(view);
    this.own.hidden = !running;
    document.body.toggleAttribute("data-running", running);
    const { phase, locked } = view.game;
    document.body.toggleAttribute("data-over", phase === "ended");
    document.body.toggleAttribute("data-shut", locked && phase !== "ended");
    find("shut").hidden = !locked || phase === "ended";
    this.greet(view);
    this.say(view.game);
    const present = view.present ?? view.game.players;
    find("count").hidden = present === 0;
    write(find("present"), this.t("number", { number: present }));
    write(find("present-words"), this.t("room", { count: present }));
  }

  /** @param {import("./view.js").View["game"]} game */
  say(game) {
    const stage = game.phase === "open" && !game.running ? "paused" : { waiting: "soon", open: "live", ended: "over" }[game.phase];
    const { opens_at: at } = game;
    const soon = stage === "soon" && at !== null && this.connection.clock.until(at) > 0;
    const values = { title: this.title, in: soon ? this.times.lasting(this.connection.clock.until(/** @type {number} */ (at))) : "" };
    const eyebrow = this.t(soon ? "soon_in" : stage, values);
    write(find("eyebrow"), this.title === this.headline && stage === "live" ? this.t("on_air") : eyebrow);
    write(find("headline"), { live: this.headline, soon: game.locked ? this.headline : this.t("join"), paused: this.t("break"), over: this.t("thanks") }[stage] ?? "");
    if (this.stage && this.stage !== stage && ["live", "over"].includes(stage)) say(this.t(`said_${stage}`));
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
