"""The loop's own lateness, on a clock that is driven by hand."""

import asyncio
import logging

import pytest

from realtime.metrics import registry
from realtime.pulse import ALARMING, EVERY, SAID_EVERY, STUCK, Pulse


class Hand:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def pulse(hand):
    return Pulse(hand)


def beat(pulse: Pulse, hand: Hand, late: float = 0.0) -> None:
    hand.at += EVERY + late
    pulse.beat()


def said(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "realtime.pulse"]


def test_a_loop_that_is_in_time_is_not_spoken_of(pulse, hand, caplog):
    with caplog.at_level(logging.WARNING):
        for _ in range(50):
            beat(pulse, hand, ALARMING / 2)
    assert said(caplog) == []


def test_a_loop_that_is_held_up_rings_once_and_then_names_the_worst(pulse, hand, caplog):
    with caplog.at_level(logging.WARNING):
        beat(pulse, hand, 0.5)
        for late in (0.3, 0.9, 0.4):
            beat(pulse, hand, late)
        assert said(caplog) == ["loop: something held it up for 0.50 s"]
        hand.at += SAID_EVERY
        pulse.last = hand.at
        beat(pulse, hand)
    assert said(caplog)[1:] == ["loop: something held it up for 0.90 s"]


def test_lateness_is_measured(pulse, hand):
    before = registry.get_sample_value("sobuzz_loop_lag_seconds_sum")
    beat(pulse, hand, 0.125)
    assert registry.get_sample_value("sobuzz_loop_lag_seconds_sum") - before == pytest.approx(0.125)


def test_silence_is_seen_from_outside(pulse, hand):
    beat(pulse, hand)
    hand.at += STUCK - 1
    assert not pulse.stuck
    hand.at += 2
    assert pulse.stuck


async def test_it_beats_by_itself():
    pulse = Pulse()
    first, task = pulse.last, asyncio.create_task(pulse.keep())
    async with asyncio.timeout(5):
        while pulse.last <= first + EVERY:
            await asyncio.sleep(0)
    task.cancel()
