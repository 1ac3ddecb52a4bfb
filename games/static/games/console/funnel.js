// The way from the door to the prize: asked again while numbers move, for no socket carries it.

import { write } from "../dom.js";
import { count, percent } from "./figures.js";

const EVERY = 10_000; // ms between two questions

/** @param {string} url @param {(lastWin: number | null) => void} heard @returns {{stale: () => void}} */
export function follow(url, heard) {
  let stale = false;

  async function ask() {
    if (!stale || document.hidden) return;
    stale = false;
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const { steps, last_win: lastWin } = await answer.json();
    for (const step of steps) show(step);
    heard(lastWin);
  }

  setInterval(ask, EVERY);
  return { stale: () => (stale = true) };
}

/** @param {{name: string, value: number, share: number, rate: number | null}} step */
function show(step) {
  const place = document.querySelector(`[data-step="${step.name}"]`);
  if (!place) return;
  count(place.querySelector("[data-value]"), step.value);
  place.querySelector("rect").setAttribute("width", `${step.share}%`);
  write(place.querySelector("[data-rate]"), step.rate === null ? "" : percent(step.rate));
}
