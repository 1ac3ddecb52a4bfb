// The big screen: a spectator. It shows how to join, how many are there, and what the mechanic's module has to show.

import { address, connect } from "../realtime/socket.js";
import { el, write } from "./dom.js";
import { words } from "./screen/words.js";
import { speaker, Times } from "./speech.js";
import { GameView } from "./view.js";

const NAMES = 14; // as many as a wide screen holds

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
    /** @type {string[]} newest first */
    this.names = [];
    this.connection = connect(address(/** @type {string} */ (socket)), {
      onSnapshot: (frame) => this.hear(() => this.view.snapshot(frame), frame),
      onEvents: (frame) => this.hear(() => this.view.events(frame), frame),
      onPresence: (frame) => this.hear(() => this.view.presence(frame), frame),
      onState: (state) => this.turn(state),
    });
    this.wall = module.screen({ root: this.own, t: speaker(module.words), times: this.times, clock: this.connection.clock, say });
    setInterval(() => this.show(), 1000);
  }

  /** @param {() => void} change @param {any} frame */
  hear(change, frame) {
    change();
    this.greet(Object.values(frame.names ?? {}));
    this.show();
  }

  show() {
    const view = this.view.view;
    if (!view) return;
    const running = this.wall.show(view);
    this.own.hidden = !running;
    document.body.toggleAttribute("data-running", running);
    document.body.toggleAttribute("data-over", view.game.phase === "ended");
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
    write(find("headline"), { live: this.headline, soon: this.t("join"), paused: this.t("break"), over: this.t("thanks") }[stage] ?? "");
    if (this.stage && this.stage !== stage && ["live", "over"].includes(stage)) say(this.t(`said_${stage}`));
    this.stage = stage;
  }

  /** Whoever a frame names, once. @param {string[]} fresh */
  greet(fresh) {
    const names = fresh.filter((name) => !this.names.includes(name));
    if (!names.length) return;
    this.names = [...names, ...this.names].slice(0, NAMES);
    find("names").replaceChildren(...this.names.map((name) => el("li", {}, name)));
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
