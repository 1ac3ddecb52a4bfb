// Minutes to pixels, and numbers that are pleasant to read on an axis.

export const WINDOW = 60; // minutes
export const MARGIN = { left: 42, right: 16, top: 14, bottom: 28 };

const STEPS = [1, 2, 5];
const LINES = 5;

/** The step between two lines of the grid: 1, 2, 5, 10, 20… @param {number} most @returns {number} */
export function step(most) {
  const rough = Math.max(1, most / LINES);
  const power = 10 ** Math.floor(Math.log10(rough));
  return (STEPS.find((each) => each * power >= rough) ?? 10) * power;
}

/**
 * The points of the line: each minute that is over, and the one that runs. That one stands where it will be if it goes on as the
 * last did, so the line never falls to zero because a minute has just begun.
 * @param {Map<number, any>} rows by minute @param {number} now seconds @returns {Array<{minute: number, place: number, value: number, won: number, running: boolean}>}
 */
export function points(rows, now) {
  const running = Math.floor(now / 60);
  const part = now / 60 - running;
  const past = Array.from({ length: WINDOW + 1 }, (_, index) => running - WINDOW - 1 + index);
  const known = past.map((minute) => ({ minute, place: minute, value: of(rows, minute, "plays"), won: of(rows, minute, "won"), running: false }));
  const value = of(rows, running - 1, "plays") * (1 - part) + of(rows, running, "plays");
  return [...known, { minute: running, place: running - 1 + part, value, won: of(rows, running, "won"), running: true }];
}

/** @param {Map<number, any>} rows @param {number} minute @param {string} name */
export const of = (rows, minute, name) => rows.get(minute)?.[name] ?? 0;

/** @param {number} width @param {number} height @param {number} here the place of the right edge @param {number} top the highest value shown */
export function scale(width, height, here, top) {
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  return {
    base: height - MARGIN.bottom,
    x: (/** @type {number} */ place) => MARGIN.left + ((place - here + WINDOW) / WINDOW) * inner.width,
    y: (/** @type {number} */ value) => height - MARGIN.bottom - (value / top) * inner.height,
    place: (/** @type {number} */ x) => ((x - MARGIN.left) / inner.width) * WINDOW - WINDOW + here,
  };
}
