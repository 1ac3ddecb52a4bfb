// Winning moments IW/1 and the plays that took them: games/fairness/moments.py and plays.py.

/* oxlint-disable no-await-in-loop -- each number follows from all before it */

import { digest } from "./canonical.js";
import { array, fields, integer, quoted, Refused, text } from "./shape.js";
import { sourceOf } from "./source.js";
import { hmac, sha256, Stream } from "./sums.js";

const MOST_UNITS = 1_000_000;
const REQUIRED = ["v", "campaign", "intervals", "prizes", "mode", "beacon"];
const PLAY = /^(0|[1-9][0-9]{0,15}) ([0-9a-f]{32}) ([0-9a-f]{32}) (-|0|[1-9][0-9]{0,6})$/;

export async function commitment(secret, manifest) {
  judgeMoments(manifest);
  return sha256("IW/1/commit\0", secret, await digest(manifest));
}

/** All moments in the order in which plays take them: by time, then by unit. */
export async function derive(manifest, secret, randomness) {
  const { intervals, length, units, mode } = judgeMoments(manifest);
  const stream = new Stream(await hmac(secret, "IW/1\0", await digest(manifest), randomness));
  const offsets = [];
  for (let unit = 0; unit < units.length; unit += 1) {
    const [low, high] = mode === "iid" ? [0n, length] : [unit, unit + 1].map((each) => (BigInt(each) * length) / BigInt(units.length));
    offsets.push(low + (await stream.below(high - low)));
  }
  const found = offsets.map((offset, unit) => ({ at: momentAt(intervals, offset), unit, prize: units[unit] }));
  return found.toSorted((one, other) => one.at - other.at || one.unit - other.unit);
}

function momentAt(intervals, offset) {
  let [low, high] = [0, intervals.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (intervals[middle].start <= offset) low = middle;
    else high = middle;
  }
  const { begin, start, weight } = intervals[low];
  return begin + Number((offset - start) / weight);
}

/** Throws Refused for what no game may be opened with. */
export function judgeMoments(manifest) {
  const plan = fields(manifest, "the manifest", REQUIRED, ["tzdata", "carry"]);
  if (plan.v !== "IW/1") throw new Refused('the manifest\'s v must be "IW/1"');
  text(plan.campaign, "the manifest's campaign");
  text("tzdata" in plan ? plan.tzdata : "?", "the manifest's tzdata");
  const mode = text(plan.mode, "the manifest's mode");
  if (mode !== "iid" && mode !== "stratified") throw new Refused('the manifest\'s mode must be "iid" or "stratified"');
  if ("carry" in plan && plan.carry !== "open") throw new Refused('the manifest\'s carry must be "open"');
  const { intervals, length } = lineOf(plan.intervals);
  const units = unitsOf(plan.prizes);
  if (BigInt(units.length) > length || length > 2n ** 63n) {
    throw new Refused(`${units.length} units of prizes do not fit on a line of length ${length}`);
  }
  return { intervals, length, units, mode, source: sourceOf(plan) };
}

/** The intervals laid end to end, each as long as its duration times its weight. */
function lineOf(value) {
  const found = array(value, "the manifest's intervals").map(intervalOf);
  found.sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]);
  if (found.some((each, place) => place && each[0] < found[place - 1][1])) throw new Refused("two intervals of the manifest overlap");
  let length = 0n;
  const intervals = found.map(([begin, end, weight]) => {
    const start = length;
    length += BigInt(weight) * BigInt(end - begin);
    return { begin, start, weight: BigInt(weight) };
  });
  return { intervals, length };
}

function intervalOf(item) {
  const parts = array(item, "an interval");
  if (parts.length !== 2 && parts.length !== 3) throw new Refused("an interval must be [begin, end] or [begin, end, weight]");
  const begin = integer(parts[0], "an interval's begin");
  const end = integer(parts[1], "an interval's end", begin + 1);
  return [begin, end, parts.length === 3 ? integer(parts[2], "an interval's weight", 1) : 1];
}

function unitsOf(value) {
  const stock = new Map();
  for (const item of array(value, "the manifest's prizes")) {
    const pair = array(item, "a prize");
    if (pair.length !== 2) throw new Refused("a prize must be [id, quantity]");
    const prize = text(pair[0], "a prize's id");
    if (stock.has(prize)) throw new Refused(`the prize ${quoted(prize)} is listed twice`);
    stock.set(prize, integer(pair[1], "a prize's quantity", 1, MOST_UNITS));
  }
  const total = [...stock.values()].reduce((sum, quantity) => sum + quantity, 0);
  if (total < 1 || total > MOST_UNITS) throw new Refused(`a game has 1 to ${MOST_UNITS} units of prizes`);
  return [...stock].flatMap(([prize, quantity]) => Array.from({ length: quantity }, () => prize));
}

export function playsOf(data) {
  const lines = new TextDecoder("latin1").decode(data).split("\n");
  if (lines.pop()) throw new Refused("plays.txt does not end with a line end");
  return lines.map((line, place) => {
    const found = PLAY.exec(line);
    if (!found) throw new Refused(`line ${place + 1} of plays.txt is not <at_ms> <play> <group> <moment or ->`);
    return { at: BigInt(found[1]), id: found[2], moment: found[4] === "-" ? null : Number(found[4]) };
  });
}

/** Each moment went to one play, in their order, none before its time, none past a play that lost. */
export function judgePlays(plays, times) {
  const seen = new Set();
  const claims = new Map();
  for (const play of plays) {
    if (seen.has(play.id)) throw new Refused(`play ${play.id} is listed twice`);
    seen.add(play.id);
    if (play.moment !== null) judgeClaim(play, claims, times);
  }
  const openUntil = times.map((_, moment) => (claims.has(moment) ? claims.get(moment) : Infinity));
  for (let moment = 1; moment < openUntil.length; moment += 1) {
    if (openUntil[moment] < openUntil[moment - 1]) {
      throw new Refused(`moment ${moment} was won while moment ${moment - 1}, which is older, was still open`);
    }
  }
  for (const play of plays) {
    const last = play.moment === null ? lastDue(times, play.at) : -1;
    if (last >= 0 && play.at < openUntil[last]) {
      throw new Refused(`play ${play.id} lost at ${play.at}, while moment ${last} of ${times[last]} was still to be won`);
    }
  }
}

function judgeClaim(play, claims, times) {
  const { moment } = play;
  if (moment >= times.length) throw new Refused(`play ${play.id} won moment ${moment}, and there are only ${times.length}`);
  if (claims.has(moment)) throw new Refused(`moment ${moment} was won twice, the second time by play ${play.id}`);
  if (play.at < times[moment]) throw new Refused(`play ${play.id} won moment ${moment} at ${play.at}, before its time ${times[moment]}`);
  claims.set(moment, play.at);
}

/** The index of the last moment that was due at this time; -1 when none was. */
function lastDue(times, at) {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
