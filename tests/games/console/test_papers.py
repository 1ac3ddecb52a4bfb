"""Rules and poster in the console: who may say what no setting says, and what becomes of it."""

import pytest

from games.models import RulesVersion
from tenants import scope
from tests.games.console.world import World

GIVEN = {"organiser": "Colibri SAS", "address": "1 rue", "contact": "a@b.fr", "claim_days": 10, "kept_months": 3, "fr": "", "en": "More."}


def kept(world: World) -> list[dict]:
    with scope.tenant(world.demo.pk):
        return [row.details for row in RulesVersion.objects.order_by("version")]


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_who_edits_makes_a_version_and_finds_his_words_again(world: World, role: str) -> None:
    page = f"/console/games/{world.game().public_id}/papers/"
    client = world.client(role)
    assert "has no rules yet" in client.get(page).content.decode()
    assert client.post(page, GIVEN).status_code == 302
    shown = client.get(page).content.decode()
    for words in ("Version 1 is in force", 'value="Colibri SAS"', "More."):
        assert words in shown
    assert kept(world) == [{**{name: GIVEN[name] for name in list(GIVEN)[:5]}, "additions": {"en": "More."}}]


@pytest.mark.parametrize("role", ["moderator", "analyst"])
def test_others_look_and_change_nothing(world: World, role: str) -> None:
    page = f"/console/games/{world.game().public_id}/papers/"
    client = world.client(role)
    assert "<textarea" not in client.get(page).content.decode()
    assert client.post(page, GIVEN).status_code == 403
    assert kept(world) == []


def test_what_does_not_fit_is_said_and_not_kept(world: World) -> None:
    page = f"/console/games/{world.game().public_id}/papers/"
    shown = world.client().post(page, {**GIVEN, "claim_days": 0}).content.decode()
    assert 'aria-invalid="true"' in shown
    assert 'value="Colibri SAS"' in shown
    assert kept(world) == []


def test_the_game_of_another_tenant_is_not_there(world: World) -> None:
    theirs = world.game(world.other)
    assert world.client().post(f"/console/games/{theirs.public_id}/papers/", GIVEN).status_code == 404


def test_the_overview_leads_there(world: World) -> None:
    game = world.game()
    assert f"/console/games/{game.public_id}/papers/" in world.client().get(f"/console/games/{game.public_id}/").content.decode()
