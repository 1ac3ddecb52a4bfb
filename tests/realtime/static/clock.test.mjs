// Timers count on the server's time.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ServerClock } from "../../../realtime/static/realtime/clock.js";

function clock() {
  const world = { time: 100 };
  return { world, clock: new ServerClock(() => world.time) };
}

test("the least delayed frame sets the clock", () => {
  const { world, clock: server } = clock();
  server.read({ now: 1000, running: true });
  world.time = 110;
  server.read({ now: 1009.8 }); // 0.2 s late
  assert.equal(server.now(), 1010);
  server.read({ now: 1010.3 }); // the first was 0.3 s late
  assert.equal(server.now(), 1010.3);
});

test("a leap is believed: the device slept or the server's clock was set", () => {
  const { world, clock: server } = clock();
  server.read({ now: 1000, running: true });
  world.time = 110;
  server.read({ now: 1005 });
  assert.equal(server.now(), 1005);
});

test("the game's clock stands while the game does", () => {
  const { world, clock: server } = clock();
  server.read({ now: 1000, running: true });
  server.set(0, 1000);
  world.time = 110;
  server.read({ now: 1010, running: false });
  world.time = 130;
  assert.equal(server.game(), 1010);
  server.read({ now: 1030, running: true });
  world.time = 135;
  assert.equal(server.game(), 1015);
  assert.equal(server.now(), 1035);
});

test("who arrives during a pause sees the time at which it stands", () => {
  const { world, clock: server } = clock();
  server.read({ now: 1000, running: false });
  server.set(40, 1000);
  world.time = 120;
  assert.equal(server.game(), 960);
  assert.equal(server.until(1030), 10);
  assert.equal(server.until(900), 0);
});
