// The play page: one page from the entrance to the outcome. The shell knows who, when and whether; the mechanic's module knows what.

import { address, connect } from "../realtime/socket.js";
import { Session } from "../realtime/session.js";
import { write } from "./dom.js";
import { Door } from "./play/door.js";
import { standing } from "./play/entrance.js";
import { Keep } from "./play/keep.js";
import { Scenes } from "./play/scenes.js";
import { words } from "./play/words.js";
import { speaker, Times } from "./speech.js";
import { GameView } from "./view.js";

const page = /** @type {HTMLElement} */ (document.querySelector("#main"));
const { kind, api, socket, known, zone, place } = page.dataset;
const module = await import(`./mechanics/${kind}.js`);

class Play {
  constructor() {
    this.t = speaker(words);
    this.times = new Times(zone ?? "UTC", place ?? "");
    this.session = new Session({ api, key: `sobuzz:${socket}`, known: known === "yes" });
    this.view = new GameView(module.evolve);
    this.badge = /** @type {HTMLElement} */ (document.querySelector("#conn"));
    this.keep = new Keep(page, this.t, this.times);
    this.scenes = new Scenes(page, module, this);
    this.door = new Door(/** @type {HTMLFormElement} */ (document.querySelector("#join form")), this.t, (fields) => this.enter(fields));
    /** @type {import("../realtime/socket.js").Connection | null} */
    this.connection = null;
    this.outside = false; // joined, but the host has closed the entrance
  }

  /** Who only stands at the entrance looks on: he sees whether it is open, and when it opens. */
  start() {
    if ("preview" in page.dataset) return this.scenes.show(); // a picture of the page: there is no game behind it
    this.open();
    if (this.door.early() && !this.session.member) this.door.form.requestSubmit();
  }

  /** @param {{nickname: string}} fields */
  async enter(fields) {
    await this.session.join(fields);
    this.open();
  }

  /** As who we are now. */
  open() {
    this.connection?.close();
    this.view.view = null;
    this.connection = connect(address(/** @type {string} */ (socket)), {
      ticket: () => this.session.ticket(),
      onSnapshot: (frame) => this.hear(() => this.view.snapshot(frame)),
      onEvents: (frame) => this.hear(() => this.view.events(frame)),
      onYou: (frame) => this.hear(() => this.view.yours(frame.you)),
      onPresence: (frame) => this.hear(() => this.view.presence(frame)),
      onState: (state) => this.turn(state),
    });
    this.scenes.show();
  }

  /** Several frames of one moment are shown once, and after whoever waits for a reply has gone on. @param {() => void} change */
  hear(change) {
    change();
    if (this.stranger()) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.scenes.show();
      this.mark();
    });
  }

  /** We joined, and the server does not know us: the cookie did not stick. Another way, or the entrance. */
  stranger() {
    const view = this.view.view;
    if (!view || view.me || !this.session.member) return false;
    if (view.game.locked || view.game.phase === "ended") this.outside = true; // it may know us well: nobody new comes in
    else if (this.outside || this.session.doubt()) {
      this.outside = false;
      this.connection?.renew();
      return true;
    }
    return false;
  }

  /** @param {import("../realtime/frames.js").State} state */
  turn(state) {
    if (!this.session.member || state.code === "left") return; // the entrance works without a network of its own
    if (state.name === "back") this.keep.lost(/** @type {any} */ (state), this.kept(), () => this.connection?.retry());
    else if (this.keep.found() && state.name === "on") this.say(this.t("back_again"));
    this.mark();
    if (state.name === "off") this.scenes.show();
  }

  kept() {
    const view = this.view.view;
    const own = view?.me ? module.kept(view, this.scenes.stage) : [];
    const named = view?.me ? [this.t("keep_name", { name: view.me.name })] : [];
    return [...named, ...own, this.connection?.letters.open.size ? this.t("keep_sent") : this.t("keep_clock")];
  }

  /** The badge: always there, always a word. */
  mark() {
    const state = this.connection?.state.name;
    const game = this.view.view?.game;
    if (!state) return;
    if (!this.session.member) return game && this.faced(standing(game));
    if (state === "off") return this.parted(/** @type {string} */ (this.connection?.state.code));
    if (state !== "on") return this.badged(state === "back" ? "back" : "on", state);
    if (game?.phase === "ended") return this.badged("still", "over");
    if (game?.phase === "open" && !game.running) return this.badged("paused", "paused");
    return this.badged("on", "on");
  }

  /** At the entrance: how the game stands. @param {string} state */
  faced(state) {
    this.badged({ open: "on", paused: "paused" }[state] ?? "still", `door_${state}`);
  }

  /** Who was sent away, or plays elsewhere, has no bad network. @param {string} code */
  parted(code) {
    const sent = ["kicked", "banned", "elsewhere"].includes(code);
    this.badged(sent ? "still" : "off", sent ? `off_${code}` : "off");
  }

  /** @param {string} state @param {string} word */
  badged(state, word) {
    this.badge.dataset.state = state;
    write(this.badge, this.t(word));
  }

  /** To ears, once and politely. @param {string} sentence */
  say(sentence) {
    write(/** @type {Element} */ (document.querySelector("#say")), sentence);
  }
}

new Play().start();
