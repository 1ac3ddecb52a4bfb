"""Winners in the console: who has what, who may do what, and that what is done is named."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from games.models import Award, Claim, Handover, Substitute
from games.winners import claims, rules
from games.winners.claims import Given, open_claim
from tenants import scope
from tests.games.console.test_home import text
from tests.games.console.world import NOBODY

GIVEN = Given("Ana Martin", "ana@home.test", "3 rue Haute\n13001 Marseille\nFrance")


@pytest.fixture
def game(world):
    game = world.game()
    for number, name in enumerate(("Ana", "Bo", "Cleo"), 1):
        world.player(game, number, name)
    world.award(game, 1, unit=0)
    world.award(game, 2, "trip", unit=1)
    with scope.tenant(game.tenant_id):
        for award in Award.objects.select_related("game__tenant"):
            open_claim(award)
    return game


def at(game, more=""):
    return f"/console/games/{game.public_id}/winners/{more}"


def one(game, player=1):
    with scope.tenant(game.tenant_id):
        return Claim.objects.select_related("award", "game__tenant").get(game=game, player=player)


def claimed(game):
    held = one(game)
    with scope.tenant(game.tenant_id):
        return claims.claim(held, GIVEN, held.opened_at)


def test_the_list_is_searched_filtered_and_sorted(world, game):
    client = world.client("analyst")
    everybody = text(client.get(at(game)))
    assert everybody.index("Bo") < everybody.index("Ana")
    assert "Ana" not in text(client.get(at(game), {"q": "bo"})).split("Who stands by")[0]
    claimed(game)
    found = text(client.get(at(game), {"state": "claimed", "q": "martin"})).split("Who stands by")[0]
    assert "Ana Martin" in found
    assert "plays as Ana" in found
    assert "Nobody fits this search." in text(client.get(at(game), {"q": "nobody"}))
    by_prize = text(client.get(at(game), {"sort": "prize"}))
    assert by_prize.index("Ana") < by_prize.index("Bo")


def test_more_winners_ask_no_more_of_the_database(world, game):
    client = world.client()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(at(game))
        return len([query for query in asked.captured_queries if "set_config" not in query["sql"]])

    queries()
    few = queries()
    for unit in range(10, 40):
        world.award(game, 3, unit=unit)
    with scope.tenant(game.tenant_id):
        claims.open_claims(game, Award.objects.filter(unit__gte=10), one(game).opened_at)
    assert queries() == few


def test_a_winner_has_his_history_with_who_and_when(world, game):
    held = claimed(game)
    client = world.client("moderator")
    client.post(at(game, f"{held.award.public_id}/"), {"act": "redeem", "seen": "claimed", "receiver": "Her brother"})
    shown = text(client.get(at(game, f"{held.award.public_id}/")))
    for words in ("Handed over", "Moderator Colibri", "to Her brother", "Claimed by the winner"):
        assert words in shown
    addresses = ("3 rue Haute", "ana@home.test")
    assert not any(each in shown for each in addresses), "who hands a prize over needs neither"
    assert all(each in text(world.client("editor").get(at(game, f"{held.award.public_id}/"))) for each in addresses)
    client.post(at(game, f"{held.award.public_id}/"), {"act": "undo", "seen": "redeemed"})
    assert one(game).state == rules.CLAIMED


def test_who_may_not_read_addresses_finds_nobody_by_one(world, game):
    claimed(game)
    found = {who: "Ana Martin" in text(world.client(who).get(at(game), {"q": "ana@home"})) for who in ("moderator", "analyst", "editor")}
    assert found == {"moderator": False, "analyst": True, "editor": True}


def test_a_prize_whose_code_was_shown_is_passed_on_to_nobody(world, game):
    """His code would be good again with the claim of whoever follows."""
    client, held = world.client("editor"), claimed(game)
    with scope.tenant(game.tenant_id):
        Substitute.objects.create(game=game, player=3)
    where = at(game, f"{held.award.public_id}/")
    assert "the prize is passed on to nobody" in text(client.get(where, {"ask": "lapse"}))
    client.post(where, {"act": "lapse", "seen": "claimed"})
    assert one(game).state == rules.RETURNED


def test_what_is_lost_is_named_before_it_is_lost(world, game):
    client = world.client("editor")
    with scope.tenant(game.tenant_id):
        Substitute.objects.create(game=game, player=3)
    where = at(game, f"{one(game).award.public_id}/")
    asked = text(client.get(where, {"ask": "lapse"}))
    assert "Ana loses “Mug” for good; this cannot be undone." in asked
    assert "Cleo stands by and gets it at once." in asked
    assert one(game).state == rules.WON
    client.post(where, {"act": "lapse", "seen": "won"})
    assert (one(game).state, one(game, 3).state) == (rules.PASSED, rules.WON)


def test_who_saw_an_older_state_does_nothing_and_is_told(world, game):
    held, client = one(game), world.client()
    claimed(game)
    answer = client.post(at(game, f"{held.award.public_id}/"), {"act": "lapse", "seen": "won"}, follow=True)
    assert one(game).state == rules.CLAIMED
    assert "Somebody was quicker" in text(answer)


@pytest.mark.parametrize("act", ["ship", "redeem", "lapse", "undo"])
def test_an_analyst_reads_and_acts_not(world, game, act):
    held = claimed(game)
    client = world.client("analyst")
    where = at(game, f"{held.award.public_id}/")
    assert client.post(where, {"act": act, "seen": "claimed"}).status_code == 403
    shown = text(client.get(where))
    assert "3 rue Haute" not in shown
    assert "Let it lapse" not in shown
    for more in ("settings/", "substitutes/"):
        assert client.post(at(game, more)).status_code == 403
    assert client.get("/console/counter/").status_code == 403
    assert one(game).state == rules.CLAIMED


@pytest.mark.promise("P20")
def test_another_tenant_sees_and_does_nothing(world, game):
    held, client = claimed(game), world.client("owner", "other")
    theirs = world.game(world.other)
    for where in (at(game), at(game, f"{held.award.public_id}/"), at(theirs, f"{held.award.public_id}/"), at(theirs, f"{NOBODY}/")):
        assert client.get(where).status_code == 404
    assert client.post(f"/console/counter/{held.award.public_id}/").status_code == 404
    assert "Unknown code" in text(client.get("/console/counter/", {"code": held.award.public_id}))
    assert one(game).state == rules.CLAIMED


def test_an_editor_says_what_winners_are_asked(world, game):
    client = world.client("editor")
    client.post(at(game, "settings/"), {"days": "14", "posted": ["trip", "not a prize"]})
    with scope.tenant(game.tenant_id):
        assert Handover.objects.values_list("days", "posted").get() == (14, ["trip"])
    for wrong in ("0", "91", "x", "", "²"):
        client.post(at(game, "settings/"), {"days": wrong})
    with scope.tenant(game.tenant_id):
        assert Handover.objects.get().days == 14


def test_substitutes_are_found_added_and_removed(world, game):
    client = world.client("moderator")
    assert "Cleo" in text(client.get(at(game), {"add": "cl"}))
    for player in ("3", "3", "99", "x"):
        client.post(at(game, "substitutes/"), {"player": player, "prize": ""})
    with scope.tenant(game.tenant_id):
        row = Substitute.objects.get()
    assert row.player == 3
    client.post(at(game, "substitutes/"), {"act": "remove", "row": row.pk})
    with scope.tenant(game.tenant_id):
        assert not Substitute.objects.exists()
