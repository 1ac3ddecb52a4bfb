// Timers count on the server's time.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ServerClock } from "../../../realtime/static/realtime/clock.js";

const snapshot = (now, running, everyone) => ({ t: "snapshot", now, running, everyone: { phase: "open", paused: 0, ...everyone } });

function clock() {
  const world = { time: 100, own: 5000 };
  return { world, server: new ServerClock(() => world.time, () => world.own) };
}

test("the least delayed frame sets the clock", () => {
  const { world, server } = clock();
  server.hear(snapshot(1000, true));
  world.time = 110;
  server.hear({ now: 1009.8, running: true }); // 0.2 s late
  assert.equal(server.now(), 1010);
  server.hear({ now: 1010.3, running: true }); // the first was 0.3 s late
  assert.equal(server.now(), 1010.3);
});

test("a leap is believed: the device slept or the server's clock was set", () => {
  const { world, server } = clock();
  server.hear(snapshot(1000, true));
  world.time = 110;
  server.hear({ now: 1005, running: true });
  assert.equal(server.now(), 1005);
});

test("time goes on before the opening, so that a countdown can be shown", () => {
  const { world, server } = clock();
  server.hear(snapshot(1000, false, { phase: "waiting" }));
  world.time = 110;
  assert.equal(server.until(1030), 20);
  assert.equal(server.until(900), 0);
});

test("the game's clock stands in a pause, the wall's does not", () => {
  const { world, server } = clock();
  server.hear(snapshot(1000, true));
  world.time = 110;
  server.hear({ now: 1010, running: false, events: [{ t: "paused", at: 1010 }] });
  world.time = 130;
  world.own = 1030;
  assert.equal(server.game(), 1010);
  assert.equal(server.now(), 1030);
  server.hear({ now: 1010, running: true, events: [{ t: "resumed", at: 1030 }] });
  world.time = 135;
  assert.equal(server.game(), 1015);
  assert.equal(server.now(), 1035);
});

test("who arrives during a pause learns at the end of it how long it was", () => {
  const { world, server } = clock();
  server.hear(snapshot(960, false, { paused: 40 })); // paused at 1000 of the wall
  world.time = 120;
  assert.equal(server.game(), 960);
  server.hear({ now: 960, running: true, events: [{ t: "resumed", at: 1020 }] });
  assert.equal(server.game(), 960);
  assert.equal(server.now(), 1020);
});

test("without a word of the server the device's own clock has to do", () => {
  assert.equal(clock().server.now(), 5000);
});
