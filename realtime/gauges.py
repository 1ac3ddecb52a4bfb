"""What is looked up at the moment somebody asks for the metrics: how long the queues are, who runs, what the clock says.

So nothing is written down on the way of a letter. Read from another thread than the loop's: dictionaries are copied before they are walked.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from realtime import hall
from realtime.actor import MAILBOX, GameActor
from realtime.metrics import registry
from realtime.publisher import Publisher

Found = dict[str, float]  # by label; "" where there is none


class Looked(NamedTuple):
    """One row of the metrics, and where its value is found in a house."""

    name: str
    meaning: str
    value: Callable[[Any], Found]
    label: str = ""
    counts: bool = False  # it only grows

    def family(self) -> GaugeMetricFamily | CounterMetricFamily:
        kind = CounterMetricFamily if self.counts else GaugeMetricFamily
        return kind(self.name, self.meaning, labels=[self.label] if self.label else [])


def one(value: Callable[[Any], float]) -> Callable[[Any], Found]:
    return lambda house: {"": float(value(house))}


def actors(house: Any) -> list[GameActor]:
    shards = [opened.shard for opened in list(house.engine.open.values())] if house.engine else []
    return [running.actor for shard in shards for running in list(shard.actors.values())]


def waiting(house: Any) -> list[int]:
    return [actor.mailbox.qsize() for actor in actors(house)]


def posts(house: Any) -> dict[str, Publisher]:
    return {"node": house.node.post, **({"engine": house.engine.post} if house.engine else {})}


def held(house: Any) -> int:
    return sum(house.engine.holds(shard) for shard in list(house.engine.leases.held)) if house.engine else 0


def pending(house: Any) -> int:
    return sum(len(letters) for letters in list(house.node.letters.pending.values()))


LOOKED = (
    Looked("sobuzz_healthy", "1 while all parts of this process run and its clock is believed.", one(lambda house: house.healthy)),
    Looked(
        "sobuzz_clock_skewed", "1 while the database's clock is not believed: games stand still.", one(lambda house: house.clock.skewed)
    ),
    Looked(
        "sobuzz_clock_offset_seconds",
        "The database's clock less this machine's.",
        one(lambda house: house.clock.now() - time.time()),
    ),
    Looked("sobuzz_loop_silent_seconds", "Since the event loop was last seen running.", one(lambda house: house.pulse.silent)),
    Looked("sobuzz_shards", "Shards of the platform, as this process is told.", one(lambda house: house.node.shards)),
    Looked("sobuzz_leases_held", "Shards that this engine owns.", one(held)),
    Looked("sobuzz_actors", "Games that are awake here.", one(lambda house: len(actors(house)))),
    Looked("sobuzz_mailbox_letters", "Letters that wait for actors.", one(lambda house: sum(waiting(house)))),
    Looked(
        "sobuzz_mailbox_fullest_ratio",
        "The fullest mailbox, 1 at its bound.",
        one(lambda house: max(waiting(house), default=0) / MAILBOX),
    ),
    Looked(
        "sobuzz_publisher_messages",
        "Messages that wait for the layer.",
        lambda house: {name: len(post.queue) for name, post in posts(house).items()},
        "of",
    ),
    Looked(
        "sobuzz_publisher_lost",
        "Messages that the layer did not take, or that found the queue full.",
        lambda house: {name: post.lost for name, post in posts(house).items()},
        "of",
        counts=True,
    ),
    Looked("sobuzz_postbox_waiting", "Letters of this process without an answer.", one(lambda house: len(house.node.letters.waiting))),
    Looked("sobuzz_postbox_pending", "Letters of this process that wait for the layer.", one(pending)),
    Looked(
        "sobuzz_lines_waiting", "Lines on which no whole request has come, or no handshake was answered.", lambda _: hall.waiting(), "of"
    ),
    Looked("sobuzz_topics", "Topics that somebody follows here.", one(lambda house: len(house.node.hub.followers))),
    Looked("sobuzz_players", "Players who are connected here.", one(lambda house: sum(list(house.node.presence.here.values())))),
)


class Gauges(Collector):
    """Of the house of this process, while it has one."""

    def __init__(self) -> None:
        self.house: Any = None

    def describe(self) -> Iterable[Metric]:
        return [looked.family() for looked in LOOKED]

    def collect(self) -> Iterator[Metric]:
        house = self.house
        if house is None:
            return
        for looked in LOOKED:
            family = looked.family()
            for label, value in looked.value(house).items():
                family.add_metric([label] if looked.label else [], value)
            yield family


gauges = Gauges()
registry.register(gauges)
