// The client's side of the protocol: gaps, repeats, coming back, giving up.

import assert from "node:assert/strict";
import { test } from "node:test";

import { connect } from "../../../realtime/static/realtime/socket.js";
import { greeted, settle, SNAPSHOT, World } from "./fake.mjs";

const events = (since, seq, ...kinds) => ({ t: "events", since, seq, now: SNAPSHOT.now, running: true, events: kinds.map((t) => ({ t })) });
const sent = (socket, t) => socket.sent.filter((frame) => frame.t === t);

test("says hello with nothing known and the ticket of the moment", async () => {
  const { world } = await greeted({ ticket: async () => "secret" });
  assert.deepEqual(world.socket.sent[0], { t: "hello", line: null, seq: null, ticket: "secret" });
});

test("says hello without a ticket where the cookie speaks", async () => {
  const { world } = await greeted({ ticket: async () => null });
  assert.equal("ticket" in world.socket.sent[0], false);
});

test("applies the next events and ignores those it has", async () => {
  const { world, heard } = await greeted();
  world.socket.says(events(19, 20, "opened"));
  world.socket.says(events(19, 20, "opened"));
  world.socket.says(events(20, 20));
  world.socket.says(events(20, 21, "paused"));
  assert.deepEqual(heard.events, [{ t: "opened" }, { t: "paused" }]);
  assert.deepEqual(sent(world.socket, "resume"), []);
});

test("asks once for what is missing, and again when nobody answers", async () => {
  const { world, heard } = await greeted();
  world.socket.says(events(22, 23, "ended"));
  world.socket.says(events(23, 24, "ended"));
  assert.deepEqual(sent(world.socket, "resume"), [{ t: "resume", line: "k3f9", seq: 19 }]);
  await world.pass(4);
  world.socket.says(events(24, 25, "ended"));
  assert.equal(sent(world.socket, "resume").length, 2);
  world.socket.says(events(19, 25, "opened", "ended"));
  world.socket.says({ t: "you", seq: 25, you: { player: 17 } });
  assert.deepEqual(heard.events, [{ t: "opened" }, { t: "ended" }]);
});

test("a ping that is ahead shows that the last frame was lost", async () => {
  const { world } = await greeted();
  world.socket.says({ t: "ping", seq: 19 });
  world.socket.says({ t: "ping", seq: 20 });
  assert.equal(sent(world.socket, "pong").length, 2);
  assert.equal(sent(world.socket, "resume").length, 1);
});

test("a snapshot of another line replaces what was known, also backwards", async () => {
  const { world, heard } = await greeted();
  world.socket.says({ ...SNAPSHOT, line: "new1", seq: 3 });
  world.socket.says(events(3, 4, "opened"));
  assert.equal(heard.snapshots.length, 2);
  assert.deepEqual(heard.events, [{ t: "opened" }]);
});

test("comes back with what it knows and does not lose its place", async () => {
  const { world, heard } = await greeted();
  world.socket.dies();
  assert.equal(heard.states.at(-1).name, "back");
  await world.pass(1.01);
  world.socket.open();
  assert.deepEqual(world.socket.sent, [{ t: "hello", line: "k3f9", seq: 19 }]);
  world.socket.says(events(19, 20, "paused"));
  world.socket.says({ t: "you", seq: 20, you: { player: 17 } });
  assert.equal(heard.states.at(-1).name, "on");
  assert.deepEqual(heard.events, [{ t: "paused" }]);
});

test("waits longer after each failure, never more than 30 s", async () => {
  const { world, heard } = await greeted();
  for (let attempt = 0; attempt < 9; attempt += 1) {
    world.socket.dies();
    await world.pass(heard.states.at(-1).retryIn + 0.01);
  }
  const waits = heard.states.filter((state) => state.name === "back").map((state) => state.retryIn);
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30, 30, 30]);
});

test("the jitter is full", async () => {
  const { world, heard } = await greeted();
  world.chance = 0.25;
  world.socket.dies();
  assert.equal(heard.states.at(-1).retryIn, 0.25);
});

test("a steady connection begins again with the shortest wait", async () => {
  const { world, heard } = await greeted();
  await world.pass(6);
  world.socket.dies();
  assert.equal(heard.states.at(-1).retryIn, 0.5);
});

test("a bye says how long to wait, and that it ends even where the server does not close", async () => {
  const { world, heard } = await greeted();
  world.socket.says({ t: "bye", reason: "deploy", after: 3.2 });
  await world.pass(5.01);
  assert.deepEqual(heard.states.at(-1), { name: "back", retryIn: 3.2, lostFor: 0 });
});

test("45 s of silence are a lost connection", async () => {
  const { world, heard } = await greeted();
  await world.pass(44);
  world.socket.says({ t: "ping", seq: 19 });
  await world.pass(44);
  assert.equal(heard.states.at(-1).name, "on");
  await world.pass(2);
  assert.equal(heard.states.at(-1).name, "back");
});

test("a server that does not greet within 12 s is not there", async () => {
  const world = new World();
  const states = [];
  connect("ws://test/", { onState: (state) => states.push(state.name) }, world.browser);
  await settle();
  await world.pass(12.5);
  assert.deepEqual(states, ["back"]);
});

for (const [code, word] of [[4400, "bad_frame"], [4403, "forbidden"], [4404, "no_such_game"], [4409, "elsewhere"], [4440, "banned"], [4441, "kicked"], [4450, "closed"]]) {
  test(`close code ${code} ends it: ${word}`, async () => {
    const { world, heard, connection } = await greeted();
    const asked = connection.command("play");
    world.socket.dies(code);
    assert.deepEqual(heard.states.at(-1), { name: "off", code: word });
    await assert.rejects(asked, { code: word });
    await assert.rejects(connection.command("play"), { code: word });
    await world.pass(120);
    assert.equal(world.sockets.length, 1);
  });
}

for (const [code, longest] of [[4408, 1], [4429, 8], [1012, 1], [1000, 1]]) {
  test(`close code ${code} comes back`, async () => {
    const { world, heard } = await greeted();
    world.socket.dies(code);
    assert.deepEqual(heard.states.at(-1), { name: "back", retryIn: longest, lostFor: 0 });
  });
}

test("a ticket that came too late is replaced by a fresh one, once", async () => {
  let made = 0;
  const { world, heard } = await greeted({ ticket: async () => `t${(made += 1)}` });
  world.socket.dies(4401);
  await world.pass(2);
  world.socket.open();
  assert.equal(world.socket.sent[0].ticket, "t2");
  world.socket.dies(4401);
  assert.deepEqual(heard.states.at(-1), { name: "off", code: "not_signed_in" });
});

test("without a door to ask for a ticket it comes back later", async () => {
  let closed = true;
  const world = new World();
  const states = [];
  const ticket = async () => {
    if (closed) throw new TypeError("no network");
    return "t1";
  };
  connect("ws://test/", { ticket, onState: (state) => states.push(state.name) }, world.browser);
  await settle();
  assert.equal(world.sockets.length, 0);
  closed = false;
  await world.pass(5);
  assert.equal(world.sockets.length, 1);
  assert.deepEqual(states, ["back"]);
});

test("a page that wakes up asks at once", async () => {
  const { world } = await greeted();
  await world.hide(true);
  await world.pass(25);
  await world.hide(false);
  assert.equal(sent(world.socket, "resume").length, 1);
});

test("a page that wakes up after the connection died dials at once", async () => {
  const { world } = await greeted();
  world.socket.dies();
  await world.hide(false);
  assert.equal(world.sockets.length, 2);
});

test("the network says itself when it goes and comes", async () => {
  const { world, heard } = await greeted();
  world.window.dispatchEvent(new Event("offline"));
  assert.equal(heard.states.at(-1).name, "back");
  world.window.dispatchEvent(new Event("online"));
  await settle();
  assert.equal(world.sockets.length, 2);
});

test("a frame of an older socket is not heard", async () => {
  const { world, connection, heard } = await greeted();
  const old = world.socket;
  connection.renew();
  await settle();
  old.says(events(19, 20, "opened"));
  old.dies(4440);
  assert.deepEqual(heard.events, []);
  assert.equal(world.sockets.length, 2);
});
