"""The queue in the metrics: looked up in its tables when somebody asks, with a bound, so that a lost database costs these rows alone."""

import threading
from collections.abc import Iterable, Iterator

from django.db import connections
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from scheduler.condition import Condition, condition

PATIENCE = 1.0  # seconds that the database has

ROWS = {
    "waiting": ("sobuzz_queue_waiting", "Tasks of the queue that nobody has begun."),
    "oldest": ("sobuzz_queue_oldest_seconds", "How long the first of them waits."),
    "overdue": ("sobuzz_queue_overdue_seconds", "By how much the latest schedule is late; half a minute is in time."),
    "failed": ("sobuzz_queue_failures", "Tasks that failed within the hour."),
}
READABLE = GaugeMetricFamily("sobuzz_queue_readable", "1 where the database said in time how the queue is.")


class Question(threading.Thread):
    """One look at the queue, away from whoever asked for it."""

    def __init__(self) -> None:
        super().__init__(name="queue gauges", daemon=True)
        self.found: Condition | None = None

    def run(self) -> None:
        try:
            self.found = condition()
        except Exception:
            self.found = None  # `sobuzz_queue_readable` says it; readiness says why
        finally:
            connections.close_all()


class QueueGauges(Collector):
    def __init__(self) -> None:
        self.asking: Question | None = None
        self.lock = threading.Lock()

    def describe(self) -> Iterable[Metric]:
        return [READABLE, *(GaugeMetricFamily(*row) for row in ROWS.values())]

    def collect(self) -> Iterator[Metric]:
        found = self.ask()
        yield GaugeMetricFamily(READABLE.name, READABLE.documentation, value=float(found is not None))
        if found:
            for field, row in ROWS.items():
                yield GaugeMetricFamily(*row, value=float(getattr(found, field)))

    def ask(self) -> Condition | None:
        question = self.open_question()
        question.join(PATIENCE)
        return question.found

    def open_question(self) -> Question:
        """One at a time, also when two ask at once: while the last is unanswered no other is asked."""
        with self.lock:
            if self.asking is None or not self.asking.is_alive():
                self.asking = Question()
                self.asking.start()
            return self.asking
