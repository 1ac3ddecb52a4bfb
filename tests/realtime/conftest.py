"""The toy mechanic is known to the registry while these tests run."""

import pytest

from games.registry import MECHANICS
from realtime.codec import commands_of
from tests.realtime.toy import Toy


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MECHANICS, "toy", Toy)
    commands_of.cache_clear()
