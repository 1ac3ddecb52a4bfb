// Both languages say the same things.

import assert from "node:assert/strict";
import { test } from "node:test";

import { words as live } from "../../../../games/static/games/console/live/words.js";
import { host } from "../../../../games/static/games/mechanics/instant_win.js";
import { words as pages } from "../../../../games/static/games/console/words.js";

const PLACEHOLDER = /\{\w+\}/g;
const LOOSE = /[ \u00a0][?!;:»]|«[ \u00a0]/;

for (const [name, words] of Object.entries({ live, instantWin: host.words, pages })) {
  test(`${name}: every word is there in French and in English`, () => {
    assert.deepEqual(Object.keys(words.fr).toSorted(), Object.keys(words.en).toSorted());
  });

  test(`${name}: no placeholder is invented`, () => {
    for (const [key, text] of Object.entries(words.fr)) {
      const known = new Set(words.en[key].match(PLACEHOLDER));
      for (const used of text.match(PLACEHOLDER) ?? []) assert.ok(known.has(used), `${key}: ${used}`);
    }
  });

  test(`${name}: French signs keep their narrow space`, () => {
    for (const [key, text] of Object.entries(words.fr)) assert.ok(!LOOSE.test(text), key);
  });
}
