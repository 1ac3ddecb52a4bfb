"""How much of everything: short counts with the suite, the written ones with SOAK=1; and the seed of the round."""

import os

import pytest

SOAK = os.environ.get("SOAK") == "1"
SEED = int(os.environ.get("FAULT_SEED", "1"))


def count(short: int, written: int) -> int:
    return written if SOAK else short


def some(shapes: dict[str, dict], *short: str) -> list:
    """Parameters of a test: all shapes, or those named here, where another test has shown the rest with the suite."""
    return [pytest.param(shapes[name], id=name) for name in (shapes if SOAK else short or shapes)]


def lasting(short: int, written: int) -> pytest.MarkDecorator:
    """Seconds after which a test has hung."""
    return pytest.mark.timeout(count(short, written))
