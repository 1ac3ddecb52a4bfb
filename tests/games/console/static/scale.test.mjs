// The chart's arithmetic: pleasant steps, and a line that does not fall because a minute has just begun.

import assert from "node:assert/strict";
import { test } from "node:test";

import { points, scale, step, WINDOW } from "../../../../games/static/games/console/scale.js";

const NOON = 29_000_000; // a minute

test("the grid counts in ones, twos and fives", () => {
  assert.deepEqual([0, 3, 5, 6, 11, 24, 26, 159, 251, 9120].map(step), [1, 1, 1, 2, 5, 5, 10, 50, 100, 2000]);
});

test("no more than five lines stand above the base", () => {
  for (let most = 1; most < 5000; most += 7) assert.ok(Math.ceil(most / step(most)) <= 5);
});

test("the running minute goes from the last one's value to its own", () => {
  const rows = new Map([[NOON - 1, { plays: 100 }], [NOON, { plays: 0 }]]);
  assert.equal(points(rows, NOON * 60).at(-1).value, 100);
  assert.equal(points(rows, NOON * 60 + 30).at(-1).value, 50);
  rows.set(NOON, { plays: 80 });
  assert.equal(Math.round(points(rows, NOON * 60 + 59.999).at(-1).value), 80);
});

test("the running minute arrives where it stays", () => {
  const rows = new Map([[NOON, { plays: 7 }]]);
  assert.ok(Math.abs(points(rows, NOON * 60 + 59.999).at(-1).place - points(rows, (NOON + 1) * 60).find((point) => point.minute === NOON).place) < 0.01);
});

test("an hour is shown, whatever is missing in it", () => {
  const line = points(new Map(), NOON * 60 + 1);
  assert.equal(line.length, WINDOW + 2);
  assert.ok(line.every((point) => point.value === 0));
});

test("a place on the page leads back to its minute", () => {
  const { x, place } = scale(800, 300, NOON, 10);
  for (const minute of [NOON, NOON - 15, NOON - WINDOW]) assert.ok(Math.abs(place(x(minute)) - minute) < 1e-6);
});
