// A command is settled once, however often it has to be sent.

import assert from "node:assert/strict";
import { test } from "node:test";

import { newRef } from "../../../realtime/static/realtime/letters.js";
import { greeted, settle, SNAPSHOT } from "./fake.mjs";

const plays = (socket) => socket.sent.filter((frame) => frame.t === "play");

test("a reply settles the command of its ref, and its you is heard after it", async () => {
  const { world, connection, heard } = await greeted();
  const asked = connection.command("play", { side: 1 });
  const [frame] = plays(world.socket);
  assert.deepEqual({ ...frame, ref: "" }, { t: "play", ref: "", side: 1 });
  world.socket.says({ t: "reply", ref: frame.ref, events: [{ t: "lost" }], you: { player: 17 } });
  assert.deepEqual((await asked).events, [{ t: "lost" }]);
  assert.deepEqual(heard.you, [{ player: 17 }]);
});

test("a refusal has its code, its sentence and when to ask again", async () => {
  const { world, connection } = await greeted();
  const asked = connection.command("play");
  world.socket.says({ t: "reply", ref: plays(world.socket)[0].ref, error: { code: "no_plays_left", message: "Tomorrow.", retry: 60 } });
  await assert.rejects(asked, { code: "no_plays_left", message: "Tomorrow.", retry: 60 });
});

test("busy is sent again with the same ref after 2, 4, 8 and 8 s", async () => {
  const { world, connection } = await greeted();
  connection.command("play");
  const { ref } = plays(world.socket)[0];
  for (const wait of [2, 4, 8, 8]) {
    const before = plays(world.socket).length;
    world.socket.says({ t: "reply", ref, error: { code: "busy" } });
    await world.pass(wait - 0.1);
    assert.equal(plays(world.socket).length, before);
    await world.pass(0.2);
    assert.equal(plays(world.socket).length, before + 1);
  }
  assert.equal(new Set(plays(world.socket).map((frame) => frame.ref)).size, 1);
});

test("a reply that was lost is asked for again with the same ref", async () => {
  const { world, connection } = await greeted();
  connection.command("play");
  await world.pass(6.1);
  assert.equal(plays(world.socket).length, 2);
  assert.equal(plays(world.socket)[0].ref, plays(world.socket)[1].ref);
});

test("a command survives the loss of its socket under the same ref", async () => {
  const { world, connection } = await greeted();
  const asked = connection.command("play");
  const { ref } = plays(world.socket)[0];
  world.socket.dies();
  await world.pass(2);
  world.socket.open();
  assert.deepEqual(plays(world.socket), [], "not before the greeting");
  world.socket.says(SNAPSHOT);
  assert.equal(plays(world.socket)[0].ref, ref);
  world.socket.says({ t: "reply", ref, events: [], you: { player: 17 } });
  await asked;
});

test("a command given while the network is away leaves when it is back", async () => {
  const { world, connection } = await greeted();
  world.socket.dies();
  connection.command("play");
  await world.pass(2);
  world.socket.open();
  world.socket.says(SNAPSHOT);
  assert.equal(plays(world.socket).length, 1);
});

test("no more than eight are open at a time", async () => {
  const { world, connection } = await greeted();
  for (let count = 0; count < 10; count += 1) connection.command("play");
  assert.equal(plays(world.socket).length, 8);
  world.socket.says({ t: "reply", ref: plays(world.socket)[0].ref, events: [], you: {} });
  assert.equal(plays(world.socket).length, 9);
});

test("an answer to nothing is nothing", async () => {
  const { world } = await greeted();
  world.socket.says({ t: "reply", ref: "unknown", events: [], you: null });
  await settle();
});

test("refs are short and new, also where the page has no TLS", () => {
  const refs = [newRef(), newRef()];
  const kept = crypto.randomUUID;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  refs.push(newRef(), newRef());
  Object.defineProperty(crypto, "randomUUID", { value: kept, configurable: true });
  assert.equal(new Set(refs).size, 4);
  assert.ok(refs.every((ref) => ref.length <= 36 && ref.length >= 32));
});
