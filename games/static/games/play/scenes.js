// Which scene stands on the play page: the entrance, a card of the shell, or what the mechanic shows.

import { write } from "../dom.js";
import { clockwise, speaker } from "../speech.js";
import * as cards from "./cards.js";
import { Entrance } from "./entrance.js";

export class Scenes {
  /** @param {HTMLElement} page @param {any} module of the mechanic @param {any} play the shell */
  constructor(page, module, play) {
    this.play = play;
    this.entrance = /** @type {HTMLElement} */ (page.querySelector("#join"));
    this.gate = new Entrance(this.entrance, (sentence) => play.say(sentence));
    this.root = /** @type {HTMLElement} */ (page.querySelector("#scene"));
    this.own = /** @type {HTMLElement} */ (page.querySelector("#game"));
    this.module = module;
    this.stage = this.made(page);
    this.phone = module.play(this.stage);
    this.current = "";
    this.acted = false;
    this.pitch(page);
    setInterval(() => this.tick(), 250);
    setInterval(() => this.show(), 10_000); // some things change by the clock alone
    window.addEventListener("resize", centre);
  }

  /** What a module may touch; see the head of mechanics/instant_win.js. */
  /** @param {HTMLElement} page */
  made(page) {
    const { play, own } = this;
    return {
      root: own,
      home: /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.brand"))?.href,
      proof: page.dataset.proof,
      t: speaker(this.module.words),
      times: play.times,
      get clock() {
        return play.connection.clock;
      },
      command: (/** @type {string} */ t, /** @type {object} */ fields) => play.connection.command(t, fields),
      awards: () => play.session.awards(),
      say: (/** @type {string} */ sentence) => play.say(sentence),
      mood,
      focus,
      changed: () => this.show(),
    };
  }

  /** One sentence of the mechanic under the title of the entrance. @param {HTMLElement} page */
  pitch(page) {
    const line = this.entrance.querySelector("#pitch");
    if (line && page.dataset.beginning) write(line, this.module.pitch(JSON.parse(page.dataset.beginning), this.stage));
  }

  show() {
    const name = this.name();
    if (name === "game") setTimeout(centre);
    if (name === "join") this.face();
    if (name === this.current && name !== "off") return;
    this.current = name;
    this.entrance.hidden = name !== "join";
    this.own.hidden = name !== "game";
    this.root.hidden = name === "join" || name === "game";
    if (name !== "game") mood("");
    document.body.dataset.rings = name === "game" || name === "wait" ? "buzzer" : "corner";
    const card = this.card(name);
    this.root.replaceChildren(...(card ? [card] : []));
    if (name === "wait") return;
    if (this.acted && name !== "join") this.arrive();
    this.acted = true; // opening a page takes nobody's focus; what happens on it may
  }

  /** Somebody who looks on from the entrance. */
  face() {
    const game = this.play.view.view?.game;
    if (!game || !this.gate.show(game)) return;
    const held = document.activeElement;
    if (held && held !== document.body && !held.checkVisibility()) this.arrive();
  }

  /** What had the focus may be gone: then the new heading takes it. A reveal has taken it already. */
  arrive() {
    const held = document.activeElement;
    if (held && held !== document.body && held.checkVisibility()) return;
    const shown = [this.own, this.root, this.entrance].find((each) => !each.hidden);
    focus([...(shown?.querySelectorAll("h1") ?? [])].find((each) => each.checkVisibility()) ?? null);
  }

  /** The module is asked first: what it has to show may outlive a pause and the end. @returns {string} */
  name() {
    const { connection, session, view } = this.play;
    const game = view.view?.game;
    if (!session.member) return "join";
    if (connection?.state.name === "off") return "off";
    if (!game) return "wait";
    if (!view.view.me) return game.phase === "ended" ? "over" : "locked";
    if (this.phone.show(view.view)) return "game";
    if (game.phase === "ended") return "over";
    return game.phase === "waiting" ? "waiting" : "paused";
  }

  /** @param {string} name */
  card(name) {
    const { t, connection, view } = this.play;
    switch (name) {
      case "off":
        return cards.off(t, connection.state.code, () => this.play.open(), this.stage);
      case "wait":
        return cards.skeleton();
      case "waiting":
        return cards.waiting(t, this.stage, view.view);
      case "paused":
        return cards.paused(t);
      case "locked":
        return cards.locked(t);
      case "over":
        return cards.over(t, this.stage, view.view);
      default:
        return null;
    }
  }

  /** Countdowns of the cards. */
  tick() {
    for (const count of this.root.querySelectorAll("[data-until]")) {
      const left = Math.ceil(this.stage.clock.until(Number(/** @type {HTMLElement} */ (count).dataset.until)));
      write(count, clockwise(left));
    }
  }
}

/** The colours of the page: "" the stage, "won", "quiet". @param {string} name @param {boolean} [still] no motion: it was so before */
function mood(name, still = false) {
  document.body.classList.toggle("won", name === "won");
  document.body.classList.toggle("quiet", name === "quiet");
  document.body.classList.toggle("still", still);
}

/** The rings sound from the buzzer, and the win grows from it: they must know where it stands. */
function centre() {
  const buzzer = document.querySelector(".buzzer")?.getBoundingClientRect();
  if (buzzer?.height) document.body.style.setProperty("--stage-y", `${Math.round(buzzer.top + buzzer.height / 2)}px`);
}

/** The heading of a reveal takes focus; nothing else steals it. @param {HTMLElement | null} element */
function focus(element) {
  element?.focus({ preventScroll: true });
}
