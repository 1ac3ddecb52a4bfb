// Numbers that move: tabular, a bump of the digits at most twice a second, nothing when nothing changed.

import { number, speaker } from "../speech.js";

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

/** A number by its name; a game that nobody has played has none yet. @param {any} numbers a frame or a row of it @param {string} name */
export const of = (numbers, name) => numbers?.[name] ?? 0;

/**
 * What the minute that runs has brought so far, and what the one before brought: all pages mean these two.
 * @param {Array<any>} rows @param {number} now @returns {[any, any]}
 */
export function lately(rows, now) {
  const running = Math.floor(now / 60) * 60;
  return [rows.find((row) => row.at === running), rows.find((row) => row.at === running - 60)];
}

/** A count in the words of its mechanic, which the server put beside it. @param {DOMStringMap} given @returns {(value: number) => string} */
export function counting({ one, other }) {
  const forms = { number_one: one, number_other: other };
  const say = speaker({ en: forms, fr: forms });
  return (value) => say("number", { count: value });
}
