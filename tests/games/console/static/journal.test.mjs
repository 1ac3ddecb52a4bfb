// The log in a crowd: readable, bounded, and every event told once.

import assert from "node:assert/strict";
import { test } from "node:test";

import { host } from "../../../../games/static/games/mechanics/instant_win.js";
import { GAP, Journal, MOST } from "../../../../games/static/games/console/live/journal.js";

const { crowd, gain, size } = host;

const journal = () => new Journal((event) => (event.t === "joined" ? "joined" : crowd(event)), size);
const entry = (seq, at, t, more = {}) => ({ seq, at, event: { t, ...more }, name: more.name ?? "" });

test("a hundred losers a second are one line a minute", () => {
  const log = journal();
  for (let seq = 1; seq <= 6000; seq += 1) log.add(entry(seq, 600 + seq / 100, "lost", { player: seq }));
  assert.deepEqual(log.lines.map((line) => line.count), [1, 5999]);
});

test("what an operator does stands alone, the newest first", () => {
  const log = journal();
  log.add(entry(1, 600, "lost"));
  log.add(entry(2, 601, "paused"));
  log.add(entry(3, 602, "resumed"));
  log.add(entry(4, 603, "lost"));
  assert.deepEqual(log.lines.map((line) => [line.kind, line.count]), [["resumed", 1], ["paused", 1], ["lost", 2]]);
});

test("winners of one prize share a line, another prize has its own", () => {
  const log = journal();
  for (let seq = 1; seq <= 5; seq += 1) log.add(entry(seq, 600, "won", { prize: "mug", name: `P${seq}` }));
  log.add(entry(6, 600, "won", { prize: "trip", name: "P6" }));
  assert.deepEqual(log.lines.map((line) => [line.event.prize, line.count, line.names]), [["trip", 1, ["P6"]], ["mug", 5, ["P1", "P2", "P3"]]]);
});

test("wins that are announced together count one by one", () => {
  const log = journal();
  log.add(entry(1, 600, "announced", { wins: [{}, {}, {}], given: { mug: 58, trip: 2 } }));
  assert.equal(log.lines[0].count, 60, "though only the newest have names");
});

test("a win is one prize more for its player, and nothing else is", () => {
  assert.deepEqual(["won", "lost", "announced", "joined"].map((t) => gain({ t })), [1, 0, 0, 0]);
});

test("an event is told once, however often it arrives", () => {
  const log = journal();
  assert.equal(log.add(entry(7, 600, "paused")).length, 1);
  assert.deepEqual(log.add(entry(7, 600, "paused")), []);
  assert.deepEqual(log.add(entry(6, 600, "opened")), []);
  assert.equal(log.lines.length, 1);
});

test("the log is bounded", () => {
  const log = journal();
  for (let seq = 1; seq <= 500; seq += 1) log.add(entry(seq, seq * 60, "paused"));
  assert.equal(log.lines.length, MOST);
  assert.equal(log.lines[0].seq, 500);
});

/** Every event of the log is told by a line, by a gap, or is among the earlier. */
const complete = (log) => assert.equal(log.lines.reduce((sum, line) => sum + line.events, log.earlier), log.last);

test("what the page was not given is counted where it is missing", () => {
  const log = journal();
  log.add(entry(41, 600, "paused"));
  log.add(entry(282, 660, "lost"));
  log.add(entry(283, 661, "lost"));
  assert.deepEqual(log.lines.map((line) => [line.kind, line.count]), [["lost", 2], [GAP, 240], ["paused", 1]]);
  assert.equal(log.earlier, 40);
  complete(log);
});

test("what a snapshot is ahead of what was fetched is counted too", () => {
  const log = journal();
  log.add(entry(1, 600, "opened"));
  assert.equal(log.leave(9, 601).length, 1);
  assert.deepEqual(log.leave(9, 602), []);
  assert.deepEqual(log.lines.map((line) => [line.kind, line.count]), [[GAP, 8], ["opened", 1]]);
  complete(log);
  const empty = journal();
  empty.leave(9, 600);
  assert.deepEqual([empty.lines, empty.earlier], [[], 9]);
});

test("what has slid out of the log is among the earlier, a crowd of this minute too", () => {
  const log = journal();
  log.add(entry(1, 600, "lost"));
  for (let seq = 2; seq <= 1 + MOST; seq += 1) log.add(entry(seq, 600, "paused"));
  log.add(entry(2 + MOST, 601, "lost"));
  assert.deepEqual([log.lines[0].kind, log.lines[0].count, log.lines.length], ["lost", 1, MOST]);
  assert.equal(log.earlier, 2);
  complete(log);
});

test("a line may stand for more than its events: those are what is counted", () => {
  const log = journal();
  log.add(entry(1, 600, "announced", { wins: [{}], given: { mug: 60 } }));
  assert.equal(log.earlier, 0);
});

test("who did it is written beside it when it is known", () => {
  const log = journal();
  log.add(entry(1, 600, "paused"));
  assert.equal(log.sign(1, "Malo").by, "Malo");
  assert.equal(log.sign(2, "Malo"), undefined);
});
