"""What a crowd says of itself: while it plays a line that renews itself on a terminal, a line now and then in a log; and the report."""

import asyncio
from time import monotonic

from django.core.management.base import OutputWrapper

from realtime.crowd.bot import Diary
from realtime.crowd.crowd import percentiles

RENEWED, LOGGED = 1.0, 3.0  # seconds between two lines, on a terminal and in a log
WIDTH = 78


class Teller:
    def __init__(self, out: OutputWrapper, diary: Diary, most: int) -> None:
        self.out, self.diary, self.most = out, diary, most
        self.renewing = out.isatty()
        self.begun = monotonic()

    async def keep_telling(self) -> None:
        while True:
            await asyncio.sleep(RENEWED if self.renewing else LOGGED)
            self.say(f"\r{self.line():<{WIDTH}}" if self.renewing else f"{self.line()}\n")

    def line(self) -> str:
        diary = self.diary
        told = f"{diary.joined} of {self.most} joined, {diary.connected} here, {diary.played} answers, {diary.lost} connections lost"
        return f"{monotonic() - self.begun:4.0f} s: {told}"

    def report(self, early: bool) -> None:
        diary = self.diary
        median, slowest = percentiles(diary.latencies)
        told = ", ".join(f"{count} {event}" for event, count in sorted(diary.events.items())) or "nothing happened"
        lines = [
            *(["Ended early."] if early else []),
            f"{diary.joined} bots, {diary.played} commands answered: {told}.",
            f"Answers: median {median:.0f} ms, 99 % within {slowest:.0f} ms.",
            f"{diary.refused} refused, {diary.busy} busy, {diary.lost} connections lost, {diary.gaps} gaps mended.",
        ]
        self.say("\n".join([*([""] if self.renewing else []), *lines, ""]))

    def say(self, text: str) -> None:
        """At once: who reads a log while it is written need not wait for a full buffer."""
        self.out.write(text, ending="")
        self.out.flush()
