// The card that rises while the network is away: first what is kept, then what we do about it.

import { el, icon, write } from "../dom.js";

/** Blips shorter than this are told by the badge alone, in seconds. */
const PATIENCE = 1;

export class Keep {
  /** @param {HTMLElement} behind what cannot be used meanwhile @param {import("../speech.js").Say} t @param {import("../speech.js").Times} times */
  constructor(behind, t, times) {
    this.behind = behind;
    this.t = t;
    this.times = times;
    this.shown = false;
    /** @type {any} */
    this.timer = null;
  }

  /**
   * @param {{retryIn: number, lostFor: number}} state @param {string[]} kept @param {() => void} retry
   */
  lost(state, kept, retry) {
    const now = performance.now() / 1000;
    this.lostAt = now - state.lostFor;
    this.retryAt = now + state.retryIn;
    this.kept = kept;
    this.retry = retry;
    clearInterval(this.timer);
    this.timer = setInterval(() => this.tick(), 250);
  }

  tick() {
    const now = performance.now() / 1000;
    if (now - this.lostAt < PATIENCE) return;
    if (!this.shown) this.rise();
    const ago = this.t("keep_lost", { ago: this.times.lasting(Math.max(1, now - this.lostAt)) });
    const next = this.retryAt - now > 0.5 ? this.t("keep_next", { in: this.times.lasting(this.retryAt - now) }) : this.t("keep_now");
    write(this.line, `${ago} ${next}`);
  }

  rise() {
    this.shown = true;
    this.focused = document.activeElement;
    this.line = el("p.sm.muted");
    this.veil = el("div.veil");
    this.card = el(
      "section.keep",
      { "aria-labelledby": "keep-title" },
      el("div.stack", { role: "status" }, el("h2.big", { id: "keep-title" }, this.t("keep_title")), el("ul", {}, ...this.kept.map((each) => el("li", {}, icon("check"), each)))),
      el("div.stack.stack-2", {}, el("div.progress", { "data-unknown": true }, el("i")), this.line),
      el("button.btn.btn-block", { type: "button", click: () => this.retry() }, this.t("keep_retry")),
    );
    this.behind.after(this.veil, this.card);
    this.behind.inert = true;
  }

  /** @returns {boolean} whether the card was up */
  found() {
    clearInterval(this.timer);
    const was = this.shown;
    this.veil?.remove();
    this.card?.remove();
    this.behind.inert = false;
    this.shown = false;
    if (was && this.focused instanceof HTMLElement) this.focused.focus({ preventScroll: true });
    return was;
  }
}
