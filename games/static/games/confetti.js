// Paper that falls for a win, and for nothing else. It comes to rest around what is to be read.

import { svg } from "./dom.js";

const COLOURS = ["#ffc733", "#ffffff", "#5be0a6", "#ffb3cf", "var(--accent)"];
const LAYERS = 4;
const PIECES = 64;
const WIDTH = 390;
const HEIGHT = 844;

/** Above the ticket or beside it, never on its words. @param {() => number} random */
function place(random) {
  if (random() < 0.5) return [random() * WIDTH, random() * 96];
  const side = random() < 0.5 ? -12 + random() * 28 : WIDTH - 16 + random() * 28;
  return [side, 100 + random() * (HEIGHT - 100)];
}

/** @param {() => number} random */
function piece(random) {
  const [x, y] = place(random);
  const size = 4.5 + random() * 6;
  const fill = COLOURS[Math.floor(random() * COLOURS.length)];
  const transform = `translate(${x.toFixed(0)} ${y.toFixed(0)}) rotate(${Math.floor(random() * 360)})`;
  const shape = random();
  if (shape < 0.45) return svg("circle", { r: size.toFixed(1), transform, fill });
  if (shape < 0.72) return svg("rect", { x: -size / 2, y: -size * 1.5, width: size, height: size * 3, rx: size / 2, transform, fill });
  const half = size * 1.3;
  return svg("path", { d: `M${-half} 0a${half} ${half} 0 0 1 ${half * 2} 0z`, transform, fill });
}

/** @param {() => number} [random] */
export function confetti(random = Math.random) {
  const layers = Array.from({ length: LAYERS }, () => svg("g"));
  for (let count = 0; count < PIECES; count += 1) layers[count % LAYERS].append(piece(random));
  return svg("svg", { class: "confetti", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" }, ...layers);
}
