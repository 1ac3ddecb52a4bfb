// The chart as a table: the same rows of the same hour, the newest first.

import { el } from "../dom.js";
import { number } from "../speech.js";
import { of } from "./figures.js";
import { WINDOW } from "./scale.js";

/** @param {HTMLElement} frame @param {Array<any>} rows @param {number} now @param {import("../speech.js").Times} times @param {string} silent */
export function fill(frame, rows, now, times, silent) {
  const [minute, ...columns] = frame.querySelectorAll("th");
  const oldest = (Math.floor(now / 60) - WINDOW) * 60;
  const lines = rows.filter((row) => row.at > oldest).toReversed();
  const shown = lines.length > 0 ? lines.map((row) => line(row, minute, columns, times)) : [el("tr", {}, el("td", { colspan: columns.length + 1 }, silent))];
  frame.querySelector("tbody").replaceChildren(...shown);
}

/** @param {any} row @param {HTMLElement} minute @param {HTMLElement[]} columns @param {import("../speech.js").Times} times */
function line(row, minute, columns, times) {
  const cells = columns.map((column) => el("td.end.num", { "data-label": column.textContent }, number(of(row, column.dataset.column))));
  return el("tr", {}, el("td", { "data-label": minute.textContent }, times.time(row.at)), ...cells);
}
