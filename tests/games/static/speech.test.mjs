// Words, numbers and times as each language writes them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { number, speaker, Times } from "../../../games/static/games/speech.js";

const words = {
  en: { plain: "Hello, {name}.", left_one: "{count} prize", left_other: "{count} prizes" },
  fr: { plain: "Bonjour, {name}.", left_one: "{count} cadeau", left_other: "{count} cadeaux" },
};
const NOON = Date.UTC(2026, 8, 21, 10) / 1000; // 12:00 in Paris

test("a word is said in the language of the page", () => {
  assert.equal(speaker(words, "en")("plain", { name: "Ana" }), "Hello, Ana.");
  assert.equal(speaker(words, "fr-CA")("plain", { name: "Ana" }), "Bonjour, Ana.");
  assert.equal(speaker(words, "de")("plain", { name: "Ana" }), "Hello, Ana.");
});

test("what a player typed is never read as a placeholder or as markup", () => {
  assert.equal(speaker(words, "en")("plain", { name: "{name}<b>" }), "Hello, {name}<b>.");
  assert.equal(speaker(words, "en")("plain", {}), "Hello, .");
});

test("counts choose their form, and none is French for one", () => {
  const counted = (language, count) => speaker(words, language)("left", { count });
  assert.deepEqual([0, 1, 2].map((count) => counted("en", count)), ["0 prizes", "1 prize", "2 prizes"]);
  assert.deepEqual([0, 1, 2].map((count) => counted("fr", count)), ["0 cadeau", "1 cadeau", "2 cadeaux"]);
  assert.equal(counted("fr", 1212), "1\u202f212 cadeaux");
  assert.equal(counted("fr", 2_000_000), "2\u202f000\u202f000 cadeaux");
  assert.equal(number(1212, "en"), "1,212");
});

test("times are told in the zone of the tenant, and the zone is named", () => {
  const paris = new Times("Europe/Paris", "heure de Paris", "fr");
  assert.equal(paris.when(NOON + 86_400, NOON), "demain à 12:00, heure de Paris");
  assert.equal(paris.plain(NOON + 3600, NOON), "aujourd’hui à 13:00");
  assert.equal(paris.plain(NOON + 5 * 86_400, NOON), "samedi 26 septembre à 12:00");
  const noumea = new Times("Pacific/Noumea", "Nouméa time", "en");
  assert.match(noumea.plain(NOON + 3 * 3600, NOON), /^tomorrow at 12:00\sAM$/);
});

test("waits are told roughly when long and exactly when short", () => {
  const times = new Times("UTC", "UTC", "en");
  assert.deepEqual([0.2, 59, 61, 3599, 33_120, 172_799, 172_800].map((wait) => times.lasting(wait)), ["1 second", "59 seconds", "1 minute", "59 minutes", "9 h 12 min", "47 h 59 min", "2 days 0 h"]);
});

test("a name that ends with a dot ends the sentence", () => {
  const t = speaker({ en: { turn: "Your turn, {name}.", two: "{name}. {other}!" }, fr: {} }, "en");
  assert.equal(t("turn", { name: "Ana M." }), "Your turn, Ana M.");
  assert.equal(t("turn", { name: "Ana" }), "Your turn, Ana.");
  assert.equal(t("two", { name: "Ana", other: "Léo B." }), "Ana. Léo B.!");
});
