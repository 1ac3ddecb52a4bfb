// The chart's arithmetic: pleasant steps, and a line that does not fall because a minute has just begun.

import assert from "node:assert/strict";
import { test } from "node:test";

import { lately, of } from "../../../../games/static/games/console/figures.js";
import { ways } from "../../../../games/static/games/console/funnel.js";
import { points, scale, step, WINDOW } from "../../../../games/static/games/console/scale.js";

const NOON = 29_000_000; // a minute

test("the grid counts in ones, twos and fives", () => {
  assert.deepEqual([0, 3, 5, 6, 11, 24, 26, 159, 251, 9120].map(step), [1, 1, 1, 2, 5, 5, 10, 50, 100, 2000]);
});

test("no more than five lines stand above the base", () => {
  for (let most = 1; most < 5000; most += 7) assert.ok(Math.ceil(most / step(most)) <= 5);
});

test("the running minute has what it has brought so far, as the tiles say it", () => {
  const rows = [{ at: (NOON - 1) * 60, plays: 100, won: 3 }, { at: NOON * 60, plays: 7, won: 1 }];
  const line = points(new Map(rows.map((row) => [row.at / 60, row])), NOON * 60 + 30, "plays", "won");
  const [running, before] = lately(rows, NOON * 60 + 30);
  assert.deepEqual(line.slice(-2).map((point) => [point.value, point.won, point.running]), [[before.plays, before.won, false], [running.plays, running.won, true]]);
});

test("all that is shown of the minute turns in the same moment", () => {
  const rows = [{ at: NOON * 60, plays: 7 }];
  for (const [now, found] of [[NOON * 60 + 59.9, [7, 0]], [NOON * 60 + 60, [0, 7]], [NOON * 60 + 120, [0, 0]]]) {
    const line = points(new Map(rows.map((row) => [row.at / 60, row])), now, "plays");
    assert.deepEqual(lately(rows, now).map((row) => of(row, "plays")), found);
    assert.deepEqual(line.slice(-2).map((point) => point.value), found.toReversed());
  }
});

test("a mechanic that gives no prizes has none in its chart", () => {
  assert.ok(points(new Map([[NOON, { plays: 7, won: 1 }]]), NOON * 60 + 1, "plays").every((point) => point.won === 0));
});

test("the running minute arrives where it stays", () => {
  const rows = new Map([[NOON, { plays: 7 }]]);
  assert.ok(Math.abs(points(rows, NOON * 60 + 59.999, "plays").at(-1).place - points(rows, (NOON + 1) * 60, "plays").find((point) => point.minute === NOON).place) < 0.01);
});

test("an hour is shown, whatever is missing in it", () => {
  const line = points(new Map(), NOON * 60 + 1, "plays");
  assert.equal(line.length, WINDOW + 2);
  assert.ok(line.every((point) => point.value === 0));
});

test("what has a lane of its own leaves the rest to the line", () => {
  const [plain, laned] = [scale(800, 300, NOON, 10), scale(800, 300, NOON, 10, 66)];
  assert.equal(laned.foot, plain.base);
  assert.deepEqual([laned.base, laned.y(0), laned.y(10)], [plain.base - 66, plain.base - 66, plain.y(10)]);
});

test("a place on the page leads back to its minute", () => {
  const { x, place } = scale(800, 300, NOON, 10);
  for (const minute of [NOON, NOON - 15, NOON - WINDOW]) assert.ok(Math.abs(place(x(minute)) - minute) < 1e-6);
});

test("each step of the way has its share of the first and its rate of the one before", () => {
  const found = ways(new Map([["named", 5], ["came", 4], ["played", 3], ["won", 0]]));
  assert.deepEqual(found.map((each) => [each.share, each.rate]), [[100, null], [80, 80], [60, 75], [0, 0]]);
  assert.deepEqual(ways(new Map([["named", 0], ["came", 0]])).map((each) => [each.share, each.rate]), [[0, null], [0, null]]);
});
