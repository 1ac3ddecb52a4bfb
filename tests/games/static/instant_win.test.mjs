// The instant win's view, without a page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { evolve, kept, pitch, words } from "../../../games/static/games/mechanics/instant_win.js";
import { next } from "../../../games/static/games/mechanics/instant_win/ticket.js";
import { tries } from "../../../games/static/games/mechanics/instant_win/tries.js";
import { clockwise, speaker } from "../../../games/static/games/speech.js";

const everyone = () => ({ prizes: [{ id: "mug", label: "Mug", stock: 9, left: 9 }], left: 9, recent: [], plays_per_day: 3 });
const stage = (now = 1000) => ({ t: speaker(words, "en"), clock: { now: () => now } });

test("wins that are announced leave the stock and are remembered, the latest eight", () => {
  const seen = everyone();
  for (let player = 1; player <= 9; player += 1) evolve(seen, { t: "announced", wins: [{ player, prize: "mug", at: player }], given: { mug: 1 } });
  assert.equal(seen.left, 0);
  assert.equal(seen.prizes[0].left, 0);
  assert.deepEqual(seen.recent.map((win) => win.player), [2, 3, 4, 5, 6, 7, 8, 9]);
});

test("a full minute names the newest winners and counts all of them", () => {
  const seen = everyone();
  evolve(seen, { t: "announced", wins: [{ player: 1, prize: "mug", at: 1 }], given: { mug: 4, gone: 1 } });
  assert.deepEqual([seen.left, seen.prizes[0].left, seen.recent.length], [4, 5, 1]);
});

test("other events change nothing that everyone sees", () => {
  const seen = everyone();
  evolve(seen, { t: "won", player: 1, prize: "mug" });
  assert.deepEqual(seen, everyone());
});

test("the entrance says what can be won and how often one may try", () => {
  assert.equal(pitch(everyone(), stage()), "9 prizes to win. 3 tries a day, your answer at once.");
});

test("a day that is over gives its tries back, though nothing happened on the server", () => {
  const view = (plays_left, next_play_at) => ({ everyone: everyone(), you: { plays_left, next_play_at, won: [] } });
  assert.equal(tries(view(2, null), stage()), 2);
  assert.equal(tries(view(0, 1001), stage()), 0);
  assert.equal(tries(view(0, 1000), stage()), 3);
});

test("while the network is away the page says what is kept", () => {
  const view = { everyone: everyone(), you: { plays_left: 2, next_play_at: null, won: [{ prize: "mug", at: 1 }] } };
  assert.deepEqual(kept(view, stage()), ["Your prize", "Your 2 tries for today"]);
  const played = { everyone: everyone(), you: { plays_left: 0, next_play_at: 2000, won: [] } };
  assert.deepEqual(kept(played, stage()), ["Today's answer"]);
});

test("after a win the player is told whether he may play again, and when", () => {
  const times = { when: (at) => `at ${at}` };
  const said = (game, you, left = 0) => next({ game: { phase: "open", running: true, closes_at: 5000, ...game }, you }, left, { ...stage(), times });
  assert.deepEqual(said({}, {}, 2), ["again", "Play again, 2 tries left"]);
  assert.deepEqual(said({}, { next_play_at: 2000 }), ["later", "No try left for now. Your next one comes at 2000, on this page."]);
  assert.deepEqual(said({}, { next_play_at: 5000 }), ["last", "That was your last try in this game. Thank you for playing."]);
  assert.equal(said({ running: false }, {}, 2)[0], "break");
  assert.equal(said({ phase: "ended", running: false }, {}, 2)[0], "over");
});

test("countdowns look like clocks", () => {
  assert.deepEqual([5, 65, 3849, 0].map(clockwise), ["0:05", "1:05", "1:04:09", "0:00"]);
});
