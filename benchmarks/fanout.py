"""One event to many sockets: what the server's processes spend on each delivery, one event at a time and with twenty outstanding.

So-Buzz's event is an operator's lock and unlock of a real game: decided, stored, numbered, told to every player. The peers pass a
message of the same size on and store nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from benchmarks import load
from benchmarks.house import Databases, House, Missing
from benchmarks.peers import running
from benchmarks.plan import Plan
from benchmarks.rows import Row, row
from benchmarks.table import say, step

MODES = {"one": 1, "pipelined": 20}
Start = Callable[[Databases], AbstractContextManager[Any]]

PEERS: dict[str, Start] = {
    "hub": running.hub,
    "picows": running.picows,
    "ws": partial(running.node, script="ws.mjs"),
    "socket.io": partial(running.node, script="socketio.mjs"),
    "tutorial": partial(running.tutorial, server="uvicorn"),
    "tutorial-daphne": partial(running.tutorial, server="daphne"),
}


def run(plan: Plan, databases: Databases) -> Iterator[Row]:
    size = plan.bytes
    for sockets in plan.sockets:
        for number in range(plan.rounds):
            for name in plan.choose(["sobuzz", *PEERS]):
                try:
                    with step(f"fanout · {sockets} sockets · {name} · round {number + 1} of {plan.rounds}"):
                        found = measured(plan, databases, name, sockets, size)
                except Missing as missing:
                    say(str(missing))
                    continue
                except RuntimeError as broken:
                    say(f"  {name} broke off at {sockets} sockets: {last_line(broken)}")
                    continue
                if name == "sobuzz" and not plan.bytes:
                    size = found["one"]["bytes_per_event"]
                yield from (row("fanout", name, conditions(name, sockets, mode), figures) for mode, figures in found.items())


def measured(plan: Plan, databases: Databases, name: str, sockets: int, size: int) -> dict[str, dict[str, Any]]:
    with House(databases, players=sockets) if name == "sobuzz" else PEERS[name](databases) as system:
        spoken = {"bytes": size or 250} if name != "sobuzz" else {}
        asked = {"sockets": sockets, "seconds": plan.seconds, "modes": MODES, "pids": system.pids}
        return load.put("fan", system={**system.dialect(), **spoken}, **asked)


def conditions(name: str, sockets: int, mode: str) -> Any:
    stored = {"database": "sqlite", "processes": "one"} if name == "sobuzz" else {"processes": "one"}
    return {"sockets": sockets, "mode": mode, **stored}


def last_line(broken: RuntimeError) -> str:
    return str(broken).strip().splitlines()[-1]
