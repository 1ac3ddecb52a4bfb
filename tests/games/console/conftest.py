"""What the console's tests have in common."""

import pytest

from tests.games.console.world import World


@pytest.fixture
def world(db: None) -> World:
    return World()
