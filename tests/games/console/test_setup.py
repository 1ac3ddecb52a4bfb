"""The set-up pages: who may what, what is saved, what is asked before it is too late."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from games.drafts import trial
from games.models import Draft, Game
from tenants import scope
from tests.games.console.drafting import DONE_TO_IT, JSON, address, fresh, made, sent
from tests.games.console.test_home import text


@pytest.fixture
def draft(world) -> Draft:
    return made(world)


def test_a_kind_that_is_chosen_becomes_a_draft(world):
    client = world.client()
    assert "Instant win" in text(client.get("/console/games/new/"))
    answer = client.post("/console/games/new/", {"kind": "instant_win"})
    with scope.tenant(world.demo.pk):
        assert answer["Location"] == address(Draft.objects.get())
    assert client.post("/console/games/new/", {"kind": "roulette"}).status_code == 404


def test_an_untouched_form_changes_nothing(world, draft):
    client = world.client()
    form = sent(client.get(address(draft)).content.decode())
    answer = client.post(address(draft), form, **JSON)
    assert (answer.json()["version"], answer.json()["errors"]) == (1, {})
    assert fresh(draft).content == draft.content


def test_what_is_typed_is_saved_and_what_is_wrong_with_it_is_said(world, draft):
    client = world.client()
    form = sent(client.get(address(draft)).content.decode()) | {"title": "Lemons", "settings.prizes.0.stock": "none"}
    told = client.post(address(draft), form, **JSON).json()
    assert (told["version"], told["title"]) == (2, "Lemons")
    assert told["errors"] == {"settings.prizes.0.stock": "Write a whole number, such as 20."}
    page = client.get(address(draft)).content.decode()
    assert 'value="none"' in page
    assert 'aria-invalid="true"' in page


def test_a_form_without_scripts_is_saved_and_goes_on_to_what_was_pressed(world, draft):
    client = world.client()
    form = sent(client.get(address(draft)).content.decode()) | {"title": "Lemons"}
    assert client.post(address(draft), {**form, "do": "save"})["Location"] == address(draft)
    assert client.post(address(draft), {**form, "version": "2", "do": "publish"})["Location"] == address(draft, "publish")
    assert fresh(draft).content["title"] == "Lemons"


def test_blocks_come_go_and_move(world, draft):
    client = world.client()

    def does(wish: str) -> list[str]:
        form = sent(client.get(address(draft)).content.decode())
        assert "<fieldset" in client.post(address(draft), {**form, "do": wish}, **JSON).json()["html"]
        return [each["label"] for each in fresh(draft).content["settings"]["prizes"]]

    assert does("down:settings.prizes.0") == ["A mug", "A little treat", "A weekend for two"]
    assert does("up:settings.prizes.2") == ["A mug", "A weekend for two", "A little treat"]
    assert does("remove:settings.prizes.0") == ["A weekend for two", "A little treat"]
    assert does("add:settings.prizes")[2:] in ([None], [""])
    assert len(does("remove:settings.prizes.99")) == 3
    assert len(does("add:title")) == 3


def test_the_second_editor_is_told_who_changed_what_and_may_take_either(world, draft):
    ana, bob = world.client("owner"), world.client("editor")
    form = sent(ana.get(address(draft)).content.decode())
    bob.post(address(draft), form | {"settings.prizes.1.stock": "50"}, **JSON)
    answer = ana.post(address(draft), form | {"title": "Lemons"}, **JSON)
    assert answer.status_code == 409
    assert answer.json()["version"] == 2
    for words in ("Editor Colibri has changed this draft", "Prize 2: How many", "Title", "Lemons", "50"):
        assert words in answer.json()["html"]
    assert fresh(draft).content["title"] == "Instant win"
    assert ana.post(address(draft), form | {"title": "Lemons"}).status_code == 409  # the same without scripts
    kept = ana.post(address(draft), form | {"title": "Lemons", "version": "2", "do": "keep"}, **JSON)
    assert kept.json()["version"] == 3
    assert "Editor Colibri" in text(ana.get(address(draft, "history")))


def test_the_preview_is_the_play_page_with_what_was_typed_and_may_stand_in_our_frame_alone(world, draft):
    client = world.client()
    form = sent(client.get(address(draft)).content.decode())
    client.post(address(draft), form | {"headline": "Zest!", "settings.prizes.0.stock": "7"}, **JSON)
    answer = client.get(address(draft, "preview"))
    page = answer.content.decode()
    assert ">Zest!</h1>" in page
    assert "inert" in page
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    client.post(address(draft), form | {"version": "2", "settings.prizes.0.stock": "x"}, **JSON)
    assert "data-beginning" in client.get(address(draft, "preview")).content.decode()


def test_what_is_fixed_for_ever_is_read_before_it_is(world, draft):
    shown = text(world.client().get(address(draft, "publish")))
    for words in ("A weekend for two, How many: 1", "Tries per person and day 3", "Opens At once", "Paris time"):
        assert words in shown


def test_publishing_leads_to_the_game_and_happens_once(world, draft):
    client = world.client("editor")
    first, again = (client.post(address(draft, "publish"), {"version": "1"}) for _ in range(2))
    with scope.tenant(world.demo.pk):
        game = Game.objects.get()
    assert first["Location"] == again["Location"] == f"/console/games/{game.public_id}/"
    assert client.get(address(draft))["Location"] == first["Location"]


def test_what_cannot_be_published_is_named_and_what_has_changed_is_read_again(world, draft):
    client = world.client()
    form = sent(client.get(address(draft)).content.decode())
    client.post(address(draft), form | {"settings.prizes.2.label": ""}, **JSON)
    stale = client.post(address(draft, "publish"), {"version": "1"})
    assert (stale.status_code, "meanwhile" in text(stale)) == (409, True)
    unready = client.post(address(draft, "publish"), {"version": "2"})
    assert unready.status_code == 422
    assert "Prize 3: What can be won Fill this in." in text(unready)


def test_hours_that_are_much_better_to_win_in_are_published_when_somebody_says_that_it_is_meant_so(world, draft):
    draft.content["settings"]["traffic"] = [1] * 168
    with scope.tenant(world.demo.pk):
        draft.save()
    client = world.client()
    refused = client.post(address(draft, "publish"), {"version": "1"})
    assert refused.status_code == 422
    assert re.search(r"The best hour would have \d+ times the odds of the worst", text(refused))
    assert 'name="confirmed"' in refused.content.decode()
    assert client.post(address(draft, "publish"), {"version": "1", "confirmed": "on"}).status_code == 302


def test_what_the_rules_refuse_is_a_sentence(world, draft):
    client = world.client()
    form = sent(client.get(address(draft)).content.decode())
    tight = form | {"settings.traffic.by": "hand", "settings.traffic": ",".join(["0"] * 168)}
    told = client.post(address(draft), tight, **JSON).json()
    assert told["errors"] == {"settings": "Somebody has to play at some hour of the week."}


def test_a_try_out_is_marked_and_in_no_list(world, draft):
    client = world.client()
    assert "The try-out is open" in text(client.post(address(draft, "try")))
    with scope.tenant(world.demo.pk):
        game = trial.running(fresh(draft))
    assert ">Try-out</span>" in client.get(game.get_absolute_url()).content.decode()
    for page in ("/t/demo/", "/console/", "/console/games/"):
        assert game.slug not in client.get(page).content.decode()
        assert game.public_id not in client.get(page).content.decode()


def test_a_game_is_duplicated_and_one_that_is_over_is_archived(world):
    game, running = world.game(title="Cherries", phase="ended"), world.game(title="Lemons")
    client = world.client()
    client.post(reverse("console-clone", args=[game.public_id]))
    with scope.tenant(world.demo.pk):
        assert str(Draft.objects.get()) == "Cherries"
    for each in (game, running):
        client.post(reverse("console-archive", args=[each.public_id]))
    assert "Cherries" not in text(client.get("/console/games/"))
    assert "Lemons" in text(client.get("/console/games/"))
    assert "Cherries" in text(client.get("/console/games/?archived=1"))
    assert client.get(reverse("console-game", args=[game.public_id])).status_code == 200
    client.post(reverse("console-archive", args=[game.public_id]))
    assert "Cherries" in text(client.get("/console/games/"))


def test_the_bin_keeps_a_draft_until_it_is_taken_back(world, draft):
    client = world.client()
    client.post(address(draft, "bin"))
    assert client.get(address(draft)).status_code == 404
    assert "Instant win" not in text(client.get("/console/drafts/"))
    assert "30 days left" in text(client.get("/console/drafts/?bin=1")) or "29 days left" in text(client.get("/console/drafts/?bin=1"))
    client.post(address(draft, "back"))
    assert client.get(address(draft)).status_code == 200


def test_a_draft_is_found_by_its_title(world, draft):
    assert "Instant win" in text(world.client().get("/console/drafts/?q=INSTANT"))
    assert "No title contains" in text(world.client().get("/console/drafts/?q=lemon"))


@pytest.mark.parametrize("role", ["analyst", "moderator"])
def test_others_read_and_change_nothing(world, draft, role):
    client = world.client(role)
    page = client.get(address(draft)).content.decode()
    assert "Owners and editors change it." in page
    assert client.post(address(draft), sent(page) | {"title": "Mine"}, **JSON).status_code == 403
    for name in ("publish", "try", *DONE_TO_IT):
        assert client.post(address(draft, name), {"version": "1", "number": "1"}).status_code == 403
    assert client.post("/console/games/new/", {"kind": "instant_win"}).status_code == 403
    assert fresh(draft).content == draft.content


def test_a_nul_in_what_was_typed_breaks_nothing(world, draft):
    client = world.client()
    form = sent(client.get(address(draft)).content.decode()) | {"title": "A\0B"}
    assert client.post(address(draft), form, **JSON).json()["title"] == "AB"
