#!/usr/bin/env python3
"""Verifies a draw or the winning moments of a game from the files of its proof. Python 3.11 or newer, nothing else.

    python verify.py moments FOLDER
    python verify.py draw FOLDER

Exit code 0: all holds. 1: the first thing that does not. 2: the files cannot be read. The signature of a beacon is not
checked here: compare its randomness with the one the beacon publishes for that round.

Put together from the modules of games/fairness by games/fairness/bundle.py; change those, not this file.
"""

import hashlib
import hmac
import json
import re
import struct
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from math import inf
from pathlib import Path
from typing import NamedTuple, NoReturn

# shape: Says whether a value that came from outside has the shape it must have.


LARGEST = 2**53 - 1


class Refused(ValueError):
    """What was published does not hold; the sentence says what."""


class Unreadable(ValueError):
    """There is nothing to judge: a file is missing or is not what its name says."""


def fields(value: object, name: str, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, object]:
    """An object with these keys and no other: an unknown key may change the meaning of a known one."""
    if not isinstance(value, dict):
        raise Refused(f"{name} must be an object")
    missing = [key for key in required if key not in value]
    if missing:
        raise Refused(f"{name} lacks {missing[0]!r}")
    unknown = sorted(value.keys() - {*required, *optional})
    if unknown:
        raise Refused(f"{name} has the unknown key {unknown[0]!r}")
    return value


def array(value: object, name: str) -> list[object]:
    if not isinstance(value, list | tuple):
        raise Refused(f"{name} must be a list")
    return list(value)


def text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise Refused(f"{name} must be a text that is not empty")
    return value


def integer(value: object, name: str, low: int = 0, high: int = LARGEST) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Refused(f"{name} must be a whole number from {low} to {high}")
    return value


def octets(value: object, name: str, size: int) -> bytes:
    """Bytes written as lower-case hexadecimal, so that every value has one spelling."""
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{2 * size}}}", value, re.ASCII):
        raise Refused(f"{name} must be {2 * size} lower-case hexadecimal digits")
    return bytes.fromhex(value)


def sized(value: bytes, name: str, size: int) -> bytes:
    if len(value) != size:
        raise Refused(f"{name} must be {size} bytes long")
    return value


# canonical: One value, one sequence of bytes: the part of RFC 8785 that manifests use, and its hash.


DEEPEST = 16


def digest(value: object) -> bytes:
    return hashlib.sha256(encode(value)).digest()


def encode(value: object) -> bytes:
    """Strings, whole numbers, lists and objects: for these, sorted compact JSON is what RFC 8785 prescribes."""
    judge(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def decode(data: bytes, name: str) -> object:
    """Read JSON without its freedoms: a key twice or a number with a point would let two readers see two values."""
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=lambda pairs: single(pairs, name),
            parse_int=lambda digits: short(digits, name),
            parse_float=lambda digits: unsound(f"{name} has {digits}, which is not a whole number"),
            parse_constant=lambda word: unsound(f"{name} has {word}, which is not a whole number"),
        )
    except Refused:
        raise
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is not readable as JSON") from error
    judge(value, name)
    return value


def judge(value: object, name: str = "the manifest", depth: int = 0) -> None:
    """Raises Refused unless the value is made of what every JSON reader reads alike."""
    if depth > DEEPEST:
        raise Refused(f"{name} is nested too deeply")
    if isinstance(value, str):
        judge_text(value, name)
    elif isinstance(value, list | tuple):
        for item in value:
            judge(item, name, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            judge_key(key, name)
            judge(item, name, depth + 1)
    elif not isinstance(value, int) or isinstance(value, bool):
        raise Refused(f"{name} has a value that is no text, whole number, list or object")
    elif abs(value) > LARGEST:
        raise Refused(f"{name} has a number of 2^53 or more")


def judge_text(value: str, name: str) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise Refused(f"{name} has a text that is not Unicode")
    if not unicodedata.is_normalized("NFC", value):
        raise Refused(f"{name} has a text that is not in normal form C")


def judge_key(key: object, name: str) -> None:
    if not isinstance(key, str) or not key.isascii():
        raise Refused(f"{name} has a key that is not ASCII")


def single(pairs: list[tuple[str, object]], name: str) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise Refused(f"{name} has a key twice")
    return value


def short(digits: str, name: str) -> int:
    # The longest number allowed has 16 digits; Python itself stops reading at some thousands.
    return int(digits) if len(digits) <= 20 else unsound(f"{name} has a number of 2^53 or more")


def unsound(sentence: str) -> NoReturn:
    raise Refused(sentence)


# stream: Numbers that nobody can foresee without the key and everybody can recompute with it.


WORDS = 2**64


class Stream:
    """64-bit words: block i is HMAC-SHA-256(key, "R" and i in 8 bytes), read as four big-endian words."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.block = 0
        self.waiting: list[int] = []

    def word(self) -> int:
        if not self.waiting:
            block = hmac.digest(self.key, b"R" + struct.pack(">Q", self.block), "sha256")
            self.waiting = list(struct.unpack(">4Q", block))[::-1]
            self.block += 1
        return self.waiting.pop()

    def below(self, n: int) -> int:
        """0 to n - 1, each exactly as likely: words of the last, incomplete round are thrown away."""
        if not 1 <= n <= 2**63:
            raise ValueError(f"below() takes 1 to 2^63, not {n}")
        limit = WORDS - WORDS % n
        while (word := self.word()) >= limit:
            pass
        return word % n


# witness: Randomness without a network: two parties commit to a secret each and reveal both afterwards.


def commit(secret: bytes) -> bytes:
    return hashlib.sha256(b"COMMIT/1\0" + sized(secret, "a witness's secret", 32)).digest()


def randomness(first: bytes, second: bytes) -> bytes:
    """Neither party can choose it, as long as one of the two kept its secret until both commitments were public."""
    secrets = sized(first, "a witness's secret", 32) + sized(second, "a witness's secret", 32)
    return hashlib.sha256(b"2P/1\0" + secrets).digest()


def label(first: bytes, second: bytes) -> str:
    """What the manifest says in its field "beacon"."""
    return f"witness:{first.hex()}:{second.hex()}"


def commitments(beacon: str) -> tuple[bytes, bytes]:
    _, *parts = beacon.split(":")
    if len(parts) != 2:
        raise Refused("the manifest's beacon must be witness:<commitment>:<commitment>")
    first, second = (octets(part, "a witness's commitment", 32) for part in parts)
    if first == second:
        raise Refused("both witnesses gave the same commitment, so one has copied the other")
    return first, second


def witnessed(document: object, beacon: str) -> bytes:
    """The randomness of a witness.json, if its secrets are those that were committed to."""
    secrets = array(fields(document, "witness.json", ["secrets"])["secrets"], "witness.json's secrets")
    promised = commitments(beacon)
    if len(secrets) != len(promised):
        raise Refused("witness.json must have two secrets")
    first, second = (octets(secret, "a secret of witness.json", 32) for secret in secrets)
    for number, (secret, promise) in enumerate(zip((first, second), promised, strict=True), start=1):
        if commit(secret) != promise:
            raise Refused(f"secret {number} of witness.json is not the one the manifest commits to")
    return randomness(first, second)


# beacon: Randomness from a public beacon: drand's quicknet, whose rounds nobody can foresee or choose.


QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"


def drand(number: int) -> str:
    """What the manifest says in its field "beacon"."""
    return f"drand:{QUICKNET}:{integer(number, 'the round', 1)}"


def round_of(beacon: str) -> int:
    number = beacon.removeprefix(f"drand:{QUICKNET}:")
    if not number.isascii() or not number.isdecimal() or drand(int(number[:17])) != beacon:
        raise Refused("the manifest's beacon must be drand:<chain of quicknet>:<round>")
    return int(number)


def emitted(document: object, rounds: Sequence[int]) -> bytes:
    """The randomness of a beacon.json for one of these rounds. Its signature is not checked here."""
    found = fields(document, "beacon.json", ["round", "signature", "randomness"])
    if integer(found["round"], "beacon.json's round", 1) not in rounds:
        raise Refused(f"beacon.json is of round {found['round']}, the manifest names {' or '.join(map(str, rounds))}")
    signature = octets(found["signature"], "beacon.json's signature", 48)
    drawn = octets(found["randomness"], "beacon.json's randomness", 32)
    if hashlib.sha256(signature).digest() != drawn:
        raise Refused("beacon.json's randomness is not the hash of its signature")
    return drawn


# source: Where the randomness of a manifest comes from: two witnesses, or a round of the beacon.


class Source(NamedTuple):
    beacon: str
    rounds: tuple[int, ...]
    """The rounds that may decide, in order; none where witnesses do."""


def source_of(manifest: dict[str, object]) -> Source:
    beacon = text(manifest["beacon"], "the manifest's beacon")
    if beacon.startswith("witness:"):
        commitments(beacon)
        return Source(beacon, ())
    first = round_of(beacon)
    if "fallback_round" not in manifest:
        return Source(beacon, (first,))
    return Source(beacon, (first, integer(manifest["fallback_round"], "the manifest's fallback_round", first + 1)))


# moments: Winning moments `IW/1`: fixed before the game by a secret, hidden until it is told, recomputed by anyone after.


MOST_UNITS = 1_000_000
MOMENTS_REQUIRED = ("v", "campaign", "intervals", "prizes", "mode", "beacon")
MOMENTS_OPTIONAL = ("tzdata", "carry")


class Moment(NamedTuple):
    """From at_ms on, the next play wins this unit. Units count from 0 through all prizes in the manifest's order."""

    at_ms: int
    unit: int
    prize: str


class Calendar(NamedTuple):
    """A manifest that has been judged."""

    line: "Line"
    units: list[str]
    mode: str
    source: Source


class Line:
    """The intervals laid end to end, each as long as its duration times its weight."""

    def __init__(self, intervals: list[tuple[int, int, int]]) -> None:
        self.intervals = intervals
        self.starts: list[int] = []
        self.length = 0
        for begin, end, weight in intervals:
            self.starts.append(self.length)
            self.length += weight * (end - begin)

    def at(self, offset: int) -> int:
        place = bisect_right(self.starts, offset) - 1
        begin, _, weight = self.intervals[place]
        return begin + (offset - self.starts[place]) // weight


def commitment(secret: bytes, manifest: object) -> bytes:
    """Published before the opening: it binds the secret to this manifest and tells nothing of either moment."""
    judge_moments(manifest)
    return hashlib.sha256(b"IW/1/commit\0" + sized(secret, "the secret", 32) + digest(manifest)).digest()


def derive(manifest: object, secret: bytes, randomness: bytes) -> list[Moment]:
    """All moments in the order in which plays take them: by time, then by unit."""
    line, units, mode, _ = judge_moments(manifest)
    stream = Stream(moments_key(manifest, secret, randomness))
    spread = scattered if mode == "iid" else slotted
    offsets = spread(stream, line.length, len(units))
    return sorted(Moment(line.at(offset), unit, prize) for unit, (prize, offset) in enumerate(zip(units, offsets, strict=True)))


def moments_key(manifest: object, secret: bytes, randomness: bytes) -> bytes:
    inputs = digest(manifest) + sized(randomness, "the randomness", 32)
    return hmac.digest(sized(secret, "the secret", 32), b"IW/1\0" + inputs, "sha256")


def scattered(stream: Stream, length: int, count: int) -> Iterator[int]:
    return (stream.below(length) for _ in range(count))


def slotted(stream: Stream, length: int, count: int) -> Iterator[int]:
    """One unit in each of equally long slots, so that prizes never come all at once."""
    bounds = pairwise(unit * length // count for unit in range(count + 1))
    return (low + stream.below(high - low) for low, high in bounds)


def judge_moments(manifest: object) -> Calendar:
    """Raises Refused for what no game may be opened with."""
    plan = fields(manifest, "the manifest", MOMENTS_REQUIRED, MOMENTS_OPTIONAL)
    if plan["v"] != "IW/1":
        raise Refused('the manifest\'s v must be "IW/1"')
    text(plan["campaign"], "the manifest's campaign")
    text(plan.get("tzdata", "?"), "the manifest's tzdata")
    mode = text(plan["mode"], "the manifest's mode")
    if mode not in ("iid", "stratified"):
        raise Refused('the manifest\'s mode must be "iid" or "stratified"')
    # "drop_at_day_end" has no meaning while the manifest names no zone whose days could end.
    if plan.get("carry", "open") != "open":
        raise Refused('the manifest\'s carry must be "open"')
    line, units = Line(intervals_of(plan["intervals"])), units_of(plan["prizes"])
    if not len(units) <= line.length <= 2**63:
        raise Refused(f"{len(units)} units of prizes do not fit on a line of length {line.length}")
    return Calendar(line, units, mode, source_of(plan))


def intervals_of(value: object) -> list[tuple[int, int, int]]:
    found = sorted(interval_of(item) for item in array(value, "the manifest's intervals"))
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise Refused("two intervals of the manifest overlap")
    return found


def interval_of(item: object) -> tuple[int, int, int]:
    parts = array(item, "an interval")
    if len(parts) not in (2, 3):
        raise Refused("an interval must be [begin, end] or [begin, end, weight]")
    begin = integer(parts[0], "an interval's begin")
    end = integer(parts[1], "an interval's end", begin + 1)
    return begin, end, integer(parts[2], "an interval's weight", 1) if len(parts) == 3 else 1


def units_of(value: object) -> list[str]:
    """The prize of each unit."""
    stock: dict[str, int] = {}
    for item in array(value, "the manifest's prizes"):
        pair = array(item, "a prize")
        if len(pair) != 2:
            raise Refused("a prize must be [id, quantity]")
        prize = text(pair[0], "a prize's id")
        if prize in stock:
            raise Refused(f"the prize {prize!r} is listed twice")
        stock[prize] = integer(pair[1], "a prize's quantity", 1, MOST_UNITS)
    if not 1 <= sum(stock.values()) <= MOST_UNITS:
        raise Refused(f"a game has 1 to {MOST_UNITS} units of prizes")
    return [prize for prize, quantity in stock.items() for _ in range(quantity)]


# entries: The public list of a draw: a line per entry, no name in it, in one order and one spelling only.


LINE = re.compile(r"([0-9a-f]{32}) ([1-9][0-9]{0,18}) ([0-9a-f]{32}) [0-9a-f]{64}", re.ASCII)


class Entry(NamedTuple):
    id: str
    weight: int
    group: str


def entries_of(data: bytes) -> list[Entry]:
    """The entries of an entries.txt, where every line ends with LF and ids rise strictly."""
    if b"\r" in data:
        raise Refused("entries.txt has a carriage return: lines must end with LF alone")
    *lines, rest = data.split(b"\n")
    if rest:
        raise Refused("entries.txt does not end with a line end")
    found = [entry_of(line, number) for number, line in enumerate(lines, start=1)]
    for number, (earlier, later) in enumerate(pairwise(found), start=2):
        if later.id <= earlier.id:
            fault = "repeats the entry of the line before" if later.id == earlier.id else "is not in the order of the ids"
            raise Refused(f"line {number} of entries.txt {fault}")
    return found


def entry_of(line: bytes, number: int) -> Entry:
    match = LINE.fullmatch(line.decode("ascii", "replace"))
    if match is None:
        raise Refused(f"line {number} of entries.txt is not <id> <weight> <group> <commitment>")
    entry, weight, group = match.groups()
    return Entry(entry, int(weight), group)


# draw: A draw `DRAW/1`: a frozen list, a randomness that came after it, and the winners that follow from both.


DRAW_REQUIRED = ("v", "draw", "entries_sha256", "entries_count", "winners", "dedupe", "beacon")
DRAW_OPTIONAL = ("tenant", "campaign", "rules_sha256", "weight_total", "prizes", "substitutes", "fallback_round", "software")


class Frozen(NamedTuple):
    """A manifest that has been judged."""

    entries_sha256: bytes
    entries_count: int
    weight_total: int | None
    winners: int
    substitutes: int
    dedupe: str
    prizes: list[str]
    """The prize of each winner in the order of selection; empty where the manifest names none."""
    source: Source


class Tree:
    """Weights with fast sums of their beginnings (Fenwick): change one or find by running total in log n steps."""

    def __init__(self, weights: Sequence[int]) -> None:
        self.weights = list(weights)
        self.sums = [0, *weights]
        for place in range(1, len(self.sums)):
            above = place + (place & -place)
            if above < len(self.sums):
                self.sums[above] += self.sums[place]
        self.total = sum(weights)

    def clear(self, index: int) -> None:
        """Take the weight away: it cannot be found again."""
        weight, place = self.weights[index], index + 1
        self.weights[index] = 0
        self.total -= weight
        while place < len(self.sums):
            self.sums[place] -= weight
            place += place & -place

    def find(self, ticket: int) -> int:
        """The smallest index whose running total is above the ticket."""
        place = 0
        step = 1 << (len(self.sums) - 1).bit_length()
        while step := step >> 1:
            if place + step < len(self.sums) and self.sums[place + step] <= ticket:
                place += step
                ticket -= self.sums[place]
        return place


def select(entries: Sequence[Entry], count: int, dedupe: str, key: bytes) -> list[str]:
    """Ids of the drawn entries in order: at most count, fewer when everyone has been drawn."""
    tree, stream = Tree([entry.weight for entry in entries]), Stream(key)
    if tree.total > 2**63:
        raise Refused("the weights add up to more than 2^63")
    owners = [entry.group if dedupe == "group" else entry.id for entry in entries]
    owned: dict[str, list[int]] = {}
    for index, owner in enumerate(owners):
        owned.setdefault(owner, []).append(index)
    selected: list[str] = []
    while len(selected) < count and tree.total:
        drawn = tree.find(stream.below(tree.total))
        selected.append(entries[drawn].id)
        for index in owned[owners[drawn]]:
            tree.clear(index)
    return selected


def draw_key(manifest: object, randomness: bytes) -> bytes:
    # The secret is 32 zero bytes: one that the organiser may withhold would be a veto.
    return hmac.digest(bytes(32), b"DRAW/1\0" + digest(manifest) + sized(randomness, "the randomness", 32), "sha256")


def drawn_from(manifest: object, data: bytes, randomness: bytes) -> list[str]:
    """Winners, then substitutes, from the manifest and the very bytes of its entries.txt."""
    frozen = judge_draw(manifest)
    if hashlib.sha256(data).digest() != frozen.entries_sha256:
        raise Refused("entries.txt is not the list the manifest has frozen")
    entries = entries_of(data)
    if len(entries) != frozen.entries_count:
        raise Refused(f"entries.txt has {len(entries)} entries, the manifest says {frozen.entries_count}")
    weight = sum(entry.weight for entry in entries)
    if frozen.weight_total not in (None, weight):
        raise Refused(f"entries.txt has a weight of {weight}, the manifest says {frozen.weight_total}")
    return select(entries, frozen.winners + frozen.substitutes, frozen.dedupe, draw_key(manifest, randomness))


def assignment(frozen: Frozen, selected: Sequence[str]) -> list[list[str]]:
    """Who gets which prize; those after the winners are substitutes and have none yet."""
    return [[entry, prize] for entry, prize in zip(selected, frozen.prizes, strict=False)]


def judge_draw(manifest: object) -> Frozen:
    """Raises Refused for what no draw may be frozen with."""
    plan = fields(manifest, "the manifest", DRAW_REQUIRED, DRAW_OPTIONAL)
    if plan["v"] != "DRAW/1":
        raise Refused('the manifest\'s v must be "DRAW/1"')
    judge_labels(plan)
    dedupe = text(plan["dedupe"], "the manifest's dedupe")
    if dedupe not in ("group", "entry"):
        raise Refused('the manifest\'s dedupe must be "group" or "entry"')
    winners = integer(plan["winners"], "the manifest's winners", 1)
    return Frozen(
        entries_sha256=octets(plan["entries_sha256"], "the manifest's entries_sha256", 32),
        entries_count=integer(plan["entries_count"], "the manifest's entries_count"),
        weight_total=integer(plan["weight_total"], "the manifest's weight_total") if "weight_total" in plan else None,
        winners=winners,
        substitutes=integer(plan.get("substitutes", 0), "the manifest's substitutes"),
        dedupe=dedupe,
        prizes=ranked(plan["prizes"], winners) if "prizes" in plan else [],
        source=source_of(plan),
    )


def judge_labels(plan: dict[str, object]) -> None:
    """What says which draw this is, and decides nothing."""
    for name in ("draw", "tenant", "campaign"):
        text(plan.get(name, "?"), f"the manifest's {name}")
    octets(plan.get("rules_sha256", "0" * 64), "the manifest's rules_sha256", 32)
    if "software" in plan:
        fields(plan["software"], "the manifest's software", ["version", "commit"])


def ranked(value: object, winners: int) -> list[str]:
    """The prize of each winner: by rank, then by id."""
    prizes: list[tuple[int, str, int]] = []
    for item in array(value, "the manifest's prizes"):
        prize = fields(item, "a prize", ["id", "qty", "rank"])
        quantity = integer(prize["qty"], "a prize's qty", 1, winners)
        prizes.append((integer(prize["rank"], "a prize's rank"), text(prize["id"], "a prize's id"), quantity))
    if len({name for _, name, _ in prizes}) != len(prizes):
        raise Refused("a prize is listed twice")
    if sum(quantity for *_, quantity in prizes) != winners:
        raise Refused(f"the manifest's prizes are not for {winners} winners")
    return [name for _, name, quantity in sorted(prizes) for _ in range(quantity)]


# plays: The published log of an instant win, and the check that the first play at or after each moment won it.


PLAY = re.compile(r"(0|[1-9][0-9]{0,15}) ([0-9a-f]{32}) ([0-9a-f]{32}) (-|[do]?(?:0|[1-9][0-9]{0,6}))", re.ASCII)
MODES = {"calendar": "", "deck": "d", "odds": "o"}


class Play(NamedTuple):
    """A play: when, which, whose, and what it won: a moment, a ticket, or by odds a prize, each by its index."""

    at_ms: int
    id: str
    group: str
    moment: int | None
    mode: str = "calendar"


def play_line(play: Play) -> str:
    return f"{play.at_ms} {play.id} {play.group} {'-' if play.moment is None else f'{MODES[play.mode]}{play.moment}'}\n"


def plays_of(data: bytes) -> list[Play]:
    *lines, rest = data.split(b"\n")
    if rest:
        raise Refused("plays.txt does not end with a line end")
    return [play_of(line, number) for number, line in enumerate(lines, start=1)]


def play_of(line: bytes, number: int) -> Play:
    match = PLAY.fullmatch(line.decode("ascii", "replace"))
    if match is None:
        raise Refused(f"line {number} of plays.txt is not <at_ms> <play> <group> <moment or ->")
    at_ms, play, group, won = match.groups()
    if won == "-":
        return Play(int(at_ms), play, group, None)
    mode = next(mode for mode, sign in MODES.items() if sign == won.rstrip("0123456789"))
    return Play(int(at_ms), play, group, int(won.lstrip("do")), mode)


def judge_plays(plays: Sequence[Play], times: Sequence[int]) -> None:
    """Raises Refused unless each moment went to one play, in their order, none before its time, none past a play that lost."""
    seen: set[str] = set()
    claims: dict[int, int] = {}
    for play in plays:
        if play.id in seen:
            raise Refused(f"play {play.id} is listed twice")
        seen.add(play.id)
        if play.moment is not None:
            judge_claim(play, claims, times)
            claims[play.moment] = play.at_ms
    open_until = [claims.get(moment, float("inf")) for moment in range(len(times))]
    judge_order(open_until)
    judge_losers(plays, open_until, times)


def judge_claim(play: Play, claims: dict[int, int], times: Sequence[int]) -> None:
    moment = play.moment
    assert moment is not None
    if play.mode != "calendar":
        raise Refused(f"play {play.id} won by {play.mode}, and there are moments only")
    if moment >= len(times):
        raise Refused(f"play {play.id} won moment {moment}, and there are only {len(times)}")
    if moment in claims:
        raise Refused(f"moment {moment} was won twice, the second time by play {play.id}")
    if play.at_ms < times[moment]:
        raise Refused(f"play {play.id} won moment {moment} at {play.at_ms}, before its time {times[moment]}")


def judge_order(open_until: Sequence[float]) -> None:
    """A play takes the oldest moment that is open; otherwise the better prize could be kept for someone."""
    for moment, (earlier, later) in enumerate(pairwise(open_until), start=1):
        if later < earlier:
            raise Refused(f"moment {moment} was won while moment {moment - 1}, which is older, was still open")


def judge_losers(plays: Sequence[Play], open_until: Sequence[float], times: Sequence[int]) -> None:
    """Of the moments due at a play the last one is open longest, so it alone says whether the play should have won."""
    for play in plays:
        last = bisect_right(times, play.at_ms) - 1
        if play.moment is None and last >= 0 and play.at_ms < open_until[last]:
            raise Refused(f"play {play.id} lost at {play.at_ms}, while moment {last} of {times[last]} was still to be won")


# schedule: Units that fall due by a clock: the time of day for sealed moments, the number of the play for a sealed deck.


class Schedule:
    """In the order in which they fall due; each prize's are given in this order, so a count says which is next."""

    def __init__(self, units: Iterable[tuple[int, str]]) -> None:
        self.times: list[int] = []
        self.prizes: list[str] = []
        self.places: dict[str, list[int]] = {}
        for place, (at, prize) in enumerate(units):
            self.times.append(at)
            self.prizes.append(prize)
            self.places.setdefault(prize, []).append(place)

    @property
    def units(self) -> list[list[object]]:
        """As a proof tells them."""
        return [[at, prize] for at, prize in zip(self.times, self.prizes, strict=True)]

    def oldest(self, taken: Mapping[str, int], clock: float, free: Callable[[str], bool]) -> int | None:
        """The place of the oldest unit that is due and not taken, of a prize that may be given now. The others wait."""
        found: int | None = None
        for prize, places in self.places.items():
            done = taken.get(prize, 0)
            if done >= len(places) or (found is not None and places[done] > found):
                continue
            if self.times[places[done]] <= clock and free(prize):
                found = places[done]
        return found


# deck: A sealed deck `DECK/1`: as many tickets as plays are expected, shuffled by the secret; play n has ticket n.


MOST_TICKETS = 10_000_000
DECK_REQUIRED = ("v", "campaign", "tickets", "prizes", "beacon")


class Ticket(NamedTuple):
    """A winning one. Numbers count from 1, as plays do; units from 0 through all prizes in the manifest's order."""

    number: int
    unit: int
    prize: str


def tickets(manifest: object, secret: bytes, randomness: bytes) -> list[Ticket]:
    """The winning tickets in their order. The shuffle is Fisher-Yates, told only as far as there are winners."""
    count, units = judge_deck(manifest)
    inputs = digest(manifest) + sized(randomness, "the randomness", 32)
    stream = Stream(hmac.digest(sized(secret, "the secret", 32), b"DECK/1\0" + inputs, "sha256"))
    moved: dict[int, int] = {}
    found = []
    for unit, prize in enumerate(units):
        drawn = unit + stream.below(count - unit)
        found.append(Ticket(moved.get(drawn, drawn) + 1, unit, prize))
        moved[drawn] = moved.get(unit, unit)
    return sorted(found)


def judge_deck(manifest: object) -> tuple[int, list[str]]:
    """How many tickets there are, and the prize of each unit. Raises Refused."""
    plan = fields(manifest, "the manifest of the deck", DECK_REQUIRED)
    if plan["v"] != "DECK/1":
        raise Refused('the v of a deck must be "DECK/1"')
    text(plan["campaign"], "the deck's campaign")
    source_of(plan)
    count, units = integer(plan["tickets"], "the deck's tickets", 1, MOST_TICKETS), units_of(plan["prizes"])
    if len(units) > count:
        raise Refused(f"{len(units)} units of prizes do not fit into a deck of {count} tickets")
    return count, units


# odds: Adaptive odds `ODDS/1`: play n wins with the chance remaining units / plays that are still expected, by a number the secret fixed.


MOST_PLAYS = 10_000_000
ODDS_REQUIRED = ("v", "campaign", "plays", "prizes", "beacon")


class Odds:
    """A manifest that has been judged, with its key."""

    def __init__(self, manifest: object, secret: bytes, randomness: bytes) -> None:
        self.plays, self.stock = judge_odds(manifest)
        inputs = digest(manifest) + sized(randomness, "the randomness", 32)
        self.key = hmac.digest(sized(secret, "the secret", 32), b"ODDS/1\0" + inputs, "sha256")

    def drawn(self, number: int, taken: Mapping[str, int], free: Callable[[str], bool], certain: bool = False) -> str | None:
        """The prize that this play wins, if any: each unit that may be given now is as likely as any other."""
        left = {prize: stock - taken.get(prize, 0) for prize, stock in self.stock.items() if free(prize)}
        remaining = sum(left.values())
        if remaining <= 0:
            return None
        ahead = remaining if certain else max(remaining, self.plays - number + 1)
        ticket = Stream(hmac.digest(self.key, struct.pack(">Q", number), "sha256")).below(ahead)
        for prize, count in left.items():
            if ticket < count:
                return prize
            ticket -= count
        return None


def judge_odds(manifest: object) -> tuple[int, dict[str, int]]:
    """How many plays are expected, and the stock of each prize. Raises Refused."""
    plan = fields(manifest, "the manifest of the odds", ODDS_REQUIRED)
    if plan["v"] != "ODDS/1":
        raise Refused('the v of adaptive odds must be "ODDS/1"')
    text(plan["campaign"], "the odds' campaign")
    source_of(plan)
    stock: dict[str, int] = {}
    for prize in units_of(plan["prizes"]):
        stock[prize] = stock.get(prize, 0) + 1
    return integer(plan["plays"], "the plays expected", 1, MOST_PLAYS), stock


# listing: A list of moments that somebody brought, `LIST/1`: the commitment binds it, and nobody reads it before the end.


LIST_REQUIRED = ("v", "campaign", "prizes", "beacon")
LISTED = re.compile(r"(0|[1-9][0-9]{0,15}) ([a-z0-9][a-z0-9_-]{0,39})", re.ASCII)


def listing(moments: Iterable[tuple[int, str]]) -> bytes:
    """The list as its file has it: a line for each moment, by time."""
    return "".join(f"{at_ms} {prize}\n" for at_ms, prize in sorted(moments)).encode()


def listed(manifest: object, data: bytes) -> list[Moment]:
    """Raises Refused unless the list is in order and has exactly the units that the manifest names."""
    units = judge_list(manifest)
    *lines, rest = data.split(b"\n")
    if rest:
        raise Refused("moments.txt does not end with a line end")
    found = [listed_line(line, number) for number, line in enumerate(lines)]
    if any(later < earlier for earlier, later in pairwise((moment.at_ms, moment.prize) for moment in found)):
        raise Refused("moments.txt is not in the order of its times")
    if Counter(moment.prize for moment in found) != Counter(units):
        raise Refused("moments.txt does not have the units that the manifest names")
    return found


def listed_line(line: bytes, number: int) -> Moment:
    match = LISTED.fullmatch(line.decode("ascii", "replace"))
    if match is None:
        raise Refused(f"line {number + 1} of moments.txt is not <at_ms> <prize>")
    return Moment(int(match[1]), number, match[2])


def judge_list(manifest: object) -> list[str]:
    plan = fields(manifest, "the manifest of the list", LIST_REQUIRED)
    if plan["v"] != "LIST/1":
        raise Refused('the v of a list must be "LIST/1"')
    text(plan["campaign"], "the list's campaign")
    source_of(plan)
    return units_of(plan["prizes"])


# giving: What a play is given: one decision, taken by the running game and by everybody who recomputes it afterwards.


HOUR_S = 3600


def millisecond(at: float) -> int:
    """The one in which this lies. A whole one may have become a float a hair below it."""
    return int(at * 1000 + 0.001)


class Caps(NamedTuple):
    """What is given to one player, in a day and in an hour, at most. None and nothing named: as it comes."""

    wins_per_player: int | None = None
    wins_per_day: int | None = None
    gap_ms: int = 0  # between two wins of one player
    per_day: Mapping[str, int] = {}
    per_hour: Mapping[str, int] = {}


class Plan(NamedTuple):
    """What is sealed, opened."""

    calendar: Schedule
    deck: Schedule
    odds: Odds | None = None
    sweep_from: int | None = None  # from this millisecond on whatever remains is due


class Gift(NamedTuple):
    mode: str  # calendar, deck or odds
    prize: str
    place: int | None  # in the calendar or the deck


@dataclass
class Held:
    """A unit that somebody has won."""

    prize: str
    unit: int
    at: float


@dataclass
class Window:
    """What the running day, or hour, has given."""

    key: float = 0.0
    total: int = 0
    given: dict[str, int] = field(default_factory=dict)

    def during(self, key: float) -> "Window":
        return self if self.key == key else Window(key)


@dataclass
class Standing:
    """How far a game has come: all that the next decision depends on, besides the plan. None of it grows with a play that loses."""

    plays: int = 0
    given: dict[str, int] = field(default_factory=dict)
    taken: dict[str, dict[str, int]] = field(default_factory=dict)  # the same, by the mode that gave them
    frozen: set[str] = field(default_factory=set)
    wins: dict[int, list[Held]] = field(default_factory=dict)
    day: Window = field(default_factory=Window)
    hour: Window = field(default_factory=Window)

    def take(self, player: int, gift: Gift, at: float, until: float) -> None:
        prize, unit = gift.prize, self.given.get(gift.prize, 0)
        taken = self.taken.setdefault(gift.mode, {})
        self.given[prize], taken[prize] = unit + 1, taken.get(prize, 0) + 1
        self.wins.setdefault(player, []).append(Held(prize, unit, at))
        self.day, self.hour = self.day.during(until), self.hour.during(at // HOUR_S)
        for window in (self.day, self.hour):
            window.total += 1
            window.given[prize] = window.given.get(prize, 0) + 1


def give(plan: Plan, caps: Caps, standing: Standing, player: int, at: float, until: float) -> Gift | None:
    """Calendar, then deck, then odds. `until` is when the day ends in which `at` lies; the play counts as the next one.

    A prize that is frozen, or has had its share of the day, is passed over; its units stay due and go to a later play.
    """
    at_ms = millisecond(at)
    if not admitted(caps, standing, player, at_ms, until):
        return None

    def free(prize: str) -> bool:
        return allowed(caps, standing, prize, at, until)

    sweeping = plan.sweep_from is not None and at_ms >= plan.sweep_from
    number = standing.plays + 1
    for mode, schedule, clock in (("calendar", plan.calendar, at_ms), ("deck", plan.deck, number)):
        place = schedule.oldest(standing.taken.get(mode, {}), inf if sweeping else clock, free)
        if place is not None:
            return Gift(mode, schedule.prizes[place], place)
    prize = plan.odds.drawn(number, standing.taken.get("odds", {}), free, sweeping) if plan.odds else None
    return Gift("odds", prize, None) if prize else None


def admitted(caps: Caps, standing: Standing, player: int, at_ms: int, until: float) -> bool:
    """May this player win now?"""
    if caps.wins_per_day is not None and standing.day.during(until).total >= caps.wins_per_day:
        return False
    wins = standing.wins.get(player)
    if not wins:
        return True
    if caps.wins_per_player is not None and len(wins) >= caps.wins_per_player:
        return False
    return at_ms - millisecond(wins[-1].at) >= caps.gap_ms


def allowed(caps: Caps, standing: Standing, prize: str, at: float, until: float) -> bool:
    """May this prize be given now?"""
    if prize in standing.frozen:
        return False
    if prize in caps.per_day and standing.day.during(until).given.get(prize, 0) >= caps.per_day[prize]:
        return False
    return prize not in caps.per_hour or standing.hour.during(at // HOUR_S).given.get(prize, 0) < caps.per_hour[prize]


# promise: All that a game promises of its prizes, `PRIZES/1`: one commitment over calendar, deck, odds and caps. An `IW/1` is one too.


PRIZES_REQUIRED = ("v", "campaign", "beacon", "parts", "caps", "days", "intervals")
PRIZES_OPTIONAL = ("fallback_round", "tzdata", "sweep_from", "stage")
CAPS = ("wins_per_player", "wins_per_day", "gap_ms", "per_day", "per_hour")
PARTS = {"IW/1": judge_moments, "LIST/1": judge_list, "DECK/1": judge_deck, "ODDS/1": judge_odds}


class Promise(NamedTuple):
    """A manifest that has been judged."""

    source: Source
    campaign: str
    intervals: list[list[int]]
    parts: dict[str, dict[str, object]]  # by protocol
    caps: Caps = Caps()
    days: tuple[int, ...] = ()  # when each day of the game ends
    sweep_from: int | None = None
    stage: dict[str, int] = {}  # units that wait for a burst

    @property
    def bare(self) -> bool:
        """An `IW/1` alone, as it was before there was anything else."""
        return not self.days

    def until(self, at_ms: int) -> float:
        """When the day ends in which this lies, in seconds."""
        place = bisect_right(self.days, at_ms)
        return self.days[place] / 1000 if place < len(self.days) else inf


def judge_promise(manifest: object) -> Promise:
    """Raises Refused for what no game may be opened with."""
    if isinstance(manifest, dict) and manifest.get("v") == "IW/1":
        calendar = judge_moments(manifest)
        return Promise(calendar.source, str(manifest["campaign"]), spans(manifest["intervals"]), {"IW/1": manifest})
    plan = fields(manifest, "the manifest", PRIZES_REQUIRED, PRIZES_OPTIONAL)
    if plan["v"] != "PRIZES/1":
        raise Refused('the manifest\'s v must be "IW/1" or "PRIZES/1"')
    text(plan.get("tzdata", "?"), "the manifest's tzdata")
    days = tuple(integer(day, "the end of a day") for day in array(plan["days"], "the manifest's days"))
    if not days or any(later <= earlier for earlier, later in pairwise(days)):
        raise Refused("the manifest's days must rise, and there must be one")
    return Promise(
        source=source_of(plan),
        campaign=text(plan["campaign"], "the manifest's campaign"),
        intervals=spans(plan["intervals"]),
        parts=parts_of(plan),
        caps=caps_of(plan["caps"]),
        days=days,
        sweep_from=integer(plan["sweep_from"], "the manifest's sweep_from") if "sweep_from" in plan else None,
        stage=quantities(plan.get("stage", []), "the manifest's stage"),
    )


def spans(value: object) -> list[list[int]]:
    return [list(interval) for interval in intervals_of(value)]


def parts_of(plan: dict[str, object]) -> dict[str, dict[str, object]]:
    """At most one of each protocol, of this very game, and no prize in two of them."""
    found: dict[str, dict[str, object]] = {}
    prizes: set[str] = set()
    for part in array(plan["parts"], "the manifest's parts"):
        name = part.get("v") if isinstance(part, dict) else None
        if not isinstance(part, dict) or not isinstance(name, str) or name not in PARTS or name in found:
            raise Refused(f"a part must be one of {', '.join(PARTS)}, each at most once")
        PARTS[name](part)
        if (part["campaign"], part["beacon"]) != (plan["campaign"], plan["beacon"]):
            raise Refused(f"the part {name} is of another game")
        named = set(units_of(part["prizes"]))
        if prizes & named:
            raise Refused(f"the prize {min(prizes & named)!r} stands in two parts")
        prizes |= named
        found[name] = part
    if {"IW/1", "LIST/1"} <= found.keys():
        raise Refused("moments are either drawn or listed, not both")
    return found


def caps_of(value: object) -> Caps:
    told = fields(value, "the manifest's caps", (), CAPS)
    whole = {name: integer(told[name], f"the cap {name}", 0 if name == "gap_ms" else 1) for name in CAPS[:3] if name in told}
    each = {name: capped(told[name], name) for name in CAPS[3:] if name in told}
    return Caps(**whole, **each)  # type: ignore[arg-type]


def capped(value: object, name: str) -> dict[str, int]:
    if not isinstance(value, dict):
        raise Refused(f"the cap {name} must be an object")
    return {prize: integer(most, f"the cap {name}", 1) for prize, most in value.items()}


def quantities(value: object, name: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for prize in units_of(value) if array(value, name) else []:
        counted[prize] = counted.get(prize, 0) + 1
    return counted


def promise_commitment(manifest: object, secret: bytes, listing: bytes = b"") -> bytes:
    """Published before the opening: it binds secret, manifest and the list that somebody brought, and tells nothing of them."""
    if judge_promise(manifest).bare:
        return commitment(secret, manifest)
    inputs = sized(secret, "the secret", 32) + digest(manifest) + hashlib.sha256(listing).digest()
    return hashlib.sha256(b"PRIZES/1/commit\0" + inputs).digest()


class Opened(NamedTuple):
    """What is hidden in a promise, once secret and randomness are known."""

    moments: list[Moment]
    deck: Schedule
    odds: Odds | None
    sweep_from: int | None

    def plan(self, moments: Sequence[Moment]) -> Plan:
        return Plan(Schedule((moment.at_ms, moment.prize) for moment in moments), self.deck, self.odds, self.sweep_from)


def open_promise(promise: Promise, secret: bytes, randomness: bytes, listing: bytes = b"") -> Opened:
    calendar, brought, deck, odds = (promise.parts.get(name) for name in PARTS)
    moments = derive(calendar, secret, randomness) if calendar else listed(brought, listing) if brought else []
    drawn = tickets(deck, secret, randomness) if deck else []
    return Opened(
        moments,
        Schedule((ticket.number, ticket.prize) for ticket in drawn),
        Odds(odds, secret, randomness) if odds else None,
        promise.sweep_from,
    )


def addendum(promise: Promise, number: int, prizes: list[list[object]], since_ms: int, until_ms: int | None = None) -> dict[str, object]:
    """The manifest of stock that is added: an `IW/1` over what remains of the hours, or over the seconds of a burst."""
    cut = [[max(begin, since_ms), end, weight] for begin, end, weight in promise.intervals if end > since_ms]
    return {
        "v": "IW/1",
        "campaign": f"{promise.campaign}+{number}",
        "intervals": cut if until_ms is None else [[since_ms, until_ms]],
        "prizes": prizes,
        "mode": "iid",
        "carry": "open",
        "beacon": promise.source.beacon,
    }


def merged(moments: Iterable[Moment], additions: Iterable[list[Moment]]) -> list[Moment]:
    """By time; what was sealed earlier first. Those of an addition all lie after it, so no place that was taken before moves."""
    return sorted(chain(moments, *additions), key=lambda moment: moment.at_ms)


# acts: What operators did to the prizes of a running game, as its proof lists it.


SEALED = ("manifest", "commit")
ACTS = {"freeze": ("prize",), "thaw": ("prize",), "addendum": SEALED, "burst": SEALED, "disqualify": ("group",)}
LONGEST_BURST = 120_000


class Act(NamedTuple):
    """`after` is how many lines of plays.txt were there before."""

    act: str
    after: int
    at_ms: int
    about: object  # the prize, the group, or the manifest of an addendum or a burst
    commit: str = ""


def acts_of(document: object) -> list[Act]:
    return [act_of(item) for item in array(document, "acts.json")]


def act_of(item: object) -> Act:
    kind = item.get("act") if isinstance(item, dict) else None
    if not isinstance(kind, str) or kind not in ACTS:
        raise Refused(f"an act must be one of {', '.join(ACTS)}")
    told = fields(item, f"the act {kind}", ("act", "after", "at_ms", *ACTS[kind]))
    after, at_ms = integer(told["after"], "an act's after"), integer(told["at_ms"], "an act's at_ms")
    if ACTS[kind] == SEALED:
        return Act(kind, after, at_ms, told["manifest"], octets(told["commit"], "an addendum's commit", 32).hex())
    return Act(kind, after, at_ms, text(told[ACTS[kind][0]], f"the act {kind}'s {ACTS[kind][0]}"))


def act_document(act: Act) -> dict[str, object]:
    name = ACTS[act.act][0]
    told: dict[str, object] = {"act": act.act, "after": act.after, "at_ms": act.at_ms, name: act.about}
    return {**told, "commit": act.commit} if ACTS[act.act] == SEALED else told


def additions(promise: Promise, acts: Sequence[Act], secret: bytes, randomness: bytes) -> list[list[Moment]]:
    """The moments of each addendum and burst. Raises Refused for one of another game, not sealed, or reaching into the past."""
    found = []
    stage = dict(promise.stage)
    for number, act in enumerate((act for act in acts if ACTS[act.act] == SEALED), start=1):
        line, units, _, source = judge_moments(act.about)
        assert isinstance(act.about, dict)
        if (act.about["campaign"], source) != (f"{promise.campaign}+{number}", promise.source):
            raise Refused(f"addendum {number} is of another game")
        if commitment(secret, act.about).hex() != act.commit:
            raise Refused(f"addendum {number} is not the one that was committed to")
        if line.intervals[0][0] <= act.at_ms:
            raise Refused(f"addendum {number} has moments before it was made")
        if promise.sweep_from is not None and act.at_ms >= promise.sweep_from:
            raise Refused(f"addendum {number} was made in the last stretch")
        if act.act == "burst":
            if line.intervals[-1][1] - line.intervals[0][0] > LONGEST_BURST:
                raise Refused(f"addendum {number} is a burst of more than two minutes")
            for prize in units:
                stage[prize] = stage.get(prize, 0) - 1
        found.append(derive(act.about, secret, randomness))
    if overdrawn := [prize for prize, left in stage.items() if left < 0]:
        raise Refused(f"bursts gave more of {overdrawn[0]} than waited for them")
    return found


# outcomes: The check that every play got what it was due: all of them are decided again, in their order.


class Retold:
    """A game that is decided once more, from what its proof tells."""

    def __init__(self, promise: Promise, caps: Caps, plan: Plan) -> None:
        self.promise, self.caps, self.plan = promise, caps, plan
        self.standing = Standing()
        self.numbers: dict[str, int] = {}  # players, by their groups
        self.seen: set[str] = set()

    def act(self, act: Act) -> None:
        match act.act:
            case "freeze":
                self.standing.frozen.add(str(act.about))
            case "thaw":
                self.standing.frozen.discard(str(act.about))
            case "disqualify":
                self.standing.wins.pop(self.number(str(act.about)), None)

    def number(self, group: str) -> int:
        return self.numbers.setdefault(group, len(self.numbers) + 1)

    def play(self, play: Play) -> None:
        """Raises Refused unless it got what is due to it."""
        if play.id in self.seen:
            raise Refused(f"play {play.id} is listed twice")
        self.seen.add(play.id)
        # Half a millisecond more, so that no rounding of a fraction falls below the whole number.
        player, at, until = self.number(play.group), (play.at_ms + 0.5) / 1000, self.promise.until(play.at_ms)
        due = give(self.plan, self.caps, self.standing, player, at, until)
        if (due and (due.mode, self.index(due))) != (None if play.moment is None else (play.mode, play.moment)):
            raise Refused(self.difference(play, due))
        self.standing.plays += 1
        if due:
            self.standing.take(player, due, at, until)

    def index(self, gift: Gift) -> int:
        if gift.place is not None:
            return gift.place
        assert self.plan.odds is not None
        return list(self.plan.odds.stock).index(gift.prize)

    def difference(self, play: Play, due: Gift | None) -> str:
        told = f"play {play.id} "
        if play.moment is None:
            assert due is not None
            return told + f"lost at {play.at_ms}, while {self.called(due.mode, self.index(due))} was still to be won"
        if play.mode == "calendar" and (fault := self.untimely(play, due)):
            return fault
        return told + f"won {play.mode} {play.moment}, and {self.called(due.mode, self.index(due)) if due else 'nothing'} was due to it"

    def untimely(self, play: Play, due: Gift | None) -> str:
        moment, calendar = play.moment, self.plan.calendar
        assert moment is not None
        won = f"play {play.id} won moment {moment}"
        if moment >= len(calendar.times):
            return f"{won}, and there are only {len(calendar.times)}"
        at, prize = calendar.times[moment], calendar.prizes[moment]
        if bisect_left(calendar.places[prize], moment) < self.standing.taken.get("calendar", {}).get(prize, 0):
            return f"moment {moment} was won twice, the second time by play {play.id}"
        if play.at_ms < at and not (self.plan.sweep_from is not None and play.at_ms >= self.plan.sweep_from):
            return f"{won} at {play.at_ms}, before its time {at}"
        if due and due.place is not None and due.mode == "calendar":
            return f"moment {moment} was won while moment {due.place}, which is older, was still open"
        return ""

    def called(self, mode: str, index: int) -> str:
        if mode == "calendar":
            return f"moment {index} of {self.plan.calendar.times[index]}"
        return f"ticket {self.plan.deck.times[index]}" if mode == "deck" else "one by the odds"


def judge_outcomes(promise: Promise, caps: Caps, plan: Plan, plays: Sequence[Play], acts: Sequence[Act]) -> None:
    """Raises Refused at the first play that did not get what was due to it."""
    retold, waiting, last = Retold(promise, caps, plan), list(acts)[::-1], 0
    for number, play in enumerate(plays):
        while waiting and waiting[-1].after <= number:
            last = in_order(waiting[-1].at_ms, last, "an act")
            retold.act(waiting.pop())
        retold.play(play)
        last = in_order(play.at_ms, last, f"play {play.id}")
    for act in reversed(waiting):
        if act.after > len(plays):
            raise Refused(f"an act comes after {act.after} plays, and there are {len(plays)}")
        last = in_order(act.at_ms, last, "an act")
        retold.act(act)


def prize_of(plan: Plan, play: Play) -> str:
    assert play.moment is not None
    if play.mode == "odds":
        return list(plan.odds.stock)[play.moment] if plan.odds else ""
    return (plan.calendar if play.mode == "calendar" else plan.deck).prizes[play.moment]


def remains(promise: Promise, plan: Plan, added: Sequence[Sequence[Moment]], plays: Sequence[Play]) -> list[list[object]]:
    """What nobody took: of each prize that has any left, by name."""
    supply = Counter(prize for part in promise.parts.values() for prize in units_of(part["prizes"]))
    supply.update(moment.prize for each in added for moment in each)
    supply.subtract(prize_of(plan, play) for play in plays if play.moment is not None)
    return counted(supply)


def returned(plan: Plan, plays: Sequence[Play], acts: Sequence[Act]) -> list[list[object]]:
    """What came back from who was disqualified."""
    gone = [(act.about, act.after) for act in acts if act.act == "disqualify"]
    return counted(
        Counter(prize_of(plan, play) for group, after in gone for play in plays[:after] if play.group == group and play.moment is not None)
    )


def counted(prizes: Mapping[str, int]) -> list[list[object]]:
    return [[prize, count] for prize, count in sorted(prizes.items()) if count]


def in_order(at_ms: int, last: int, what: str) -> int:
    if at_ms < last:
        raise Refused(f"{what} is listed after what is younger")
    return at_ms


# folder: The files of a proof, as they were downloaded.


class Folder:
    def __init__(self, path: str) -> None:
        self.path = Path(path)
        if not self.path.is_dir():
            raise Unreadable(f"there is no folder {path}")

    def has(self, name: str) -> bool:
        return (self.path / name).exists()

    def octets(self, name: str) -> bytes:
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            raise Unreadable(f"{name} is missing or cannot be read") from error

    def document(self, name: str) -> object:
        return decode(self.octets(name), name)


# verdict: Recomputes what a proof claims from its files alone, and says whether all holds or what does not.


HOLDS, FAILS, UNUSABLE = 0, 1, 2
RESULT = ("commit", "manifest_sha256", "moments")
TOLD_TOO = ("plays_sha256", "tickets", "left", "returned")
USAGE = "say what to verify, and where its files are: moments FOLDER, or draw FOLDER"


def verify(arguments: Sequence[str]) -> tuple[int, str]:
    """The exit code and one sentence."""
    try:
        return HOLDS, sentence(arguments)
    except Refused as refusal:
        return FAILS, f"Does not hold: {refusal}."
    except Unreadable as trouble:
        return UNUSABLE, f"Cannot verify: {trouble}."


def sentence(arguments: Sequence[str]) -> str:
    match list(arguments):
        case ["moments", path]:
            return moments_verdict(Folder(path))
        case ["draw", path]:
            return draw_verdict(Folder(path))
    raise Unreadable(USAGE)


def moments_verdict(folder: Folder) -> str:
    manifest = folder.document("manifest.json")
    promise = judge_promise(manifest)
    randomness, origin = revealed(folder, promise.source)
    secret, log = secret_of(folder), folder.octets("plays.txt")
    brought = folder.octets("moments.txt") if "LIST/1" in promise.parts else b""
    acts = acts_of(folder.document("acts.json")) if folder.has("acts.json") else []
    result = fields(folder.document("result.json"), "result.json", RESULT, TOLD_TOO)
    same(result, "manifest_sha256", digest(manifest).hex())
    same(result, "commit", promise_commitment(manifest, secret, brought).hex())
    opened, added = open_promise(promise, secret, randomness, brought), additions(promise, acts, secret, randomness)
    found = merged(opened.moments, added)
    same(result, "moments", [[moment.at_ms, moment.prize, moment.unit] for moment in found])
    same(result, "tickets", opened.deck.units)
    same(result, "plays_sha256", hashlib.sha256(log).hexdigest())
    plays = plays_of(log)
    if promise.bare and not acts:
        judge_plays(plays, [moment.at_ms for moment in found])
    else:
        plan = opened.plan(found)
        judge_outcomes(promise, promise.caps, plan, plays, acts)
        same(result, "left", remains(promise, plan, added, plays))
        same(result, "returned", returned(plan, plays, acts))
    won = sum(play.moment is not None for play in plays)
    what = f"{len(found)} moments" + (f" and {len(opened.deck.times)} winning tickets" if opened.deck.times else "")
    return f"All holds: {what} of commitment {result['commit']}, {len(plays)} plays, {won} of them won; {origin}."


def draw_verdict(folder: Folder) -> str:
    manifest = folder.document("manifest.json")
    frozen = judge_draw(manifest)
    randomness, origin = revealed(folder, frozen.source)
    if folder.has("secret.json") and any(secret_of(folder)):
        raise Refused("secret.json has a secret, and the manifest of a draw commits to none")
    selected = drawn_from(manifest, folder.octets("entries.txt"), randomness)
    result = fields(folder.document("result.json"), "result.json", ["manifest_sha256", "key", "selected"], ["assignment"])
    same(result, "manifest_sha256", digest(manifest).hex())
    same(result, "key", draw_key(manifest, randomness).hex())
    same(result, "selected", selected)
    same(result, "assignment", assignment(frozen, selected))
    return f"All holds: {len(selected)} of {frozen.entries_count} entries drawn under manifest {result['manifest_sha256']}; {origin}."


def secret_of(folder: Folder) -> bytes:
    told = fields(folder.document("secret.json"), "secret.json", ["secret"])
    return octets(told["secret"], "secret.json's secret", 32)


def revealed(folder: Folder, source: Source) -> tuple[bytes, str]:
    """The randomness, and how far it is known where it came from."""
    if not source.rounds:
        return witnessed(folder.document("witness.json"), source.beacon), "randomness of two witnesses"
    return emitted(folder.document("beacon.json"), source.rounds), "the beacon's signature was not checked"


def same(result: dict[str, object], name: str, found: object) -> None:
    """What the result does not tell cannot be wrong; what it must tell has been asked for before."""
    if result.get(name, found) != found:
        raise Refused(f"result.json's {name} is not what follows from the other files")


if __name__ == "__main__":
    code, words = verify(sys.argv[1:])
    (sys.stderr if code == UNUSABLE else sys.stdout).write(words + "\n")
    sys.exit(code)
