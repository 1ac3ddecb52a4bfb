// Winners on the big screen, one after the other.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Feed } from "../../../games/static/games/mechanics/instant_win/feed.js";

const wins = (...players) => players.map((player) => ({ player, prize: "mug", at: player * 10 }));
const players = (shown) => shown.map((win) => win.player);

test("who looks for the first time sees the latest winners at once, the newest first", () => {
  assert.deepEqual(players(new Feed(3).take(wins(1, 2, 3, 4), 0)), [4, 3, 2]);
});

test("a handful that is told at once is shown one by one, and none is left out", () => {
  const feed = new Feed(3);
  feed.take(wins(1), 0);
  const seen = [10, 11, 13, 14, 18, 30].map((now) => players(feed.take(wins(1, 2, 3, 4), now)));
  assert.deepEqual(seen, [[2, 1], [2, 1], [2, 1], [3, 2, 1], [4, 3, 2], [4, 3, 2]]);
});

test("before the first winner there is nobody, and the first one is shown when he is told", () => {
  const feed = new Feed(3);
  assert.deepEqual(feed.take([], 0), []);
  assert.deepEqual(players(feed.take(wins(1), 1)), [1]);
});

test("two wins of one player are two", () => {
  const feed = new Feed(3);
  feed.take(wins(1), 0);
  assert.deepEqual(players(feed.take([...wins(1), { player: 1, prize: "mug", at: 99 }], 5)), [1, 1]);
});
