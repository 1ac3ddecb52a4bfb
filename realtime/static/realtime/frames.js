// What each kind of frame means to a connection, and who hears of it.

/**
 * @typedef {object} State
 * @property {"connecting" | "on" | "back" | "off"} name back: lost, coming back by itself; off: over, see code
 * @property {string} [code] of "off": elsewhere, banned, kicked, not_signed_in, forbidden, no_such_game, bad_frame, closed, left
 * @property {number} [retryIn] of "back": seconds until the next attempt
 * @property {number} [lostFor] of "back": seconds since the network was lost
 *
 * @typedef {object} Hearers
 * @property {() => Promise<string | null>} [ticket] asked before each hello
 * @property {(frame: any) => void} [onSnapshot] everyone, you, names: replace all
 * @property {(frame: any) => void} [onEvents] events in order, none missing
 * @property {(frame: any) => void} [onYou] also with each reply
 * @property {(frame: any) => void} [onPresence]
 * @property {(frame: any) => void} [onStats]
 * @property {(frame: any) => void} [onBye] the server leaves; the connection comes back by itself
 * @property {(frame: any) => void} [onOther] news without a number
 * @property {(state: State) => void} [onState]
 */

/** The frames that answer a hello. */
export const GREETINGS = new Set(["snapshot", "you", "stats"]);

/** @type {Record<string, (connection: any, frame: any) => void>} */
const HEARD = {
  snapshot(connection, frame) {
    connection.line.begin(frame);
    connection.clock.hear(frame);
    connection.hearers.onSnapshot?.(frame);
  },
  events(connection, frame) {
    const verdict = connection.line.judge(frame);
    if (verdict === "apply") {
      connection.clock.hear(frame);
      connection.hearers.onEvents?.(frame);
    }
    if (verdict === "resume") connection.resume();
  },
  you(connection, frame) {
    connection.line.settle();
    connection.hearers.onYou?.(frame);
    if (connection.line.behind(frame.seq)) connection.resume();
  },
  reply(connection, frame) {
    connection.letters.answered(frame);
    if (frame.you) connection.hearers.onYou?.(frame);
  },
  ping(connection, frame) {
    connection.send({ t: "pong" });
    if (connection.line.behind(frame.seq)) connection.resume();
  },
  bye: (connection, frame) => connection.leave(frame),
  presence: (connection, frame) => connection.hearers.onPresence?.(frame),
  stats(connection, frame) {
    connection.clock.hear({ now: frame.now });
    connection.hearers.onStats?.(frame);
  },
};

/** @param {any} connection @param {any} frame */
export function hear(connection, frame) {
  const heard = Object.hasOwn(HEARD, frame.t) ? HEARD[frame.t] : (/** @type {any} */ given, /** @type {any} */ other) => given.hearers.onOther?.(other);
  heard(connection, frame);
}
