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
 * Each minute of the hour that is over, and the one that runs, with what it has brought so far: no value here is guessed.
 * @param {Map<number, any>} rows by minute @param {number} now seconds @param {string} pulse @param {string} [prizes]
 * @returns {Array<{minute: number, place: number, value: number, won: number, running: boolean}>}
 */
export function points(rows, now, pulse, prizes = "") {
  const running = Math.floor(now / 60);
  const part = now / 60 - running;
  const minutes = Array.from({ length: WINDOW + 2 }, (_, index) => running - WINDOW - 1 + index);
  return minutes.map((minute) => {
    const row = rows.get(minute);
    const runs = minute === running;
    return { minute, place: runs ? running - 1 + part : minute, value: row?.[pulse] ?? 0, won: row?.[prizes] ?? 0, running: runs };
  });
}

/**
 * @param {number} width @param {number} height @param {number} here the place of the right edge @param {number} top the highest value shown
 * @param {number} [lane] what is kept free below the base, for a series of its own
 */
export function scale(width, height, here, top, lane = 0) {
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom - lane };
  const foot = height - MARGIN.bottom;
  return {
    foot,
    base: foot - lane,
    x: (/** @type {number} */ place) => MARGIN.left + ((place - here + WINDOW) / WINDOW) * inner.width,
    y: (/** @type {number} */ value) => foot - lane - (value / top) * inner.height,
    place: (/** @type {number} */ x) => ((x - MARGIN.left) / inner.width) * WINDOW - WINDOW + here,
  };
}
