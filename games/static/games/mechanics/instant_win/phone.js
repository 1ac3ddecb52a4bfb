// The instant win on the phone: ready, sent, won, lost.

import { el, write } from "../../dom.js";
import { Lost } from "./lost.js";
import { Ticket } from "./ticket.js";
import { tries } from "./tries.js";

const RING = 400; // ms until a small ring turns
const SLOW = 3000; // ms until a word says that we still wait
const DAY = 86_400; // seconds
const LEAST = 260; // ms that the buzzer stays down, so that the press is felt

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Phone {
  /** @param {any} stage */
  constructor(stage) {
    this.stage = stage;
    this.scene = ""; // ready, sent, won, lost
    this.ticket = new Ticket(stage, () => this.again());
    this.lost = new Lost(stage, () => this.again(), () => this.prize());
  }

  /** @param {import("../../view.js").View} view @returns {boolean} */
  show(view) {
    this.view = view;
    const { game } = view;
    if (this.scene === "won") return this.holding();
    if (this.scene === "sent") return game.running;
    if (game.phase !== "open" || !game.running) return this.after();
    if (this.scene === "lost" && !this.lost.over(view)) this.lost.update(view);
    else if (!this.scene && this.fresh()) this.prize();
    else if (tries(view, this.stage) > 0) this.standing();
    else this.outcome();
    return true;
  }

  /** The prize stays on the page whatever the game does; what may be done next does not. */
  holding() {
    this.ticket.update(this.view);
    return true;
  }

  standing() {
    if (this.scene === "ready") this.update();
    else this.ready();
  }

  /** Not running: only what is won stays on the page. */
  after() {
    this.scene = "";
    if (this.view.game.phase !== "ended" || !this.view.you.won.length) return false;
    this.prize();
    return true;
  }

  /** Who has just won and opens the page wants to see his prize first. */
  fresh() {
    const last = this.view.you.won.at(-1);
    return last !== undefined && this.stage.clock.now() - last.at < DAY;
  }

  /** The page was opened after the last try of the day. */
  outcome() {
    if (this.scene !== "lost" && this.fresh()) this.prize();
    else this.lose();
  }

  ready() {
    const { t, mood } = this.stage;
    if (tries(this.view, this.stage) <= 0) return this.lose();
    this.scene = "ready";
    mood("");
    this.tries = el("small");
    this.left = el("span");
    this.note = el("p.center.note", { role: "status" });
    this.buzzer = el("button.buzzer", { type: "button", click: () => this.press(), pointerdown: () => this.down(true), pointerleave: () => this.down(false) }, el("span", {}, t("buzz")), this.tries);
    this.stage.root.replaceChildren(
      el("div.center.stack.stack-2", {}, el("h1.big", { tabindex: -1 }, t("ready_title", { name: this.view.me?.name ?? "" })), el("p.lead", {}, t("ready_lead"))),
      el("div.buzz-area", {}, this.buzzer),
      el("div.stack.stack-2", {}, el("p.center.left-in-play", {}, this.left, el("small", {}, t("late"))), this.note, this.mine()),
    );
    this.update();
  }

  /** Asked for: the hand is on its way to the buzzer. */
  again() {
    this.ready();
    this.stage.focus(this.buzzer);
  }

  /** A way back to what was won before. */
  mine() {
    const count = this.view.you.won.length;
    return count ? el("p.center", {}, el("button.btn.btn-bare", { type: "button", click: () => this.prize() }, this.stage.t("my_prizes", { count }))) : null;
  }

  update() {
    const { t } = this.stage;
    write(this.tries, t("today", { count: tries(this.view, this.stage) }));
    write(this.left, t("left", { count: this.view.everyone.left }));
  }

  /** The face goes down before anything is sent. @param {boolean} down */
  down(down) {
    if (this.scene === "ready") this.buzzer.toggleAttribute("data-down", down);
  }

  async press() {
    if (this.scene !== "ready") return;
    this.down(true);
    this.scene = "sent";
    this.buzzer.setAttribute("aria-disabled", "true");
    const waits = [setTimeout(() => this.buzzer.setAttribute("aria-busy", "true"), RING), setTimeout(() => write(this.note, this.stage.t("slow")), SLOW)];
    write(this.note, "");
    try {
      const [reply] = await Promise.all([this.stage.command("play"), pause(LEAST)]);
      this.settle(reply);
    } catch (refusal) {
      this.refused(/** @type {any} */ (refusal));
    } finally {
      waits.forEach(clearTimeout);
      this.stage.changed();
    }
  }

  /** @param {any} reply */
  settle(reply) {
    this.view.you = reply.you?.mechanic ?? this.view.you;
    const won = reply.events.find((/** @type {any} */ event) => event.t === "won");
    if (won) this.win(won);
    else this.lose(true);
  }

  /** @param {{t: string, prize: string, at: number}} won */
  win(won) {
    this.scene = "won";
    this.ticket.show(this.view, won, { fresh: true });
  }

  /** What was won before, without the noise. */
  prize() {
    this.scene = "won";
    this.ticket.show(this.view, this.view.you.won.at(-1), { fresh: false });
  }

  lose(fresh = false) {
    this.scene = "lost";
    this.lost.show(this.view, fresh);
  }

  /** Nothing happened: asking again may succeed. @param {{code: string, message: string}} refusal */
  refused({ code, message }) {
    if (code === "no_plays_left") return this.lose();
    this.scene = "ready";
    this.buzzer.removeAttribute("aria-busy");
    this.buzzer.removeAttribute("aria-disabled");
    this.down(false);
    write(this.note, message && message !== code ? message : this.stage.t("failed"));
  }
}
