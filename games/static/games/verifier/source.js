// Where the randomness of a manifest comes from: games/fairness/source.py, witness.py and beacon.py.

/* oxlint-disable no-await-in-loop -- there are two */

import { array, fields, hex, integer, octets, Refused, text } from "./shape.js";
import { sha256 } from "./sums.js";

const CHAIN = "drand:52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971:";

export function sourceOf(manifest) {
  const beacon = text(manifest.beacon, "the manifest's beacon");
  if (beacon.startsWith("witness:")) {
    commitments(beacon);
    return { beacon, rounds: [] };
  }
  const first = roundOf(beacon);
  if (!("fallback_round" in manifest)) return { beacon, rounds: [first] };
  return { beacon, rounds: [first, integer(manifest.fallback_round, "the manifest's fallback_round", first + 1)] };
}

function roundOf(beacon) {
  const number = beacon.startsWith(CHAIN) ? beacon.slice(CHAIN.length) : beacon;
  const round = /^[0-9]+$/.test(number) ? integer(Number(number.slice(0, 17)), "the round", 1) : 0;
  if (!round || CHAIN + round !== beacon) throw new Refused("the manifest's beacon must be drand:<chain of quicknet>:<round>");
  return round;
}

function commitments(beacon) {
  const parts = beacon.split(":").slice(1);
  if (parts.length !== 2) throw new Refused("the manifest's beacon must be witness:<commitment>:<commitment>");
  for (const part of parts) octets(part, "a witness's commitment", 32);
  if (parts[0] === parts[1]) throw new Refused("both witnesses gave the same commitment, so one has copied the other");
  return parts;
}

/** The randomness, and how far it is known where it came from. */
export async function revealed(folder, source) {
  if (!source.rounds.length) return [await witnessed(folder.document("witness.json"), source.beacon), "randomness of two witnesses"];
  return [await emitted(folder.document("beacon.json"), source.rounds), "the beacon's signature was not checked"];
}

async function witnessed(document, beacon) {
  const secrets = array(fields(document, "witness.json", ["secrets"]).secrets, "witness.json's secrets");
  const promised = commitments(beacon);
  if (secrets.length !== 2) throw new Refused("witness.json must have two secrets");
  const found = secrets.map((secret) => octets(secret, "a secret of witness.json", 32));
  for (const [place, secret] of found.entries()) {
    if (hex(await sha256("COMMIT/1\0", secret)) !== promised[place]) {
      throw new Refused(`secret ${place + 1} of witness.json is not the one the manifest commits to`);
    }
  }
  return sha256("2P/1\0", ...found);
}

async function emitted(document, rounds) {
  const found = fields(document, "beacon.json", ["round", "signature", "randomness"]);
  if (!rounds.includes(integer(found.round, "beacon.json's round", 1))) {
    throw new Refused(`beacon.json is of round ${found.round}, the manifest names ${rounds.join(" or ")}`);
  }
  const signature = octets(found.signature, "beacon.json's signature", 48);
  const drawn = octets(found.randomness, "beacon.json's randomness", 32);
  if (hex(await sha256(signature)) !== hex(drawn)) throw new Refused("beacon.json's randomness is not the hash of its signature");
  return drawn;
}
