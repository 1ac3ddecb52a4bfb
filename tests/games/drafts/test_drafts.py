"""Drafts: saved without loss, tried out, published once."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from games.drafts import content, keeping, release, trial
from games.models import Draft, DraftVersion, Game
from tenants import scope
from tenants.models import Member, User

ZONE = "Europe/Paris"


@pytest.fixture
def inside(tenant):
    with scope.tenant(tenant.pk):
        yield tenant


@pytest.fixture
def ana(inside) -> Member:
    return Member.objects.create(user=User.objects.create_user("ana@colibri.test", name="Ana"), role="owner")


@pytest.fixture
def bob(inside) -> Member:
    return Member.objects.create(user=User.objects.create_user("bob@colibri.test", name="Bob"), role="editor")


@pytest.fixture
def draft(inside, ana) -> Draft:
    return keeping.make("instant_win", content.beginning("instant_win", inside, "en"), ana)


def said(draft: Draft, **changes) -> dict:
    return {**draft.content, **changes}


def later(draft: Draft, minutes: float) -> None:
    """As if what was saved had been saved so long ago."""
    gone = timedelta(minutes=minutes)
    for row in DraftVersion.objects.filter(draft=draft):
        DraftVersion.objects.filter(pk=row.pk).update(begun_at=row.begun_at - gone, saved_at=row.saved_at - gone)


def problems(draft: Draft, **changes) -> dict[str, str]:
    return {path: found.code for path, found in content.judged("instant_win", said(draft, **changes), ZONE)[1].items()}


def test_a_new_draft_could_be_published_as_it_is(draft):
    game, found = content.judged(draft.kind, draft.content, ZONE)
    assert found == {}
    assert [prize["label"] for prize in game.settings["prizes"]] == ["A little treat", "A mug", "A weekend for two"]
    assert (game.opens_at, game.settings["zone"]) == (None, ZONE)


def test_examples_speak_the_language_of_the_game(inside):
    assert content.beginning("instant_win", inside, "fr")["settings"]["prizes"][1]["label"] == "Un mug"


@pytest.mark.promise("P3")
def test_who_has_not_seen_the_newest_version_overwrites_nothing(draft, ana, bob):
    keeping.save(draft.pk, said(draft, title="Bob's"), 1, bob)
    with pytest.raises(keeping.Stale) as stale:
        keeping.save(draft.pk, said(draft, title="Ana's"), 1, ana)
    assert (stale.value.draft.version, stale.value.draft.saved_by) == (2, bob)
    assert Draft.objects.get().content["title"] == "Bob's"
    assert keeping.save(draft.pk, said(draft, title="Ana's"), 2, ana).version == 3
    assert [row.content["title"] for row in keeping.versions(draft)] == ["Ana's", "Bob's", "Instant win"]


def test_the_same_content_again_is_no_new_version_and_no_conflict(draft, bob):
    keeping.save(draft.pk, said(draft, title="New"), 1, bob)
    assert keeping.save(draft.pk, said(draft, title="New"), 1, bob).version == 2


def test_what_one_person_types_in_a_row_is_one_version(draft, ana):
    for number in range(1, 6):
        keeping.save(draft.pk, said(draft, title=f"T{number}"), number, ana)
    assert [row.number for row in keeping.versions(draft)] == [6]
    later(draft, 11)
    keeping.save(draft.pk, said(draft, title="After tea"), 6, ana)
    assert [row.content["title"] for row in keeping.versions(draft)] == ["After tea", "T5"]


def test_a_restored_version_is_a_new_one_and_the_replaced_one_stays(draft, ana):
    later(draft, 11)
    keeping.save(draft.pk, said(draft, title="Worse"), 1, ana)
    later(draft, 11)
    keeping.restore(Draft.objects.get(), 1, ana)
    assert [row.content["title"] for row in keeping.versions(draft)] == ["Instant win", "Worse", "Instant win"]


def test_what_was_typed_just_before_a_restore_can_be_had_back(draft, ana):
    later(draft, 11)
    keeping.save(draft.pk, said(draft, title="Five minutes of work"), 1, ana)
    keeping.restore(Draft.objects.get(), 1, ana)
    assert [row.content["title"] for row in keeping.versions(draft)] == ["Instant win", "Five minutes of work", "Instant win"]


def test_differences_name_the_fields():
    mine = {"title": "A", "settings": {"prizes": [{"label": "Mug", "stock": 1}]}}
    theirs = {"title": "A", "settings": {"prizes": [{"label": "Mug", "stock": 2}]}}
    assert list(keeping.different(mine, theirs)) == [("settings.prizes.0.stock", 1, 2)]
    longer = {"title": "A", "settings": {"prizes": []}}
    assert [path for path, _, _ in keeping.different(mine, longer)] == ["settings.prizes"]


def local(days: float) -> str:
    return (timezone.now() + timedelta(days=days)).astimezone(ZoneInfo(ZONE)).strftime(content.TYPED)


WRONG = {
    "It closes before it opens": ({"opens": local(3), "closes": local(2)}, {"closes": "closes_first"}),
    "It closed yesterday": ({"closes": local(-1)}, {"closes": "closes_past"}),
    "It has no end": ({"closes": ""}, {"closes": "no_hour"}),
    "It lasts two years": ({"closes": local(800)}, {"closes": "lasts_long"}),
    "Its hour is none": ({"opens": "soon"}, {"opens": "no_hour"}),
    "Its hour is skipped in spring": ({"opens": "2027-03-28T02:30", "closes": "2027-04-01T02:30"}, {"opens": "skipped_hour"}),
    "It has no title": ({"title": " "}, {"title": "missing"}),
    "Its headline is a novel": ({"headline": "x" * 121}, {"headline": "too_long"}),
    "Its language is unknown": ({"language": "xx"}, {"language": "no_choice"}),
}


@pytest.mark.parametrize(("changes", "found"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_published_is_said_at_its_field(draft, changes, found):
    assert problems(draft, **changes) == found


def test_hours_are_the_tenant_s(draft):
    game, _ = content.judged("instant_win", said(draft, opens="2027-01-13T12:00", closes="2027-01-14T12:00"), ZONE)
    assert game.opens_at == datetime(2027, 1, 13, 12, tzinfo=ZoneInfo(ZONE))


def test_a_published_draft_is_sealed_open_at_once_and_published_once(draft, inside):
    before = timezone.now()
    game = release.release(draft.pk, 1, ZONE)
    assert (game.title, game.slug, game.language) == ("Instant win", "instant-win", "en")
    assert before <= game.opens_at <= timezone.now()
    assert game.seal["commit"]
    with pytest.raises(keeping.Published) as done:
        release.release(draft.pk, 1, ZONE)
    assert done.value.game.pk == game.pk
    with pytest.raises(keeping.Published):
        keeping.save(draft.pk, said(draft, title="Too late"), 1, None)
    assert Game.objects.count() == 1


def test_what_was_not_read_is_not_published(draft, bob):
    keeping.save(draft.pk, said(draft, title="Changed"), 1, bob)
    with pytest.raises(keeping.Stale):
        release.release(draft.pk, 1, ZONE)
    assert not Game.objects.exists()


def test_an_opening_hour_that_has_passed_is_now(draft, ana):
    keeping.save(draft.pk, said(draft, opens=local(-2)), 1, ana)
    assert timezone.now() - release.release(draft.pk, 2, ZONE).opens_at < timedelta(minutes=1)


def test_two_games_of_one_title_have_two_addresses(draft, inside, ana):
    release.release(draft.pk, 1, ZONE)
    second = keeping.make("instant_win", draft.content, ana)
    assert release.release(second.pk, 1, ZONE).slug == "instant-win-2"


def test_an_unready_draft_is_refused_and_stays(draft, ana):
    keeping.save(draft.pk, said(draft, title=""), 1, ana)
    with pytest.raises(release.Unready):
        release.release(draft.pk, 2, ZONE)
    assert not Game.objects.exists()


def test_a_try_out_has_its_own_key_and_half_of_its_prizes_are_due(draft):
    game = trial.begin(draft.pk, ZONE)
    assert game.trial
    assert game.opens_at < timezone.now() < game.closes_at
    draft.refresh_from_db()
    assert trial.running(draft) == game


def test_a_try_out_goes_when_it_is_begun_again_and_when_the_draft_is_published(draft):
    first = trial.begin(draft.pk, ZONE)
    second = trial.begin(draft.pk, ZONE)
    assert bytes(first.key) != bytes(second.key)
    assert [game.pk for game in Game.objects.all()] == [second.pk]
    game = release.release(draft.pk, 1, ZONE)
    assert [each.pk for each in Game.objects.all()] == [game.pk]


def test_a_copy_has_the_settings_and_hours_of_its_own(draft, inside):
    game = release.release(draft.pk, 1, ZONE)
    copy = content.copied(game, inside)
    found, wrong = content.judged("instant_win", copy, ZONE)
    assert wrong == {}
    assert found.settings == game.settings
    assert content.judged("instant_win", content.beginning("instant_win", inside, "en"), ZONE)[0].settings == game.settings


def test_the_bin_gives_back(draft):
    keeping.bin_it(draft)
    assert Draft.objects.get().binned_at
    keeping.take_back(draft)
    assert Draft.objects.get().binned_at is None
