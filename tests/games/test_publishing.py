"""What is published is sealed, and what cannot be sealed is refused with a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from games import publishing
from games.fairness.moments import commitment
from games.fairness.witness import witnessed
from games.models import Game, Minute
from games.proof import opened
from games.publishing import Lopsided, forecast, publish, seal
from tenants import scope
from tests.games.published import PRIZES, published


def draft(**fields) -> Game:
    now = timezone.now()
    usual = {"kind": "instant_win", "opens_at": now, "closes_at": now + timedelta(days=1), "settings": {"prizes": PRIZES}}
    return Game(slug="draft", title="Draft", **{**usual, **fields})


def test_the_commitment_binds_the_secret_to_the_manifest(game):
    with scope.tenant(game.tenant_id):
        secret = opened(game)
    assert game.seal["commit"] == commitment(publishing.settled(game).secret(secret), game.seal["manifest"]).hex()
    assert game.seal["manifest"]["campaign"] == game.public_id
    assert witnessed(game.seal["witness"], game.seal["manifest"]["beacon"]).hex() == game.seal["randomness"]


def test_two_games_with_the_same_settings_have_nothing_secret_in_common(tenant, game):
    second = published(tenant, "second")
    assert bytes(second.key) != bytes(game.key)
    for name in ("commit", "randomness"):
        assert second.seal[name] != game.seal[name]


def test_what_is_sealed_is_not_sealed_again(game):
    with pytest.raises(ValueError, match="sealed already"):
        seal(game)


def test_a_published_game_has_an_hour_at_which_the_clock_wakes_it(tenant, game):
    assert game.next_at == game.opens_at.timestamp()


def test_a_code_that_is_taken_on_the_platform_is_not_given_again(game, other, monkeypatch):
    codes = iter([game.code, game.code, "FREE"])
    monkeypatch.setattr(publishing, "join_code", lambda: next(codes))
    assert published(other, "theirs").code == "FREE"


NOW = timezone.now()
WRONG = {
    "It closes before it opens": ({"opens_at": NOW, "closes_at": NOW - timedelta(hours=1)}, "A game closes after it opens."),
    "It is open for no time": ({"opens_at": NOW, "closes_at": NOW}, "A game closes after it opens."),
    "It lasts a century": ({"opens_at": NOW, "closes_at": NOW + timedelta(days=36_500)}, "A game is open for at most 400 days."),
    "It has no end": ({"closes_at": None}, "An instant win needs its opening and its closing hour"),
    "It has no prize": ({"settings": {"prizes": []}}, "Expected `array` of length >= 1"),
    "It has no settings": ({"settings": {}}, "Object missing required field `prizes`"),
    "It is of no kind": ({"kind": "roulette"}, "There is no kind of game called roulette."),
    "It has more prizes than milliseconds": (
        {
            "settings": {"prizes": [{"id": "mug", "label": "Mug", "stock": 1_000_000}], "traffic": [1] * 168},
            "opens_at": NOW,
            "closes_at": NOW + timedelta(minutes=1),
        },
        "1000000 units of prizes do not fit on a line of length",
    ),
    "Nobody plays while it is open": (
        {
            "settings": {"prizes": PRIZES, "traffic": [1] + [0] * 167, "zone": "UTC"},
            "opens_at": timezone.make_aware(timezone.datetime(2027, 1, 13)),
            "closes_at": timezone.make_aware(timezone.datetime(2027, 1, 14)),
        },
        "The game is open in closed hours only.",
    ),
}


FLAT = {"settings": {"prizes": PRIZES, "traffic": [1] * 168}}


def test_moments_that_do_not_follow_the_crowd_are_refused_until_somebody_confirms_them(tenant):
    with scope.tenant(tenant.pk):
        game = draft(**FLAT)
        with pytest.raises(Lopsided, match=r"The best hour would have [0-9.]+ times the odds of the worst"):
            publish(game)
        assert (bytes(game.key), game.seal) == (b"", {})
        publish(game, confirmed=True)
        assert Game.objects.get().seal["commit"]


def test_an_hour_in_which_nobody_could_win_is_named(tenant):
    shop = [100 if 9 <= hour % 24 < 19 else 0 for hour in range(168)]
    with scope.tenant(tenant.pk), pytest.raises(Lopsided, match="At some hours nobody could win"):
        publish(draft(settings={"prizes": PRIZES, "traffic": shop}))


def test_a_tenant_whose_players_come_at_any_hour_need_not_confirm_it(tenant, game):
    with scope.tenant(tenant.pk):
        hours = int(NOW.timestamp() // 60) - 60 * 24 * 20
        Minute.objects.bulk_create(Minute(game=game, minute=hours + 60 * hour, name="plays", value=9) for hour in range(24 * 20))
        publish(draft(**FLAT))
        assert forecast(draft(settings={"prizes": PRIZES})).is_lopsided, "the usual week is not theirs"


@pytest.mark.parametrize(("fields", "said"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_published_is_refused_with_a_sentence_and_stays_a_draft(tenant, fields, said):
    with scope.tenant(tenant.pk):
        game = draft(**fields)
        with pytest.raises(ValueError) as refused:  # noqa: PT011 - the sentence is judged below
            publish(game)
        assert (bytes(game.key), game.seal, Game.objects.count()) == (b"", {}, 0)
    sentence = str(refused.value)
    assert sentence.startswith(said)
    assert sentence.endswith(".")


def test_what_was_refused_can_be_mended_and_published(tenant):
    with scope.tenant(tenant.pk):
        game = draft(settings={"prizes": []})
        with pytest.raises(ValueError, match="length >= 1"):
            publish(game)
        game.settings = {"prizes": PRIZES}
        publish(game)
        assert Game.objects.get().seal["commit"]
