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
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
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


PLAY = re.compile(r"(0|[1-9][0-9]{0,15}) ([0-9a-f]{32}) ([0-9a-f]{32}) (-|0|[1-9][0-9]{0,6})", re.ASCII)


class Play(NamedTuple):
    """An eligible play: when, which, whose, and the index of the moment it won."""

    at_ms: int
    id: str
    group: str
    moment: int | None


def play_line(play: Play) -> str:
    return f"{play.at_ms} {play.id} {play.group} {'-' if play.moment is None else play.moment}\n"


def plays_of(data: bytes) -> list[Play]:
    *lines, rest = data.split(b"\n")
    if rest:
        raise Refused("plays.txt does not end with a line end")
    return [play_of(line, number) for number, line in enumerate(lines, start=1)]


def play_of(line: bytes, number: int) -> Play:
    match = PLAY.fullmatch(line.decode("ascii", "replace"))
    if match is None:
        raise Refused(f"line {number} of plays.txt is not <at_ms> <play> <group> <moment or ->")
    at_ms, play, group, moment = match.groups()
    return Play(int(at_ms), play, group, None if moment == "-" else int(moment))


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
    randomness, origin = revealed(folder, judge_moments(manifest).source)
    secret, log = secret_of(folder), folder.octets("plays.txt")
    result = fields(folder.document("result.json"), "result.json", ["commit", "manifest_sha256", "moments"], ["plays_sha256"])
    same(result, "manifest_sha256", digest(manifest).hex())
    same(result, "commit", commitment(secret, manifest).hex())
    found = derive(manifest, secret, randomness)
    same(result, "moments", [[moment.at_ms, moment.prize, moment.unit] for moment in found])
    same(result, "plays_sha256", hashlib.sha256(log).hexdigest())
    plays = plays_of(log)
    judge_plays(plays, [moment.at_ms for moment in found])
    won = sum(play.moment is not None for play in plays)
    return f"All holds: {len(found)} moments of commitment {result['commit']}, {len(plays)} plays, {won} of them won; {origin}."


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
