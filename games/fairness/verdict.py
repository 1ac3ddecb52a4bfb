"""Recomputes what a proof claims from its files alone, and says whether all holds or what does not."""

import hashlib
from collections.abc import Sequence

from games.fairness.acts import acts_of, additions
from games.fairness.beacon import emitted
from games.fairness.canonical import digest
from games.fairness.draw import assignment, draw_key, drawn_from, judge_draw
from games.fairness.folder import Folder
from games.fairness.outcomes import judge_outcomes, remains, returned
from games.fairness.plays import judge_plays, plays_of
from games.fairness.promise import judge_promise, merged, open_promise, promise_commitment
from games.fairness.shape import Refused, Unreadable, fields, octets
from games.fairness.source import Source
from games.fairness.witness import witnessed

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
