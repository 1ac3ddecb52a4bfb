"""What is asked on the command line: which benchmarks, how much load, how long."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, field

BENCHES = ("fanout", "plays", "connections", "actor")


@dataclass(frozen=True)
class Plan:
    benches: tuple[str, ...] = BENCHES
    sockets: tuple[int, ...] = (200, 1000, 5000)
    players: tuple[int, ...] = (200, 1000)
    idle: int = 5000
    events: int = 100_000
    seconds: float = 4.0
    rounds: int = 3
    bytes: int = 0  # 0: as long as So-Buzz's own event
    only: tuple[str, ...] = field(default=())

    def choose(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if not self.only or name in self.only]


QUICK = Plan(sockets=(100,), players=(100,), idle=200, events=10_000, seconds=2.0, rounds=1)

ABOUT = """Runs So-Buzz and its peers side by side on this machine and prints what each costs.

  fanout       one event to many sockets: server CPU of each delivery
  plays        plays that are decided, stored and answered: how many a second, how late
  connections  memory of a socket, connects a second, everybody back after a kill -9
  actor        a game's start from a long log; cost of a command in a small and a large crowd

Figures of two machines or two runs are not comparable; ratios within one run are. Close other programs first."""

EXAMPLES = """examples:
  python -m benchmarks                                 everything, as the budgets of the architecture ask (about an hour)
  python -m benchmarks --quick                         everything with a small load: does it work? (a few minutes)
  python -m benchmarks fanout --sockets 1000           one benchmark
  python -m benchmarks fanout --only sobuzz,ws         two systems of it
  python -m benchmarks plays --players 1000 --rounds 1
  python -m benchmarks actor --events 1000000"""


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part.replace("_", "")) for part in text.split(","))


def names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def read(arguments: list[str] | None = None) -> Plan:
    parser = argparse.ArgumentParser("make bench", description=ABOUT, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benches", nargs="*", choices=[*BENCHES, []], metavar="benchmark", help="which ones (default: all)")
    parser.add_argument("--quick", action="store_true", help="a small load, one round")
    parser.add_argument("--sockets", type=numbers, help="fanout: how many sockets, separated by commas (200,1000,5000)")
    parser.add_argument("--players", type=numbers, help="plays: how many players (200,1000)")
    parser.add_argument("--idle", type=int, help="connections: how many sockets (5000)")
    parser.add_argument("--events", type=int, help="actor: how long the log is (100000)")
    parser.add_argument("--seconds", type=float, help="how long each window lasts (4)")
    parser.add_argument("--rounds", type=int, help="how often each is measured; the median counts (3)")
    parser.add_argument("--bytes", type=int, help="fanout: size of the peers' event (as long as So-Buzz's own)")
    parser.add_argument("--only", type=names, help="these systems alone, separated by commas")
    given = {name: value for name, value in vars(parser.parse_args(arguments)).items() if value not in (None, [], False)}
    base = QUICK if given.pop("quick", False) else Plan()
    if "benches" in given:
        given["benches"] = tuple(given["benches"])
    return Plan(**{**base.__dict__, **given})
