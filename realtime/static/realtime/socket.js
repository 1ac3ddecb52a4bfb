// One socket to one game: says hello, notices gaps, comes back by itself, and never loses or doubles a command.

import { BROWSER, follow } from "./browser.js";
import { attemptAfter, backoff, finalWord } from "./closing.js";
import { ServerClock } from "./clock.js";
import { GREETINGS, hear } from "./frames.js";
import { Letters, Refusal } from "./letters.js";
import { Line } from "./line.js";

export { address } from "./browser.js";

const SILENCE = 45; // the server pings every 20 s
const GREETING = 12; // a server that does not answer a hello for so long is not there
const STEADY = 5; // a socket that lived this long makes the next attempt the first again
const STALE = 20; // a page that was hidden for longer asks what it missed
const LEAVING = 5; // after a bye the server closes; where it does not, we do

/** @param {string} url @param {import("./frames.js").Hearers} hearers @returns {Connection} */
export function connect(url, hearers, browser = BROWSER) {
  const connection = new Connection(url, hearers, browser);
  connection.dial();
  return connection;
}

export class Connection {
  /** @param {string} url @param {import("./frames.js").Hearers} hearers @param {import("./browser.js").Browser} browser */
  constructor(url, hearers, browser) {
    this.url = url;
    this.hearers = hearers;
    this.browser = browser;
    this.clock = new ServerClock(browser.seconds);
    this.line = new Line(browser.seconds);
    this.letters = new Letters((frame) => this.live && this.send(frame), browser.timers);
    /** @type {import("./frames.js").State} */
    this.state = { name: "connecting" };
    /** @type {WebSocket | null} */
    this.socket = null;
    this.live = false; // greeted: commands may leave
    this.round = 0; // one per attempt, so that a late answer of an older one is known
    this.attempt = 0;
    this.heardAt = browser.seconds();
    this.steadyAt = Infinity;
    this.unfollow = follow(browser, {
      hidden: () => (this.hiddenAt = browser.seconds()),
      shown: () => this.woke(),
      online: () => this.retry(),
      offline: () => this.socket && this.closed(1006),
    });
  }

  /** Asks for something; settles when the server has settled it. @param {string} t @param {object} [fields] @returns {Promise<any>} */
  command(t, fields = {}) {
    if (this.state.name === "off") return Promise.reject(new Refusal({ code: this.state.code ?? "left" }));
    return this.letters.post(t, fields);
  }

  /** Tries at once instead of waiting. */
  retry() {
    if (this.state.name === "back" && !this.socket) this.dial();
  }

  /** Says hello anew, for example as somebody else. */
  renew() {
    this.drop();
    this.dial();
  }

  /** For good. */
  close() {
    this.drop();
    this.stop("left");
  }

  async dial() {
    this.browser.timers.clearTimeout(this.timer);
    const round = (this.round += 1);
    const ticket = await this.ticket(round);
    if (round !== this.round || ticket === undefined) return;
    const socket = (this.socket = this.browser.make(this.url));
    socket.addEventListener("open", () => socket === this.socket && this.greet(ticket));
    socket.addEventListener("message", (message) => socket === this.socket && this.hear(JSON.parse(message.data)));
    socket.addEventListener("close", (event) => socket === this.socket && this.closed(event.code));
    this.heardAt = this.browser.seconds();
    this.watch();
  }

  /** @param {number} round @returns {Promise<string | null | undefined>} undefined when the door does not answer: we come back later */
  async ticket(round) {
    try {
      return (await this.hearers.ticket?.()) ?? null;
    } catch {
      return round === this.round ? this.lost(this.attempt + 1) : undefined;
    }
  }

  /** @param {string | null} ticket */
  greet(ticket) {
    const hello = { t: "hello", line: this.line.line, seq: this.line.seq };
    this.send(ticket ? { ...hello, ticket } : hello);
  }

  /** @param {object} frame @returns {boolean} whether it left */
  send(frame) {
    if (this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** @param {any} frame */
  hear(frame) {
    this.heardAt = this.browser.seconds();
    hear(this, frame);
    if (!this.live && this.socket && GREETINGS.has(frame.t)) this.greeted();
  }

  /** We are in: what was asked meanwhile goes now. */
  greeted() {
    this.live = true;
    this.lostAt = undefined;
    this.turnedAway = false;
    this.steadyAt = this.browser.seconds() + STEADY;
    this.tell({ name: "on" });
    this.letters.again();
  }

  /** @param {{line: string | null, seq: number | null}} [from] where we are; from nowhere: the whole picture */
  resume({ line, seq } = this.line) {
    this.send({ t: "resume", line, seq });
  }

  /** @param {any} frame */
  leave(frame) {
    this.after = frame.after ?? undefined;
    this.hearers.onBye?.(frame);
    this.browser.timers.clearTimeout(this.watchdog);
    this.watchdog = this.browser.timers.setTimeout(() => this.closed(1012), LEAVING * 1000);
  }

  /** @param {number} code */
  closed(code) {
    this.drop();
    const word = finalWord(code);
    const again = word === "not_signed_in" && this.hearers.ticket && !this.turnedAway; // a ticket lives 30 s: a fresh one, once
    if (word && !again) return this.stop(word);
    this.turnedAway = word !== null;
    const steady = this.browser.seconds() > this.steadyAt;
    this.lost(attemptAfter(code, steady ? -1 : this.attempt));
  }

  /** @param {number} attempt @returns {undefined} */
  lost(attempt) {
    const now = this.browser.seconds();
    this.attempt = attempt;
    this.steadyAt = Infinity;
    this.lostAt ??= now;
    const retryIn = this.after ?? backoff(attempt, this.browser.random);
    this.after = undefined;
    this.timer = this.browser.timers.setTimeout(() => this.dial(), retryIn * 1000);
    this.tell({ name: "back", retryIn, lostFor: now - this.lostAt });
  }

  /** @param {string} code */
  stop(code) {
    this.unfollow();
    this.letters.give(code);
    this.tell({ name: "off", code });
  }

  drop() {
    this.browser.timers.clearTimeout(this.timer);
    this.browser.timers.clearTimeout(this.watchdog);
    const socket = this.socket;
    this.socket = null;
    this.live = false;
    this.round += 1;
    this.letters.pause();
    socket?.close();
  }

  /** @param {import("./frames.js").State} state */
  tell(state) {
    this.state = state;
    this.hearers.onState?.(state);
  }

  /** A browser does not notice a half-open socket. */
  watch() {
    this.browser.timers.clearTimeout(this.watchdog);
    const left = this.heardAt + (this.live ? SILENCE : GREETING) - this.browser.seconds();
    if (left <= 0) return this.closed(1006);
    this.watchdog = this.browser.timers.setTimeout(() => this.watch(), left * 1000 + 1);
  }

  woke() {
    if (!this.socket) return this.retry();
    this.watch();
    if (this.live && this.browser.seconds() - (this.hiddenAt ?? Infinity) > STALE) this.resume();
  }
}
