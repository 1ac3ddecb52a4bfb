// The small plate beside the pointer: two lines of text on ink.

import { svg } from "../dom.js";

const LETTER = 7.1; // px of the bold line; a plate a little too wide is no harm
const HIGH = 50;
const AWAY = 12;

/** @param {number} x of what it tells about @param {number} width of the drawing @param {string} head @param {string} more */
export function tip(x, width, head, more) {
  const wide = Math.max(head.length, more.length * 0.9) * LETTER + 26;
  const left = x + AWAY + wide > width ? Math.max(0, x - AWAY - wide) : x + AWAY;
  const plate = svg("g", { transform: `translate(${left.toFixed(1)} 14)`, "pointer-events": "none" });
  plate.append(svg("rect", { class: "tip", width: wide.toFixed(0), height: HIGH, rx: 9 }), line("tip-b", 21, head), line("tip-t", 39, more));
  return plate;
}

/** @param {string} name @param {number} y @param {string} words */
function line(name, y, words) {
  const element = svg("text", { class: name, x: 13, y });
  element.textContent = words;
  return element;
}
