"""What this process counts and measures, by its Prometheus names. `realtime/gauges.py` has what is looked up when somebody asks.

Labels are few words that the code knows: never a player, a game or a tenant. On the way of a frame nothing is counted per socket.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, GCCollector, Histogram, PlatformCollector, ProcessCollector

from realtime.refusals import SENTENCES

registry = CollectorRegistry(auto_describe=True)
ProcessCollector(registry=registry)
PlatformCollector(registry=registry)
GCCollector(registry=registry)

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

# Actors

BATCH = Histogram("sobuzz_batch_letters", "Letters that an actor decided together.", buckets=SIZES, registry=registry)
COMMIT = Histogram("sobuzz_commit_seconds", "From asking for a commit until it is known.", buckets=SECONDS, registry=registry)
EVENTS = Histogram("sobuzz_commit_events", "Events in one commit.", buckets=SIZES, registry=registry)
ENDED = Counter("sobuzz_actor_ends", "Actors that ended badly; the next letter starts another from the log.", registry=registry)

# Engine and store

TAKEN = Counter("sobuzz_shards_taken", "Shards that this engine began to serve.", registry=registry)
LOST = Counter("sobuzz_shards_lost", "Shards that this engine had and may no longer speak for.", registry=registry)
STORE_WAIT = Histogram(
    "sobuzz_store_wait_seconds", "From a call of the store until one of its threads begins.", buckets=SECONDS, registry=registry
)
STORE = Histogram("sobuzz_store_seconds", "A call of the store, in its thread.", ["call"], buckets=SECONDS, registry=registry)

# Layer

LAYER = Histogram(
    "sobuzz_layer_send_seconds",
    "Until the layer has taken one message: letters to engines, or words to nodes.",
    ["what"],
    buckets=SECONDS,
    registry=registry,
)
LAYER_LETTERS, LAYER_WORDS = LAYER.labels("letters"), LAYER.labels("words")

# Sockets

SOCKETS = Gauge("sobuzz_sockets", "Sockets that are open.", ["kind"], registry=registry)
CLOSED = Counter("sobuzz_closes", "Sockets that we closed, by close code.", ["code"], registry=registry)
DROPPED = Counter("sobuzz_slow_readers", "Sockets cut off because too much waited for them; part of code 4408.", registry=registry)
RESUMED = Counter("sobuzz_resumes", "How a socket came in or back: first, frames, snapshot, or busy.", ["outcome"], registry=registry)
REFUSED = Counter("sobuzz_refusals", "Commands that were answered with an error, by its code.", ["code"], registry=registry)
FRAMES = Counter("sobuzz_frames", "Numbered frames that reached this process for its followers.", registry=registry)
DELIVERIES = Counter("sobuzz_deliveries", "The same, once for each follower.", registry=registry)

# Everywhere

BUSY = Counter("sobuzz_busy", "Letters that were answered `busy`, or that their sender gave up, by reason.", ["reason"], registry=registry)
LAG = Histogram("sobuzz_loop_lag_seconds", "How late the event loop runs what is due.", buckets=(*SECONDS, 5.0, 10.0), registry=registry)

OTHER = "other"
OUTCOMES = ("first", "frames", "snapshot", "busy")
REASONS = ("mailbox_full", "no_actor", "too_old", "clock", "actor_ended", "postbox_full", "no_answer")

for family, words in ((BUSY, REASONS), (RESUMED, OUTCOMES), (REFUSED, (*SENTENCES, OTHER))):
    for word in words:  # a row that stands at 0 can be watched from the first time on
        family.labels(word)


def refused(code: str) -> None:
    """Rules may have codes that nobody worded: they share one row."""
    REFUSED.labels(code if code in SENTENCES else OTHER).inc()
