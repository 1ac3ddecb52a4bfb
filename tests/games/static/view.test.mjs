// A game is followed by a snapshot and then by events.

import assert from "node:assert/strict";
import { test } from "node:test";

import { GameView } from "../../../games/static/games/view.js";

function snapshot(more = {}) {
  const game = { phase: "waiting", running: false, locked: false, opens_at: null, closes_at: null, paused: 0, players: 3, newest: [{ player: 17 }] };
  return { everyone: { ...game, mechanic: { left: 5 } }, you: { player: 17, name: "Ana M.", mechanic: { plays_left: 1 } }, names: { 17: "Ana M." }, ...more };
}

function followed(...events) {
  const view = new GameView((mechanic, event) => Object.assign(mechanic, { left: mechanic.left - event.wins }));
  view.snapshot(snapshot());
  view.events({ events, names: { 18: "Bo" } });
  return view.view;
}

test("a snapshot is taken apart: the game, the mechanic, what is mine, who I am", () => {
  const view = followed();
  assert.equal(view.game.phase, "waiting");
  assert.deepEqual([view.everyone, view.you, view.me], [{ left: 5 }, { plays_left: 1 }, { player: 17, name: "Ana M." }]);
  assert.deepEqual(view.names, { 17: "Ana M.", 18: "Bo" });
});

test("a spectator has nothing of his own", () => {
  const view = new GameView(() => {});
  view.snapshot(snapshot({ you: null }));
  assert.deepEqual([view.view.you, view.view.me], [null, null]);
});

test("the lifecycle turns the game, the mechanic's events go to its module", () => {
  const states = (...kinds) => followed(...kinds.map((t) => ({ t }))).game;
  assert.deepEqual([states("opened").phase, states("opened").running], ["open", true]);
  assert.equal(states("opened", "paused").running, false);
  assert.equal(states("opened", "paused", "resumed").running, true);
  assert.deepEqual([states("opened", "ended").phase, states("opened", "ended").running], ["ended", false]);
  assert.equal(followed({ t: "locked", locked: true }).game.locked, true);
  assert.equal(followed({ t: "announced", wins: 2 }).everyone.left, 3);
});

test("who came last stands first, at most twelve, and nobody who was sent away", () => {
  const came = Array.from({ length: 12 }, (_, index) => ({ t: "joined", player: index + 20 }));
  const newest = (...events) => followed(...events).game.newest.map((each) => each.player);
  assert.deepEqual(newest(came[0]), [20, 17]);
  assert.deepEqual(newest(...came), [31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20]);
  assert.deepEqual(newest(came[0], { t: "gone", player: 17 }), [20]);
});

test("nobody reads the name of who was sent away, also where a later frame brings it along", () => {
  const view = new GameView(() => {});
  view.snapshot(snapshot());
  view.events({ events: [{ t: "gone", player: 17 }], names: {} });
  assert.deepEqual(view.view.names, {});
  view.events({ events: [{ t: "announced" }], names: { 17: "Ana M.", 18: "Bo" } });
  assert.deepEqual(view.view.names, { 18: "Bo" });
  view.snapshot(snapshot());
  assert.deepEqual(view.view.names, {});
});

test("no event can name a method that every object has", () => {
  assert.equal(followed({ t: "constructor", wins: 1 }).everyone.left, 4);
});

test("frames that come before the snapshot change nothing", () => {
  const view = new GameView(() => assert.fail());
  view.events({ events: [{ t: "announced" }], names: {} });
  view.yours({ player: 1 });
  view.presence({ players: 9 });
  view.snapshot(snapshot());
  assert.equal(view.view.present, 9);
});
