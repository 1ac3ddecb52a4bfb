// How a game stands for who is still outside.

import assert from "node:assert/strict";
import { test } from "node:test";

import { standing } from "../../../games/static/games/play/entrance.js";

const game = (more) => ({ phase: "open", running: true, locked: false, ...more });

test("each state has one word", () => {
  assert.equal(standing(game()), "open");
  assert.equal(standing(game({ running: false })), "paused");
  assert.equal(standing(game({ phase: "waiting", running: false })), "waiting");
  assert.equal(standing(game({ phase: "ended", running: false })), "ended");
});

test("a locked entrance counts more than what goes on inside, and an end more than the lock", () => {
  assert.equal(standing(game({ locked: true })), "locked");
  assert.equal(standing(game({ phase: "waiting", running: false, locked: true })), "locked");
  assert.equal(standing(game({ running: false, locked: true })), "locked");
  assert.equal(standing(game({ phase: "ended", running: false, locked: true })), "ended");
});
