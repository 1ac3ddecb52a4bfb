// The sparkline of a tile: the server drew its bars, here they grow.

const HIGH = 46;
const LEAST = 1.5;

/** @param {Element} drawing @param {Array<any>} rows of minutes @param {number} now @param {string} name */
export function spark(drawing, rows, now, name) {
  const bars = [...drawing.children];
  const first = Math.floor(now / 60) - bars.length + 1;
  const known = new Map(rows.map((row) => [row.at / 60, row[name] ?? 0]));
  const values = bars.map((_, place) => known.get(first + place) ?? 0);
  const most = Math.max(...values) || 1;
  for (const [place, bar] of bars.entries()) {
    const height = Math.max(LEAST, (HIGH * values[place]) / most);
    bar.setAttribute("y", (HIGH - height).toFixed(1));
    bar.setAttribute("height", height.toFixed(1));
  }
}
