// Commands on their way: each keeps its ref until the server has said yes or no, over any number of sockets.

/** Waits before a command is sent again, in seconds, when the server is busy (then the last one again and again). */
const AGAIN = [2, 4, 8];
/** A reply that takes longer than this was lost. The server itself says `busy` after 2 s. */
const LOST = 6;
/** The server takes no more than this many open commands of one socket. */
const OPEN = 8;

/** The rules said no, or the game is out of reach for good. */
export class Refusal extends Error {
  /** @param {{code: string, message?: string, retry?: number | null}} error */
  constructor(error) {
    super(error.message || error.code);
    this.code = error.code;
    this.retry = error.retry ?? null;
  }
}

/** @returns {string} at most 36 characters, never twice the same */
export function newRef() {
  if (globalThis.crypto?.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // pages without TLS have no randomUUID
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Letters {
  /** @param {(frame: object) => boolean} send says whether the frame left @param {{setTimeout: Function, clearTimeout: Function}} timers */
  constructor(send, timers) {
    this.send = send;
    this.timers = timers;
    /** @type {Map<string, any>} */
    this.open = new Map();
  }

  /**
   * @param {string} t @param {object} fields
   * @returns {Promise<{events: object[], you: any}>} settles when the server has; rejects with a Refusal
   */
  post(t, fields = {}) {
    const ref = newRef();
    return new Promise((resolve, reject) => {
      this.open.set(ref, { frame: { t, ref, ...fields }, resolve, reject, busy: 0, timer: null, sent: false });
      this.flush();
    });
  }

  /** Sends what may leave and has not. */
  flush() {
    const letters = [...this.open.values()];
    let room = OPEN - letters.filter((letter) => letter.sent).length;
    for (const letter of letters) {
      if (letter.sent || room <= 0) continue;
      room -= 1;
      this.deliver(letter);
    }
  }

  /** @param {any} letter */
  deliver(letter) {
    this.timers.clearTimeout(letter.timer);
    letter.sent = this.send(letter.frame);
    if (letter.sent) letter.timer = this.timers.setTimeout(() => this.deliver(letter), LOST * 1000);
  }

  /** A new socket: what is open goes again, under the same refs. */
  again() {
    this.pause();
    this.flush();
  }

  /** The socket is gone: nothing is on its way, nothing is forgotten. */
  pause() {
    for (const letter of this.open.values()) {
      this.timers.clearTimeout(letter.timer);
      letter.sent = false;
    }
  }

  /** @param {{ref: string, error?: any}} reply */
  answered(reply) {
    const letter = this.open.get(reply.ref);
    if (!letter) return;
    this.timers.clearTimeout(letter.timer);
    if (reply.error?.code === "busy") return this.later(letter);
    this.open.delete(reply.ref);
    if (reply.error) letter.reject(new Refusal(reply.error));
    else letter.resolve(reply);
    this.flush();
  }

  /** `busy` means: not known to be done, send it again with the same ref. @param {any} letter */
  later(letter) {
    const wait = AGAIN[Math.min(letter.busy, AGAIN.length - 1)];
    letter.busy += 1;
    letter.timer = this.timers.setTimeout(() => this.deliver(letter), wait * 1000);
  }

  /** Nothing will answer any more. @param {string} code */
  give(code) {
    const letters = [...this.open.values()];
    this.pause();
    this.open.clear();
    for (const letter of letters) letter.reject(new Refusal({ code }));
  }
}
