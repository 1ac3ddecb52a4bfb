"""The demo: whole, alive, and made once."""

from datetime import timedelta

import pytest
from django.core import management
from django.core.management import CommandError, call_command
from django.utils import timezone

from games import demo
from games.invariants import violations
from games.models import Game, PrizeCode
from games.proof import opened
from games.publishing import settled
from tenants import scope
from tenants.models import Member, Tenant, User

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list]:
    with scope.platform():
        return {model.__name__: list(model.objects.order_by("pk").values()) for model in (Tenant, User, Member, Game, PrizeCode)}


def the_game(tenant: str = "demo") -> Game:
    with scope.platform():
        return Game.objects.select_related("tenant").get(tenant__slug=tenant, slug="instant-win")


def test_two_tenants_have_a_game_and_their_people(settings):
    demo.make()
    found = everything()
    assert [tenant["slug"] for tenant in found["Tenant"]] == ["demo", "other"]
    assert {user["email"] for user in found["User"]} == {
        "owner@demo.test",
        "moderator@demo.test",
        "analyst@demo.test",
        "owner@other.test",
        "operator@platform.test",
    }
    assert sorted(member["role"] for member in found["Member"]) == ["analyst", "moderator", "owner", "owner"]
    assert User.objects.get(email="operator@platform.test").is_staff
    assert User.objects.get(email="owner@demo.test").check_password("so-buzz-demo")


def test_running_it_twice_changes_nothing():
    demo.make()
    before = everything()
    demo.make()
    assert everything() == before


def test_what_was_changed_by_hand_stays_changed():
    demo.make()
    with scope.platform():
        Game.objects.update(title="Mine")
        Tenant.objects.filter(slug="demo").update(name="Mine")
    demo.make()
    assert (the_game().title, the_game().tenant.name) == ("Mine", "Mine")


def test_it_opens_when_it_is_sealed_and_its_first_moments_come_soon():
    """Else its proof page would say that it was sealed before the first player, and name moments that are older."""
    demo.make()
    game = the_game()
    with scope.tenant(game.tenant_id):
        moments = settled(game).sealed(opened(game))
        assert violations(game.pk) == []
        assert PrizeCode.objects.count() == len(moments) == sum(prize["stock"] for prize in game.settings["prizes"])
        assert PrizeCode.objects.values("code").distinct().count() > len(moments) - 5
    sealed = game.created_at.timestamp()
    assert abs(game.opens_at.timestamp() - sealed) < 5
    assert sealed < moments[0].at_ms / 1000 < moments[5].at_ms / 1000 < sealed + 600
    assert game.next_at == game.opens_at.timestamp()


@pytest.fixture
def small(monkeypatch):
    """Not twenty thousand prizes each time."""
    monkeypatch.setitem(demo.INSTANT_WIN, "prizes", [{"id": "mug", "label": "Mug", "stock": 5}])


def end_all() -> None:
    with scope.platform():
        Game.objects.update(phase="ended")


def words() -> list[str]:
    with scope.platform():
        return list(Game.objects.filter(tenant__slug="demo").order_by("pk").values_list("slug", flat=True))


def test_when_its_days_are_over_another_game_follows_and_the_old_one_keeps_its_address(small):
    demo.make()
    old = the_game()
    with scope.platform():
        Game.objects.update(closes_at=timezone.now() - timedelta(days=1))
    assert demo.make() == "instant-win-2"
    assert demo.make() == "instant-win-2"
    assert the_game().pk == old.pk, "an old link shows the game that it was made for"
    with scope.platform():
        assert Game.objects.get(tenant=old.tenant, slug="instant-win-2").closes_at > timezone.now()
    assert words() == ["instant-win", "instant-win-2"]


def test_a_game_that_the_host_has_ended_is_followed_by_another_too(small):
    for word in ("instant-win", "instant-win-2", "instant-win-3"):
        assert demo.make() == word
        end_all()


def test_of_several_that_go_on_the_newest_is_named_and_games_of_other_names_are_left_alone(small):
    demo.make()
    end_all()
    demo.make()
    with scope.platform():
        Game.objects.update(phase="open")
        Game.objects.filter(slug="instant-win").update(slug="instant-win-AB12CD34")  # as releases before had it
    assert demo.make() == "instant-win-2"
    end_all()
    assert demo.make() == "instant-win"
    assert words() == ["instant-win-AB12CD34", "instant-win-2", "instant-win"]


def test_the_page_of_the_tenant_leads_to_the_game_that_runs_first(client, settings, small):
    settings.ALLOWED_HOSTS = ["testserver"]
    demo.make()
    end_all()
    demo.make()
    page = client.get("/t/demo/").content.decode()
    assert 0 < page.index('href="/t/demo/instant-win-2/"') < page.index('href="/t/demo/instant-win/"')


def test_a_demo_that_breaks_on_the_way_leaves_nothing(monkeypatch):
    monkeypatch.setattr(demo, "codes", lambda game: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        demo.make()
    assert not any(everything().values())


def test_it_refuses_where_there_is_no_demo(settings, capsys):
    settings.DEMO = False
    with pytest.raises(CommandError, match="--force"):
        call_command("demo")
    assert not any(everything().values())
    call_command("demo", force=True)
    assert Tenant.objects.count() == 2


def test_where_there_is_one_it_needs_no_force(settings, capsys):
    settings.DEMO = True
    management.call_command("demo")
    assert capsys.readouterr().out == "The demo is ready; its game is at /t/demo/instant-win/.\n"


def test_a_test_need_not_wait_for_the_first_moments(settings, capsys):
    settings.DEMO = True
    call_command("demo", since=60)
    game = the_game()
    with scope.tenant(game.tenant_id):
        assert settled(game).sealed(opened(game))[0].at_ms < game.created_at.timestamp() * 1000
