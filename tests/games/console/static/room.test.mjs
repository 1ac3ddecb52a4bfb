// The game as operators see it: a snapshot and events lead to the same picture as a later snapshot.

import assert from "node:assert/strict";
import { test } from "node:test";

import { host } from "../../../../games/static/games/mechanics/instant_win.js";
import { Room } from "../../../../games/static/games/console/live/room.js";
import { speaker } from "../../../../games/static/games/speech.js";

const { evolve, lostByEnd, words } = host;

const everyone = (more = {}) => ({
  phase: "open",
  running: true,
  locked: false,
  players: 0,
  banned: [],
  mechanic: { prizes: [{ id: "mug", label: "Mug", stock: 2, left: 2 }], left: 2, recent: [], plays: 0, won: 0 },
  ...more,
});

const room = (more) => {
  const made = new Room(evolve);
  made.snapshot({ everyone: everyone(more) });
  return made;
};

test("plays, wins and newcomers are counted as they happen", () => {
  const seen = room();
  seen.happen([{ t: "joined", player: 1 }, { t: "lost", player: 1 }, { t: "won", player: 1, prize: "mug" }]);
  const { plays, won, left, prizes } = seen.game.mechanic;
  assert.deepEqual([seen.game.players, plays, won, left, prizes[0].left], [1, 2, 1, 1, 1]);
});

test("the phase follows the operators", () => {
  const seen = room({ phase: "waiting", running: false });
  const phases = [seen.phase];
  for (const t of ["opened", "paused", "resumed", "ended"]) {
    seen.happen([{ t }]);
    phases.push(seen.phase);
  }
  assert.deepEqual(phases, ["waiting", "open", "paused", "open", "ended"]);
});

test("the entrance and the excluded are remembered", () => {
  const seen = room({ banned: [{ player: 3 }] });
  seen.happen([{ t: "locked", locked: true }, { t: "banned", player: 5 }, { t: "kicked", player: 6 }]);
  assert.equal(seen.game.locked, true);
  assert.deepEqual([...seen.banned], [3, 5]);
});

test("events before the first snapshot change nothing", () => {
  const seen = new Room(evolve);
  seen.happen([{ t: "joined", player: 1 }]);
  assert.equal(seen.game, null);
});

test("an end says what it takes away", () => {
  assert.equal(lostByEnd({ left: 123 }, speaker(words, "en")), "123 prizes will not be given.");
  assert.equal(lostByEnd({ left: 0 }, speaker(words, "en")), "");
});
