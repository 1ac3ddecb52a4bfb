// Instant win: one buzzer, and the answer at once.
//
// A mechanic's view is one module, found by the name of its kind. It exports:
//
//   words                    {en, fr} with the same keys
//   evolve(everyone, event)  changes what everyone sees of the mechanic by one event that everyone is told
//   pitch(everyone, stage)   one sentence for the entrance, from what everyone sees before anything has happened
//   kept(view, stage)        what the player does not lose while the network is away: a list of sentences
//   play(stage)              the phone: {show(view)}; called after each change; says whether the module has something to show.
//                            Before the opening, in a pause and after the end, `false` leaves the page to the shell's card.
//   screen(stage)            the big screen: {show(view)}, called every second too; `false` leaves the place beside the QR code empty
//   host                     what those who host it see, on the console's live page:
//     words                    {en, fr}; `event_<kind>` is the line of an event in the log, `_one`, `_other` and `_many` for crowds
//     evolve(mechanic, event)  changes what operators see of the mechanic by one event
//     crowd(event)             which events share a line of the log; null: it has its own
//     size(event)              how many an event stands for there
//     gain(event)              how many prizes it gives to its player
//     details(mechanic, event) what its line needs besides the player's name
//     stage(game, t, phase)    elements for the small stage: waiting, open, paused, ended
//     side(game, t, phase)     elements beside it
//     lostByEnd(mechanic, t)   what an end takes away, a sentence or nothing
//
// A view is what view.js describes. A stage has: root (the module's own element), t (its words), times, clock (of the server),
// say(sentence) to ears. The big screen's also has bump(element, text) for numbers that move. The phone's also has
// command(t, fields) -> promise of a reply, awards() -> promise of the player's prizes with codes, mood("" | "won" | "quiet", still),
// focus(element), and changed() to be asked again whether there is something to show.

import { Phone } from "./instant_win/phone.js";
import { stocked } from "./instant_win/stock.js";
import { tries } from "./instant_win/tries.js";
import { Wall } from "./instant_win/wall.js";
import { words } from "./instant_win/words.js";

export { words };
export * as host from "./instant_win/host.js";

/** @param {any} everyone @param {any} event */
export function evolve(everyone, event) {
  const { t, prizes } = event;
  if (t === "bursting") everyone.burst = { prizes, since: event.since, until: event.until };
  if (t === "remaining") everyone.rest = { left: event.left, returned: event.returned, becomes: event.becomes };
  if (t === "disqualified") everyone.recent = everyone.recent.filter((/** @type {any} */ win) => win.player !== event.player);
  if (t === "extended") Object.entries(prizes).forEach(([id, count]) => stocked(everyone, id, count));
  if (t !== "announced") return;
  for (const [id, given] of Object.entries(event.given)) {
    const prize = everyone.prizes.find((/** @type {any} */ each) => each.id === id);
    if (prize) prize.left -= given;
    everyone.left -= given;
  }
  everyone.recent = [...everyone.recent, ...event.wins].slice(-8);
}

/** @param {any} everyone @param {any} stage */
export function pitch(everyone, { t }) {
  return `${t("prizes", { count: everyone.left })} ${t("tries", { count: everyone.plays_per_day })}`;
}

/** @param {import("../view.js").View} view @param {any} stage */
export function kept(view, stage) {
  const { t } = stage;
  const { won } = view.you;
  const count = tries(view, stage);
  return [...(won.length ? [t("kept_won", { count: won.length })] : []), count > 0 ? t("kept_tries", { count }) : t("kept_answer")];
}

/** @param {any} stage */
export const play = (stage) => new Phone(stage);

/** @param {any} stage */
export const screen = (stage) => new Wall(stage);
