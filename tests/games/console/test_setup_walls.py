"""Another tenant's drafts are not there, and nothing is done to them (promise P20)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from games.models import Draft, Game
from tenants import scope
from tests.games.console.drafting import DONE_TO_IT, OF_A_DRAFT, address, fresh, made, named
from tests.games.console.world import NOBODY, ROLES


@pytest.mark.promise("P20")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", OF_A_DRAFT)
def test_a_draft_of_another_tenant_is_word_for_word_no_draft(world, role, name):
    theirs, client = made(world, "other"), world.client(role)
    foreign, missing = (client.get(reverse(named(name), args=[public_id])) for public_id in (theirs.public_id, NOBODY))
    assert foreign.status_code == missing.status_code
    assert foreign.status_code in (403, 404)
    assert foreign.content == missing.content


@pytest.mark.promise("P20")
@pytest.mark.parametrize("name", ["", "publish", "try", *DONE_TO_IT])
def test_nothing_is_done_to_a_draft_of_another_tenant(world, name):
    theirs = made(world, "other")
    answer = world.client().post(address(theirs, name), {"version": "1", "number": "1", "title": "Mine"})
    assert answer.status_code == 404
    assert (fresh(theirs).content, fresh(theirs).binned_at, fresh(theirs).game_id) == (theirs.content, None, None)


@pytest.mark.promise("P20")
@pytest.mark.parametrize("name", ["console-clone", "console-archive"])
def test_a_game_of_another_tenant_is_neither_copied_nor_archived(world, name):
    theirs = world.game(world.other, phase="ended")
    assert world.client().post(reverse(name, args=[theirs.public_id])).status_code == 404
    with scope.platform():
        assert (Draft.objects.count(), Game.objects.get().archived_at) == (0, None)
