// Recomputes what a proof claims from its files alone, in the words of verify.py.

import { digest, encode } from "./canonical.js";
import { assignment, drawKey, drawnFrom, judgeDraw } from "./draw.js";
import { commitment, derive, judgeMoments, judgePlays, playsOf } from "./moments.js";
import { fields, hex, isObject, octets, Refused, Unreadable } from "./shape.js";
import { revealed } from "./source.js";
import { sha256 } from "./sums.js";

/** `code` is 0, 1 or 2, as verify.py ends; `words` is its sentence. */
export async function verify(kind, folder) {
  try {
    return { code: 0, words: await sentence(kind || kindOf(folder), folder) };
  } catch (error) {
    if (error instanceof Refused) return { code: 1, words: `Does not hold: ${error.message}.` };
    if (error instanceof Unreadable) return { code: 2, words: `Cannot verify: ${error.message}.` };
    throw error;
  }
}

function kindOf(folder) {
  const manifest = folder.document("manifest.json");
  return isObject(manifest) && manifest.v === "DRAW/1" ? "draw" : "moments";
}

function sentence(kind, folder) {
  return kind === "draw" ? drawVerdict(folder) : momentsVerdict(folder);
}

async function momentsVerdict(folder) {
  const manifest = folder.document("manifest.json");
  known(manifest, folder);
  const [randomness, origin] = await revealed(folder, judgeMoments(manifest).source);
  const secret = secretOf(folder);
  const log = folder.octets("plays.txt");
  const result = fields(folder.document("result.json"), "result.json", ["commit", "manifest_sha256", "moments"], ["plays_sha256"]);
  same(result, "manifest_sha256", hex(await digest(manifest)));
  same(result, "commit", hex(await commitment(secret, manifest)));
  const found = await derive(manifest, secret, randomness);
  same(result, "moments", found.map(({ at, prize, unit }) => [at, prize, unit]));
  same(result, "plays_sha256", hex(await sha256(log)));
  const plays = playsOf(log);
  judgePlays(plays, found.map(({ at }) => at));
  const won = plays.filter((play) => play.moment !== null).length;
  return `All holds: ${found.length} moments of commitment ${result.commit}, ${plays.length} plays, ${won} of them won; ${origin}.`;
}

/** Rules that only the Python file knows are not guessed at. */
function known(manifest, folder) {
  const mixed = isObject(manifest) && manifest.v === "PRIZES/1";
  if (mixed || folder.has("acts.json")) throw new Unreadable("this proof has rules that only verify.py in the same zip can check");
}

async function drawVerdict(folder) {
  const manifest = folder.document("manifest.json");
  const frozen = judgeDraw(manifest);
  const [randomness, origin] = await revealed(folder, frozen.source);
  if (folder.has("secret.json") && secretOf(folder).some(Boolean)) {
    throw new Refused("secret.json has a secret, and the manifest of a draw commits to none");
  }
  const selected = await drawnFrom(manifest, folder.octets("entries.txt"), randomness);
  const result = fields(folder.document("result.json"), "result.json", ["manifest_sha256", "key", "selected"], ["assignment"]);
  same(result, "manifest_sha256", hex(await digest(manifest)));
  same(result, "key", hex(await drawKey(manifest, randomness)));
  same(result, "selected", selected);
  same(result, "assignment", assignment(frozen, selected));
  return `All holds: ${selected.length} of ${frozen.count} entries drawn under manifest ${result.manifest_sha256}; ${origin}.`;
}

function secretOf(folder) {
  return octets(fields(folder.document("secret.json"), "secret.json", ["secret"]).secret, "secret.json's secret", 32);
}

function same(result, name, found) {
  if (name in result && encode(result[name]) !== encode(found)) throw new Refused(`result.json's ${name} is not what follows from the other files`);
}
