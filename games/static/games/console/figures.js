// Numbers that move: tabular, a bump of the digits at most twice a second, nothing when nothing changed.

import { number } from "../speech.js";

const BUMP = 500; // ms

/** @type {WeakMap<Element, number>} when an element last bumped */
const bumped = new WeakMap();

/** @param {Element | null} element @param {number} value @param {string} [sign] stands before it */
export function count(element, value, sign = "") {
  if (!element) return;
  const text = sign + number(value);
  if (element.textContent === text) return;
  element.textContent = text;
  bump(element);
}

/** @param {Element} element */
export function bump(element) {
  const now = performance.now();
  if (now - (bumped.get(element) ?? -BUMP) < BUMP) return;
  bumped.set(element, now);
  element.classList.remove("just-changed");
  requestAnimationFrame(() => element.classList.add("just-changed"));
}

/** @param {number} value 59 is 59% or 59 % */
export function percent(value) {
  return new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(value / 100).replace("\u00a0", "\u202f");
}

/** A game that nobody has played has no numbers yet. @param {any} frame of statistics */
export const whole = (frame) => ({ plays: 0, won: 0, players: 0, ...frame });

/** What the last minute that is over brought. @param {Array<any>} rows @param {number} now @param {string} name */
export function lastFull(rows, now, name) {
  const wanted = (Math.floor(now / 60) - 1) * 60;
  return rows.find((row) => row.at === wanted)?.[name] ?? 0;
}
