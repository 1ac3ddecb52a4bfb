// What operators do to prizes, as everyone and as the operators see it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { evolve } from "../../../games/static/games/mechanics/instant_win.js";
import { evolve as hosted } from "../../../games/static/games/mechanics/instant_win/host.js";

const seen = () => ({ prizes: [{ id: "mug", label: "Mug", stock: 9, left: 8 }], left: 8, recent: [{ player: 3, prize: "mug", at: 1 }], plays_per_day: 3 });
const operators = () => ({ ...seen(), plays: 4, won: 1 });

test("stock that is added is there for everyone", () => {
  const view = seen();
  evolve(view, { t: "extended", prizes: { mug: 2, gone: 1 } });
  assert.deepEqual(view.prizes[0], { id: "mug", label: "Mug", stock: 11, left: 10 });
});

test("a burst and what remains at the end stand in the view", () => {
  const view = seen();
  evolve(view, { t: "bursting", prizes: { cup: 3 }, since: 1000, until: 31_000 });
  evolve(view, { t: "remaining", left: { mug: 8 }, returned: {}, becomes: "draw" });
  assert.deepEqual(view.burst, { prizes: { cup: 3 }, since: 1000, until: 31_000 });
  assert.deepEqual(view.rest, { left: { mug: 8 }, returned: {}, becomes: "draw" });
});

test("who is disqualified is no longer named", () => {
  for (const apply of [evolve, hosted]) {
    const view = operators();
    apply(view, { t: "disqualified", player: 3, reason: "staff", returned: { mug: 1 } });
    assert.deepEqual(view.recent, []);
  }
});

test("operators see what is frozen, what came back and how many were consoled", () => {
  const view = operators();
  hosted(view, { t: "frozen", prize: "mug", frozen: true });
  hosted(view, { t: "frozen", prize: "cap", frozen: true });
  hosted(view, { t: "frozen", prize: "mug", frozen: false });
  hosted(view, { t: "disqualified", player: 3, reason: "staff", returned: { mug: 2 } });
  hosted(view, { t: "consoled", player: 4, until: 9 });
  assert.deepEqual([view.frozen, view.returned, view.disqualified, view.consoled, view.plays], [["cap"], 2, [{ player: 3 }], 1, 5]);
});
