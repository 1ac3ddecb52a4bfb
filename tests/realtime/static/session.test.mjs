// Who we are: by the cookie where it sticks, else by a kept token.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Refused, Session } from "../../../realtime/static/realtime/session.js";

function storage(kept = {}) {
  return { kept, getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value), removeItem: (key) => delete kept[key] };
}

function door(answers, asked = []) {
  return async (url, options) => {
    asked.push([url, JSON.parse(options.body)]);
    const [status, body] = answers[url.split("/").at(-1)];
    if (status === 0) throw new TypeError("no network");
    return { ok: status < 400, status, json: async () => body };
  };
}

const blocked = () => {
  throw new Error("SecurityError");
};
const JOINED = [201, { player: 17, token: "long", ticket: "short", socket: "/ws/" }];
const make = (more) => new Session({ api: "/api/g/", key: "k", known: false, places: [], ...more });

test("a known cookie needs no ticket and leaves no secret in the storage", async () => {
  const place = storage({ k: "old" });
  const session = make({ known: true, places: [() => place] });
  assert.equal(session.member, true);
  assert.equal(await session.ticket(), null);
  assert.deepEqual(place.kept, {});
});

test("after joining the cookie is believed first, and the token kept nowhere", async () => {
  const place = storage();
  const session = make({ places: [() => place], fetch: door({ join: JOINED }) });
  assert.equal(session.member, false);
  await session.join({ nickname: "Ana" });
  assert.equal(session.member, true);
  assert.equal(await session.ticket(), null);
  assert.deepEqual(place.kept, {});
});

test("a cookie that did not stick is replaced by the token, kept for the next visit", async () => {
  const place = storage();
  const asked = [];
  const session = make({ places: [() => place], fetch: door({ join: JOINED, ticket: [200, { ticket: "fresh" }] }, asked) });
  await session.join({ nickname: "Ana" });
  assert.equal(session.doubt(), true);
  assert.equal(await session.ticket(), "fresh");
  assert.deepEqual(asked.at(-1), ["/api/g/ticket", { token: "long" }]);
  assert.deepEqual(place.kept, { k: "long" });
  assert.equal(session.doubt(), false, "there is no third way");
  assert.deepEqual(place.kept, {});
});

test("a kept token makes a member of the next visit", async () => {
  const session = make({ places: [() => storage({ k: "long" })], fetch: door({ ticket: [200, { ticket: "fresh" }] }) });
  assert.equal(session.member, true);
  assert.equal(await session.ticket(), "fresh");
});

test("blocked storage gives way to the next, at last to memory", async () => {
  const second = storage();
  const session = make({ places: [blocked, () => second], fetch: door({ join: JOINED }) });
  await session.join({ nickname: "Ana" });
  session.doubt();
  assert.deepEqual(second.kept, { k: "long" });
  const bare = make({ places: [blocked, blocked], fetch: door({ join: JOINED, ticket: [200, { ticket: "fresh" }] }) });
  await bare.join({ nickname: "Ana" });
  bare.doubt();
  assert.equal(await bare.ticket(), "fresh");
});

test("a token that is refused is forgotten; one that could not be asked is not", async () => {
  const place = storage({ k: "long" });
  const away = make({ places: [() => place], fetch: door({ ticket: [0, null] }) });
  await assert.rejects(away.ticket());
  assert.equal(away.member, true);
  const broken = make({ places: [() => place], fetch: door({ ticket: [503, null] }) });
  await assert.rejects(broken.ticket());
  const refused = make({ places: [() => place], fetch: door({ ticket: [401, { code: "not_signed_in" }] }) });
  assert.equal(await refused.ticket(), null);
  assert.equal(refused.member, false);
  assert.deepEqual(place.kept, {});
});

test("a refusal at the door keeps its code and sentence", async () => {
  const session = make({ fetch: door({ join: [422, { code: "bad_nickname", message: "Letters, please." }] }) });
  await assert.rejects(session.join({ nickname: "" }), (problem) => problem instanceof Refused && problem.code === "bad_nickname" && problem.message === "Letters, please.");
});

test("prizes are asked for by cookie or by token", async () => {
  const asked = [];
  const fetch = door({ join: JOINED, awards: [200, []] }, asked);
  const session = make({ fetch });
  await session.join({ nickname: "Ana" });
  await session.awards();
  session.doubt();
  await session.awards();
  assert.deepEqual(asked.slice(1).map(([, body]) => body), [{}, { token: "long" }]);
});
