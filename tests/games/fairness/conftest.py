"""Published vectors, and the folder of a proof in which all holds."""

import json
from pathlib import Path

import pytest

from games.fairness import beacon, keys, moments, pack, witness
from games.fairness.plays import Play

KEY = bytes(range(32))
SECRET = bytes(range(1, 33))
WITNESSES = (b"1" * 32, b"2" * 32)
HOUR = 3_600_000
OPENING = 1_790_000_000_000


@pytest.fixture(scope="session")
def vectors():
    return json.loads(Path(__file__).with_name("vectors.json").read_text())


@pytest.fixture(scope="session")
def randomness(vectors):
    return bytes.fromhex(vectors["beacon"]["randomness"])


@pytest.fixture
def manifest():
    """An instant win of two days with lunch and evening, its randomness by two witnesses."""
    return {
        "v": "IW/1",
        "campaign": "été",
        "intervals": [
            [OPENING, OPENING + HOUR, 3],
            [OPENING + HOUR, OPENING + 5 * HOUR],
            [OPENING + 24 * HOUR, OPENING + 26 * HOUR, 9],
        ],
        "tzdata": "2025b",
        "prizes": [["mug", 20], ["voyage", 1]],
        "mode": "stratified",
        "carry": "open",
        "beacon": witness.label(*map(witness.commit, WITNESSES)),
    }


@pytest.fixture
def secrets():
    return {"secrets": [secret.hex() for secret in WITNESSES]}


def played(times):
    """What the rules do: a play takes the oldest moment that is due and still open."""
    plays, taken = [], 0
    for number, at in enumerate(range(OPENING - HOUR, OPENING + 27 * HOUR, HOUR // 7)):
        due = taken < len(times) and times[taken] <= at
        plays.append(Play(at, keys.pseudonym(KEY, "play", number), keys.pseudonym(KEY, "group", number % 40), taken if due else None))
        taken += due
    return plays


@pytest.fixture
def moments_proof(manifest, secrets):
    times = [moment.at_ms for moment in moments.derive(manifest, SECRET, witness.randomness(*WITNESSES))]
    return pack.moments_files(manifest, SECRET, secrets, played(times))


@pytest.fixture
def draw_proof(vectors):
    """The vector "five" with everything a manifest may say."""
    five = vectors["draws"][1]
    more = {
        "tenant": "demo",
        "campaign": "été",
        "rules_sha256": "ab" * 32,
        "weight_total": 5,
        "substitutes": 1,
        "prizes": [{"id": "voyage", "qty": 1, "rank": 1}, {"id": "mug", "qty": 2, "rank": 2}],
        "fallback_round": 29_800,
        "software": {"version": "0.1.0", "commit": "4e52562"},
        "beacon": beacon.drand(1000),
    }
    return pack.draw_files(five["manifest"] | more, vectors["beacon"], five["entries.txt"].encode())


@pytest.fixture
def laid(tmp_path):
    """Writes these files into the folder, and no other; names the folder."""

    def lay(files):
        for old in tmp_path.iterdir():
            old.unlink()
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        return str(tmp_path)

    return lay
