"""`python -m tools.golden instant_win`: plays a game and writes down its log with what everybody sees, for all releases to come.

The settings are those of `tests/games/golden/<kind>/settings.json`. A third word after the release names another match, such as
`match`: its settings, and what operators press in which round, stand in `match.json`. A file is never written twice: what a
release has stored, it has stored (decision 20).
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import django
import msgspec

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
os.environ.setdefault("DEMO", "1")
django.setup()

from games.lifecycle import Ban, End, Kick, Lifecycle, Lock, Pause, Resume  # noqa: E402
from games.log import Logged, Row, decoded  # noqa: E402
from games.mechanic import Event, Eye  # noqa: E402
from games.registry import MECHANICS  # noqa: E402
from games.replay import Replay  # noqa: E402
from games.ruleset import Ruleset  # noqa: E402
from project.words import ROOT  # noqa: E402
from tests.games.table import CLOSES, OPENS, Table  # noqa: E402

GOLDEN = ROOT / "tests/games/golden"
PLAYERS = range(1, 13)
EYES: tuple[Eye, ...] = ("everyone", "operator", 1, 2, 7, 12)
EVERY = 25  # events, between two looks
ROUNDS = 30
BUTTONS = {3: Pause(), 4: Resume(), 8: Lock(), 9: Lock(False), 12: Kick(3), 20: Ban(5)}  # what the operators press in which round


class Game(msgspec.Struct):
    """The first line."""

    release: str
    settings: dict[str, Any]
    opens_at: float
    closes_at: float


class Match(msgspec.Struct):
    """Settings, and what the operators press in which round besides the buttons of every game."""

    settings: dict[str, Any]
    presses: dict[int, dict[str, Any]] = {}


class Look(msgspec.Struct):
    """What can be seen after so many events."""

    seq: int
    views: dict[str, Any]
    stats: dict[str, int]
    stock: dict[str, int]
    deadline: float | None


def play(table: Table, rng: Random, presses: dict[int, dict[str, Any]]) -> None:
    """Bots play it, as a crowd does; operators press every button; deadlines come."""
    mechanic, at = table.rules.mechanic, OPENS
    table.hello(at, *PLAYERS)
    for number in range(ROUNDS):
        for player in rng.sample(PLAYERS, len(PLAYERS)):
            at += rng.random() * 2 * (CLOSES - OPENS) / (ROUNDS * len(PLAYERS))
            everyone, mine = (mechanic.view(table.state.mechanic, eye) for eye in ("everyone", player))
            if wanted := mechanic.bot(everyone, mine, rng):
                table.ask(at, "player", player, msgspec.convert(wanted, mechanic.types()[1]))
        if number in presses:
            table.ask(at, "operator", 1, msgspec.convert(presses[number], mechanic.types()[1]))
        if number in BUTTONS:
            table.ask(at, "operator", 1, BUTTONS[number])
    table.ask(at, "operator", 1, End())


def look(replay: Replay) -> Look:
    rules, state = replay.ruleset, replay.state
    views = {str(eye): rules.view(state, eye) for eye in EYES}
    drawn = Look(replay.seq, views, rules.stats(state), dict(rules.mechanic.stock(state.mechanic)), rules.deadline(state))
    return msgspec.json.decode(msgspec.json.encode(drawn), type=Look)


def row(entry: Logged) -> Row:
    event: Event = entry.event
    kind, data = str(event.__struct_config__.tag), msgspec.json.encode(event).decode()
    return (entry.seq, entry.at, entry.role, entry.by, entry.ref, kind, event.version, data)


def rules_of(kind: str, game: Game) -> Ruleset:
    return Ruleset(msgspec.convert(game.settings, MECHANICS[kind]), Lifecycle(game.opens_at, game.closes_at))


def match_of(kind: str, name: str) -> Match:
    if name:
        return msgspec.json.decode((GOLDEN / kind / f"{name}.json").read_bytes(), type=Match)
    return Match(msgspec.json.decode((GOLDEN / kind / "settings.json").read_bytes()))


def lines(kind: str, release: str, name: str = "") -> Iterator[Any]:
    match = match_of(kind, name)
    game = Game(release, match.settings, OPENS, CLOSES)
    table = Table(rules_of(kind, game).mechanic, seed=1)
    play(table, Random(1), match.presses)
    yield game
    replay = Replay(rules_of(kind, game))
    for entry in table.log:
        replay.take(entry)
        yield row(entry)
        if entry.seq % EVERY == 0 or entry is table.log[-1]:
            yield look(replay)


def differences(kind: str, path: Path) -> Iterator[str]:
    """What is seen now of a log of then, where it is not what was seen then; a sentence each."""
    first, *rest = path.read_bytes().splitlines()
    replay = Replay(rules_of(kind, msgspec.json.decode(first, type=Game)))
    for line in rest:
        if line.startswith(b"["):
            replay.follow(decoded(replay.ruleset, [msgspec.json.decode(line, type=Row)]))
            continue
        then, now = msgspec.json.decode(line, type=Look), look(replay)
        for field in Look.__struct_fields__:
            if getattr(then, field) != getattr(now, field):
                yield f"{kind} {path.stem}, event {then.seq}: {field} were {getattr(then, field)} and are {getattr(now, field)}."


def main(kind: str = "", release: str = "", name: str = "") -> int:
    release = release or tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    path = GOLDEN / kind / f"{release}{name and '-'}{name}.jsonl"
    if kind not in MECHANICS or not (GOLDEN / kind / "settings.json").exists():
        print(f"Name a mechanic that has {GOLDEN.relative_to(ROOT)}/<kind>/settings.json: {', '.join(MECHANICS)}.")
        return 1
    if path.exists():
        print(f"{path.relative_to(ROOT)} is there already, and is never written again.")
        return 1
    written = list(lines(kind, release, name))
    path.write_bytes(msgspec.json.Encoder().encode_lines(written))
    print(f"{path.relative_to(ROOT)}: {len(written)} lines.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
