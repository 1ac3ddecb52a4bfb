// Paper that falls for a win, and for nothing else. It comes to rest around what is to be read.

import { svg } from "./dom.js";

const COLOURS = ["#ffc733", "#ffffff", "#5be0a6", "#ffb3cf", "var(--accent)"];
const LAYERS = 4;
const PIECES = 64;
const DENSE = 9000; // square pixels of a wide window that share a piece
const MOST = 160;
const COLUMN = 480; // what is to be read is no wider
const EDGE = 16; // a phone has nothing beside it but this
const ABOVE = 104;
const HEAD = 52;

/** Above the ticket or beside it, never on its words. @param {() => number} random @param {number} width @param {number} height */
function place(random, width, height) {
  const beside = Math.max(EDGE, (width - COLUMN) / 2);
  const above = width > COLUMN ? (width * ABOVE) / (width * ABOVE + 2 * beside * height) : 0.5;
  if (random() < above) return [random() * width, around(random)];
  const side = random() * (beside + 12);
  return [random() < 0.5 ? side - 12 : width - side + 12, 100 + random() * (height - 100)];
}

/** Over the name of the house or under it. @param {() => number} random */
function around(random) {
  const at = random() * (ABOVE - HEAD);
  return at < HEAD / 2 ? at : at + HEAD;
}

/** @param {() => number} random @param {number} width @param {number} height */
function piece(random, width, height) {
  const [x, y] = place(random, width, height);
  const size = 4.5 + random() * 6;
  const fill = COLOURS[Math.floor(random() * COLOURS.length)];
  const transform = `translate(${x.toFixed(0)} ${y.toFixed(0)}) rotate(${Math.floor(random() * 360)})`;
  const shape = random();
  if (shape < 0.45) return svg("circle", { r: size.toFixed(1), transform, fill });
  if (shape < 0.72) return svg("rect", { x: -size / 2, y: -size * 1.5, width: size, height: size * 3, rx: size / 2, transform, fill });
  const half = size * 1.3;
  return svg("path", { d: `M${-half} 0a${half} ${half} 0 0 1 ${half * 2} 0z`, transform, fill });
}

/** @param {() => number} [random] @param {number} [width] of the window @param {number} [height] */
export function confetti(random = Math.random, width = innerWidth, height = innerHeight) {
  const layers = Array.from({ length: LAYERS }, () => svg("g"));
  const pieces = width > COLUMN ? Math.min(MOST, Math.max(PIECES, Math.round((width * height) / DENSE))) : PIECES;
  for (let count = 0; count < pieces; count += 1) layers[count % LAYERS].append(piece(random, width, height));
  return svg("svg", { class: "confetti", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" }, ...layers);
}
