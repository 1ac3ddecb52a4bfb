// The chart as a table: the same rows, the newest first.

import { el } from "../dom.js";
import { number } from "../speech.js";

/** @param {HTMLElement} frame @param {Array<any>} rows @param {import("../speech.js").Times} times */
export function fill(frame, rows, times) {
  const labels = [...frame.querySelectorAll("th")].map((head) => head.textContent);
  const lines = rows.toReversed().map((row) => line([times.time(row.at), ...["plays", "won", "players"].map((name) => number(row[name] ?? 0))], labels));
  if (lines.length > 0) frame.querySelector("tbody").replaceChildren(...lines);
}

/** @param {string[]} cells @param {string[]} labels */
function line(cells, labels) {
  return el("tr", {}, ...cells.map((cell, place) => el(place ? "td.end.num" : "td", { "data-label": labels[place] }, cell)));
}
