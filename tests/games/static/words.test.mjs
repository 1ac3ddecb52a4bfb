// What the browser says exists in both languages.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const LOOSE = /[^\u202f][!?;:»]|«[^\u202f]|\d [\d€]/u;
const PLACE = /\{\w+\}/g;

function modules(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .map((name) => join(ROOT, folder, String(name)))
    .filter((name) => name.endsWith(".js") && /export (const|\{) ?words/.test(readFileSync(name, "utf8")));
}

const found = ["games/static", "realtime/static", "tenants/static"].flatMap(modules);

test("there are modules with words", () => {
  assert.ok(found.length >= 3, found.join());
});

for (const path of found) {
  test(`${path.slice(ROOT.length)} says the same in English and in French`, async () => {
    const { words } = await import(pathToFileURL(path).href);
    assert.deepEqual(Object.keys(words).toSorted(), ["en", "fr"]);
    assert.deepEqual(Object.keys(words.fr), Object.keys(words.en));
    for (const [key, text] of Object.entries(words.fr)) {
      assert.ok(text.trim(), `${key} is empty`);
      assert.deepEqual(new Set(text.match(PLACE)), new Set(words.en[key].match(PLACE)), `${key} has other placeholders`);
      assert.doesNotMatch(text.replaceAll(PLACE, "x"), LOOSE, `${key} wants a narrow no-break space`);
      assert.doesNotMatch(text, /'/, `${key} wants a typographic apostrophe`);
    }
  });
}
