"""What the console's tests have in common."""

import time

import pytest

from tests.games.console.world import World


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The clock stands still: no minute ends between a row and the page that shows it."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    return World()
