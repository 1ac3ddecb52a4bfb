// What a closed socket means, and how long to wait before the next.

/** Close codes after which coming back as we are is useless; the page says why. */
const FINAL = new Map([
  [4400, "bad_frame"],
  [4401, "not_signed_in"],
  [4403, "forbidden"],
  [4404, "no_such_game"],
  [4409, "elsewhere"],
  [4440, "banned"],
  [4441, "kicked"],
]);
const SLOW_DOWN = 4429;
const FIRST = 0.5;
const LONGEST = 30;

/** @param {number} code @returns {string | null} a word, or null when we come back */
export function finalWord(code) {
  return FINAL.get(code) ?? (code >= 4400 && code < 4500 && code !== 4408 && code !== SLOW_DOWN ? "closed" : null);
}

/**
 * Full jitter: a crowd that lost its server comes back spread out.
 * @param {number} attempt 0, 1, 2… @param {() => number} random @returns {number} seconds
 */
export function backoff(attempt, random) {
  return random() * Math.min(LONGEST, FIRST * 2 ** attempt);
}

/** Who was too fast begins further back. @param {number} code @param {number} attempt */
export function attemptAfter(code, attempt) {
  return code === SLOW_DOWN ? Math.max(attempt + 1, 4) : attempt + 1;
}
