// A draw DRAW/1: games/fairness/draw.py and entries.py.

/* oxlint-disable no-await-in-loop -- each number follows from all before it */

import { digest } from "./canonical.js";
import { array, fields, hex, integer, octets, Refused, text } from "./shape.js";
import { sourceOf } from "./source.js";
import { hmac, sha256, Stream } from "./sums.js";

const REQUIRED = ["v", "draw", "entries_sha256", "entries_count", "winners", "dedupe", "beacon"];
const OPTIONAL = ["tenant", "campaign", "rules_sha256", "weight_total", "prizes", "substitutes", "fallback_round", "software"];
const LINE = /^([0-9a-f]{32}) ([1-9][0-9]{0,18}) ([0-9a-f]{32}) [0-9a-f]{64}$/;

function entriesOf(data) {
  if (data.includes(13)) throw new Refused("entries.txt has a carriage return: lines must end with LF alone");
  const lines = new TextDecoder("latin1").decode(data).split("\n");
  if (lines.pop()) throw new Refused("entries.txt does not end with a line end");
  const found = lines.map((line, place) => {
    const parts = LINE.exec(line);
    if (!parts) throw new Refused(`line ${place + 1} of entries.txt is not <id> <weight> <group> <commitment>`);
    return { id: parts[1], weight: BigInt(parts[2]), group: parts[3] };
  });
  for (let place = 1; place < found.length; place += 1) {
    if (found[place].id > found[place - 1].id) continue;
    const fault = found[place].id === found[place - 1].id ? "repeats the entry of the line before" : "is not in the order of the ids";
    throw new Refused(`line ${place + 1} of entries.txt ${fault}`);
  }
  return found;
}

/** Weights with fast sums of their beginnings (Fenwick). */
class Tree {
  constructor(weights) {
    this.weights = [...weights];
    this.sums = [0n, ...weights];
    for (let place = 1; place < this.sums.length; place += 1) {
      const above = place + (place & -place);
      if (above < this.sums.length) this.sums[above] += this.sums[place];
    }
    this.total = weights.reduce((sum, weight) => sum + weight, 0n);
  }

  clear(index) {
    const weight = this.weights[index];
    this.weights[index] = 0n;
    this.total -= weight;
    for (let place = index + 1; place < this.sums.length; place += place & -place) this.sums[place] -= weight;
  }

  /** The smallest index whose running total is above the ticket. */
  find(ticket) {
    let place = 0;
    let rest = ticket;
    let step = 1;
    while (step < this.sums.length) step *= 2;
    for (step /= 2; step >= 1; step /= 2) {
      if (place + step < this.sums.length && this.sums[place + step] <= rest) {
        place += step;
        rest -= this.sums[place];
      }
    }
    return place;
  }
}

async function select(entries, count, dedupe, key) {
  const tree = new Tree(entries.map((entry) => entry.weight));
  const stream = new Stream(key);
  if (tree.total > 2n ** 63n) throw new Refused("the weights add up to more than 2^63");
  const owner = (entry) => (dedupe === "group" ? entry.group : entry.id);
  const owned = new Map();
  for (const [index, entry] of entries.entries()) {
    if (!owned.has(owner(entry))) owned.set(owner(entry), []);
    owned.get(owner(entry)).push(index);
  }
  const selected = [];
  while (selected.length < count && tree.total) {
    const drawn = entries[tree.find(await stream.below(tree.total))];
    selected.push(drawn.id);
    for (const index of owned.get(owner(drawn))) tree.clear(index);
  }
  return selected;
}

export async function drawKey(manifest, randomness) {
  return hmac(new Uint8Array(32), "DRAW/1\0", await digest(manifest), randomness);
}

/** Winners, then substitutes, from the manifest and the very bytes of its entries.txt. */
export async function drawnFrom(manifest, data, randomness) {
  const frozen = judgeDraw(manifest);
  if (hex(await sha256(data)) !== frozen.hash) throw new Refused("entries.txt is not the list the manifest has frozen");
  const entries = entriesOf(data);
  if (entries.length !== frozen.count) throw new Refused(`entries.txt has ${entries.length} entries, the manifest says ${frozen.count}`);
  const weight = entries.reduce((sum, entry) => sum + entry.weight, 0n);
  if (frozen.weight !== null && BigInt(frozen.weight) !== weight) {
    throw new Refused(`entries.txt has a weight of ${weight}, the manifest says ${frozen.weight}`);
  }
  return select(entries, frozen.winners + frozen.substitutes, frozen.dedupe, await drawKey(manifest, randomness));
}

export function assignment(frozen, selected) {
  return selected.slice(0, frozen.prizes.length).map((entry, place) => [entry, frozen.prizes[place]]);
}

/** Throws Refused for what no draw may be frozen with. */
export function judgeDraw(manifest) {
  const plan = fields(manifest, "the manifest", REQUIRED, OPTIONAL);
  if (plan.v !== "DRAW/1") throw new Refused('the manifest\'s v must be "DRAW/1"');
  judgeLabels(plan);
  const dedupe = text(plan.dedupe, "the manifest's dedupe");
  if (dedupe !== "group" && dedupe !== "entry") throw new Refused('the manifest\'s dedupe must be "group" or "entry"');
  const winners = integer(plan.winners, "the manifest's winners", 1);
  return {
    hash: hex(octets(plan.entries_sha256, "the manifest's entries_sha256", 32)),
    count: integer(plan.entries_count, "the manifest's entries_count"),
    weight: "weight_total" in plan ? integer(plan.weight_total, "the manifest's weight_total") : null,
    winners,
    substitutes: integer("substitutes" in plan ? plan.substitutes : 0, "the manifest's substitutes"),
    dedupe,
    prizes: "prizes" in plan ? ranked(plan.prizes, winners) : [],
    source: sourceOf(plan),
  };
}

function judgeLabels(plan) {
  for (const name of ["draw", "tenant", "campaign"]) text(name in plan ? plan[name] : "?", `the manifest's ${name}`);
  if ("rules_sha256" in plan) octets(plan.rules_sha256, "the manifest's rules_sha256", 32);
  if ("software" in plan) fields(plan.software, "the manifest's software", ["version", "commit"]);
}

/** The prize of each winner: by rank, then by id. */
function ranked(value, winners) {
  const prizes = array(value, "the manifest's prizes").map((item) => {
    const prize = fields(item, "a prize", ["id", "qty", "rank"]);
    const quantity = integer(prize.qty, "a prize's qty", 1, winners);
    return { rank: integer(prize.rank, "a prize's rank"), id: text(prize.id, "a prize's id"), quantity };
  });
  if (new Set(prizes.map((prize) => prize.id)).size !== prizes.length) throw new Refused("a prize is listed twice");
  if (prizes.reduce((sum, prize) => sum + prize.quantity, 0) !== winners) throw new Refused(`the manifest's prizes are not for ${winners} winners`);
  const order = prizes.toSorted((one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1));
  return order.flatMap((prize) => Array.from({ length: prize.quantity }, () => prize.id));
}
