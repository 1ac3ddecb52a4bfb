// SHA-256, HMAC and the numbers that follow from a key: games/fairness/stream.py.

/* oxlint-disable no-await-in-loop -- each number follows from all before it */

const utf8 = new TextEncoder();
const WORDS = 2n ** 64n;

export function joined(...parts) {
  const pieces = parts.map((part) => (typeof part === "string" ? utf8.encode(part) : part));
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

export async function hmac(key, ...parts) {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await keyed(key), joined(...parts)));
}

function keyed(key) {
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** 64-bit words: block i is HMAC-SHA-256(key, "R" and i in 8 bytes), read as four big-endian words. */
export class Stream {
  constructor(key) {
    this.key = keyed(key);
    this.block = 0n;
    this.waiting = [];
  }

  async word() {
    if (!this.waiting.length) {
      const message = new DataView(new ArrayBuffer(9));
      message.setUint8(0, 0x52);
      message.setBigUint64(1, this.block);
      const block = new DataView(await crypto.subtle.sign("HMAC", await this.key, message.buffer));
      this.waiting = [24, 16, 8, 0].map((place) => block.getBigUint64(place));
      this.block += 1n;
    }
    return this.waiting.pop();
  }

  /** 0 to n - 1, each exactly as likely: words of the last, incomplete round are thrown away. */
  async below(n) {
    const limit = WORDS - (WORDS % n);
    let word = await this.word();
    while (word >= limit) word = await this.word();
    return word % n;
  }
}
