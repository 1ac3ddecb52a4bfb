"""The files of a proof, made from plain values: what `verify` reads and the proof page offers as a zip."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from games.fairness.acts import Act, act_document, additions
from games.fairness.beacon import emitted
from games.fairness.canonical import digest, encode
from games.fairness.draw import assignment, draw_key, drawn_from, judge_draw
from games.fairness.outcomes import remains, returned
from games.fairness.plays import Play, play_line
from games.fairness.promise import judge_promise, merged, open_promise, promise_commitment
from games.fairness.source import Source
from games.fairness.witness import witnessed

VERIFIER = Path(__file__).with_name("verify.py")


def moments_files(
    manifest: dict[str, object],
    secret: bytes,
    revealed: Mapping[str, object],
    plays: Iterable[Play],
    acts: Sequence[Act] = (),
    brought: bytes = b"",
) -> dict[str, bytes]:
    """Revealed is the document of witness.json or beacon.json, as the manifest's source asks. Only for a game that has ended."""
    promise, plays = judge_promise(manifest), list(plays)
    name, randomness = opened(promise.source, revealed)
    log = "".join(map(play_line, plays)).encode()
    found, added = open_promise(promise, secret, randomness, brought), additions(promise, acts, secret, randomness)
    moments = merged(found.moments, added)
    result: dict[str, object] = {
        "commit": promise_commitment(manifest, secret, brought).hex(),
        "manifest_sha256": digest(manifest).hex(),
        "moments": [[moment.at_ms, moment.prize, moment.unit] for moment in moments],
        "plays_sha256": hashlib.sha256(log).hexdigest(),
    }
    documents: dict[str, object] = {
        "manifest.json": manifest,
        name: revealed,
        "secret.json": {"secret": secret.hex()},
        "result.json": result,
    }
    if acts or not promise.bare:
        plan = found.plan(moments)
        result |= {"tickets": found.deck.units, "left": remains(promise, plan, added, plays)}
        result["returned"] = returned(plan, plays, acts)
        documents["acts.json"] = [act_document(act) for act in acts]
    lists = {"moments.txt": brought} if "LIST/1" in promise.parts else {}
    return {**written(documents), **lists, "plays.txt": log}


def draw_files(manifest: dict[str, object], revealed: Mapping[str, object], entries: bytes) -> dict[str, bytes]:
    frozen = judge_draw(manifest)
    name, randomness = opened(frozen.source, revealed)
    selected = drawn_from(manifest, entries, randomness)
    result = {
        "manifest_sha256": digest(manifest).hex(),
        "key": draw_key(manifest, randomness).hex(),
        "selected": selected,
        "assignment": assignment(frozen, selected),
    }
    return {**written({"manifest.json": manifest, name: revealed, "result.json": result}), "entries.txt": entries}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes at any time. The verifier goes with them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted({**files, VERIFIER.name: VERIFIER.read_bytes()}.items()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()


def opened(source: Source, revealed: Mapping[str, object]) -> tuple[str, bytes]:
    if source.rounds:
        return "beacon.json", emitted(dict(revealed), source.rounds)
    return "witness.json", witnessed(dict(revealed), source.beacon)


def written(documents: Mapping[str, object]) -> dict[str, bytes]:
    """Canonical, without a line end: `sha256sum manifest.json` is the hash that was published."""
    return {name: encode(document) for name, document in documents.items()}
