// A number that moves is seen to move.

import { write } from "../dom.js";

const calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

/** @param {Element} element @param {string} text */
export function bump(element, text) {
  const before = element.textContent;
  if (before === text) return;
  write(element, text);
  if (/\d/.test(before ?? "") && !calm?.matches) element.animate({ scale: [1, 1.07, 1] }, { duration: 280, easing: "ease-out" });
}
