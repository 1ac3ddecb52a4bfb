// The winners on the big screen. They are told in handfuls, once a minute; the wall shows them one after the other, so that each is seen.

export const ROWS = 3;
const EVERY = 4; // seconds that a winner stands on top

/** @param {{player: number, at: number}} win */
const key = ({ player, at }) => `${player}:${at}`;

export class Feed {
  /** @param {number} [rows] */
  constructor(rows = ROWS) {
    this.rows = rows;
    /** @type {any[]} the newest first */
    this.shown = [];
    /** @type {any[]} */
    this.waiting = [];
    /** @type {Set<string> | null} what has been seen; none yet: who looks now for the first time is shown what there is */
    this.known = null;
    this.next = 0;
  }

  /** @param {any[]} recent all that everyone knows of, the oldest first @param {number} now seconds @returns {any[]} what stands there now */
  take(recent, now) {
    if (this.known === null) this.shown = recent.slice(-this.rows).toReversed();
    else this.waiting.push(...recent.filter((win) => !this.known?.has(key(win))));
    this.known = new Set(recent.map(key));
    if (this.waiting.length && now >= this.next) {
      this.shown = [this.waiting.shift(), ...this.shown].slice(0, this.rows);
      this.next = now + EVERY;
    }
    return this.shown;
  }
}
