// The way from the door to the prize. How many came in is told by the socket; of the other steps, which count people, the page asks again.

import { write } from "../dom.js";
import { count, percent } from "./figures.js";

const APART = 2_000; // ms between two questions at least
const SHARE = 20; // an answer that took long is asked for less often: at most this part of the time goes into it

/** @param {string} url @param {(lastWin: number | null) => void} heard @returns {{stale: () => void, came: (players: number) => void}} */
export function follow(url, heard) {
  const values = new Map([...document.querySelectorAll("[data-step]")].map((step) => [step.dataset.step, Number(step.querySelector("[data-value]").dataset.value)]));
  let due = 0;
  let next = 0;
  let players = 0;

  async function ask() {
    due = 0;
    const asked = Date.now();
    next = asked + APART;
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    next = Math.max(next, Date.now() + SHARE * (Date.now() - asked));
    if (!answer?.ok || answer.redirected) return;
    const { steps, last_win: lastWin } = await answer.json();
    for (const step of steps) values.set(step.name, step.value);
    draw();
    heard(lastWin);
  }

  /** Who came in has given a name, whichever of the two was told first. */
  function draw() {
    values.set("came", Math.max(players, values.get("came") ?? 0));
    values.set("named", Math.max(values.get("named") ?? 0, values.get("came")));
    for (const step of ways(values)) show(step);
  }

  return {
    stale: () => (due ||= setTimeout(ask, Math.max(0, next - Date.now()))),
    came: (number) => {
      players = number;
      draw();
    },
  };
}

/** Each step with its share of the first and its rate of the one before, per cent. @param {Map<string, number>} values */
export function ways(values) {
  const [first] = values.values();
  let before = 0;
  return [...values].map(([name, value]) => {
    const step = { name, value, share: cent(value, first), rate: before ? cent(value, before) : null };
    before = value;
    return step;
  });
}

const cent = (part, whole) => (whole ? Math.round((100 * part) / whole) : 0);

/** @param {{name: string, value: number, share: number, rate: number | null}} step */
function show(step) {
  const place = document.querySelector(`[data-step="${step.name}"]`);
  count(place.querySelector("[data-value]"), step.value);
  place.querySelector("rect").setAttribute("width", `${step.share}%`);
  write(place.querySelector("[data-rate]"), step.rate === null ? "" : percent(step.rate));
}
