"""Settings as a form: described from the fields, read from what a browser sends, judged field by field."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from games.forms import posted, words
from games.forms.described import described, undeclared, walk
from games.forms.judged import Problem, judge
from games.registry import MECHANICS
from tests.games.forms.toy import Toy

SENT = {
    "settings.items.0.id": "mug",
    "settings.items.0.label": "Mug",
    "settings.items.0.stock": "1 000",
    "settings.items.0.level": "hard",
    "settings.items.7.label": "Mug",
    "settings.items.7.stock": "2",
    "settings.items.7.level": "easy",
    "settings.question.type": "number",
    "settings.question.about": "2,5",
    "settings.most": "",
    "settings.story": "",
}
GOOD = {
    "items": [
        {"id": "mug", "label": "Mug", "stock": 1000, "level": "hard"},
        {"id": "mug-2", "label": "Mug", "stock": 2, "level": "easy"},
    ],
    "question": {"type": "number", "about": 2.5},
    "extra": None,
    "week": None,
    "most": None,
    "loud": False,
    "story": "",
}


def judged(**changes: str | None):
    sent = {name: value for name, value in {**SENT, **changes}.items() if value is not None}
    return judge(Toy, posted.settings(described(Toy), sent, {}))


def problem(path: str, value: str | None, **more: str) -> Problem | None:
    return judged(**{f"settings.{path}": value}, **{f"settings.{name}": text for name, text in more.items()})[1].get(f"settings.{path}")


@pytest.mark.parametrize("kind", MECHANICS)
def test_every_field_of_every_mechanic_has_its_words(kind):
    assert undeclared(MECHANICS[kind]) == []


def test_a_field_that_nobody_has_worded_is_named_and_still_asked():
    assert undeclared(Toy) == ["most", "loud", "story"]
    assert {ask.name: ask.said.label for ask in described(Toy)}["most"] == "Most"


@pytest.mark.parametrize("kind", MECHANICS)
def test_what_is_declared_for_a_start_could_be_played(kind):
    assert judge(MECHANICS[kind], MECHANICS[kind].form.start)[1] == {}


@pytest.mark.parametrize("kind", MECHANICS)
def test_every_group_that_a_field_names_is_one(kind):
    form = MECHANICS[kind].form
    assert {field.group for field in form.fields.values()} - {""} <= {group.name for group in form.groups}


def test_kinds_and_limits_come_from_the_types():
    asks = dict(walk(described(Toy)))
    kinds = {path: ask.kind for path, ask in asks.items()}
    assert kinds == {
        "items": "list",
        "items.id": "id",
        "items.label": "text",
        "items.stock": "whole",
        "items.level": "choice",
        "question": "union",
        "question.caption": "text",
        "question.about": "number",
        "extra": "block",
        "extra.id": "id",
        "extra.label": "text",
        "extra.stock": "whole",
        "extra.level": "choice",
        "week": "week",
        "secret": "given",
        "most": "whole",
        "loud": "check",
        "story": "long",
    }
    assert (asks["items"].least, asks["items"].longest) == (1, 3)
    assert (asks["items.stock"].low, asks["items.stock"].high) == (1, 1000)
    assert asks["items.level"].choices == (("easy", "Easy"), ("hard", "Hard"))
    assert [tag for tag, _, _ in asks["question"].branches] == ["photo", "number"]
    assert (asks["extra"].empty, asks["most"].empty, asks["items"].empty) == (True, True, False)


def test_what_a_browser_sends_becomes_settings():
    assert judged() == (GOOD, {})


def test_what_is_not_asked_stays_as_it_was():
    kept = posted.settings(described(Toy), SENT, {"secret": "hidden"})
    assert kept["secret"] == "hidden"


def test_an_id_that_was_given_stays_when_the_label_changes():
    changed = judged(**{"settings.items.0.label": "Cup"})[0]
    assert [each["id"] for each in changed["items"]] == ["mug", "mug-2"]


WRONG = {
    "A text is missing": ("items.0.label", "  ", "missing"),
    "A number is missing": ("items.0.stock", "", "number_missing"),
    "It is no number": ("items.0.stock", "many", "no_number"),
    "It is below the lowest": ("items.0.stock", "0", "too_low"),
    "It is above the highest": ("items.0.stock", "1001", "too_high"),
    "It is too long": ("story", "x" * 401, "too_long"),
    "It is no choice": ("items.0.level", "insane", "no_choice"),
    "A number is not finite": ("question.about", "inf", "no_number"),
    "A branch does not exist": ("question", None, "missing"),
}


@pytest.mark.parametrize(("path", "value", "code"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_at_its_field(path, value, code):
    sent = {"settings.question.type": None} if code == "missing" and path == "question" else {f"settings.{path}": value}
    assert {name: found.code for name, found in judged(**sent)[1].items()} == {f"settings.{path}": code}


def test_a_list_says_how_many_it_takes():
    bare = {name: None for name in SENT if ".items." in name}
    assert judged(**bare)[1]["settings.items"].code == "too_few"
    more = {f"settings.items.{place}.{name}": text for place in range(4) for name, text in (("label", "A"), ("stock", "1"))}
    assert judged(**more)[1]["settings.items"].code == "too_many"


def test_a_block_that_may_be_left_out_has_a_switch():
    assert judged(**{"settings.extra.label": "More"})[0]["extra"] is None
    found, problems = judged(**{"settings.extra.on": "on", "settings.extra.label": "More", "settings.extra.stock": ""})
    assert (found["extra"]["id"], found["extra"]["label"]) == ("extra", "More")
    assert list(problems) == ["settings.extra.stock", "settings.extra.level"]


def test_a_week_is_drawn_by_hand_or_left_out():
    drawn = ",".join(["50"] * 168)
    assert judged(**{"settings.week": drawn})[0]["week"] is None
    assert judged(**{"settings.week": drawn, "settings.week.by": "hand"})[0]["week"] == [50] * 168
    assert judged(**{"settings.week": "1,x", "settings.week.by": "hand"})[1]["settings.week"].code == "bad_week"


def test_what_the_rules_say_of_the_whole_stands_at_the_whole():
    assert words.told(judged(**{"settings.loud": "on"})[1], Toy.form) == {"settings": "What is loud needs a limit."}


def test_what_the_rules_refuse_is_worded_for_people():
    form = MECHANICS["instant_win"].form
    sentence = "5000 units of prizes do not fit on a line of length 99"
    assert words.refused(sentence, form) == "The game is too short for 5,000 prizes: let it be open longer, or give fewer."
    assert words.refused("something new", form) == "Something new."


@pytest.mark.parametrize("code", words.SENTENCES)
def test_each_sentence_exists_in_both_languages(code):
    said = Problem(code, {"low": 1, "high": 2, "least": 3, "most": 4, "days": 5})
    sentences = set()
    for language in ("en", "fr"):
        with override(language):
            sentences.add(words.said(said, Toy.form))
    assert len(sentences) == 2
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


@given(st.dictionaries(st.sampled_from([*SENT, "settings.extra.on", "settings.week.by", "settings.week"]), st.text()))
def test_whatever_is_sent_is_read_and_judged(sent):
    settings, problems = judge(Toy, posted.settings(described(Toy), sent, {}))
    words.told(problems, Toy.form)
    assert problems or settings
