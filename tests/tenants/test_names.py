"""Nicknames: what survives the cleaning, and what is refused."""

import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tenants import names

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("a\u0301\u0302\u0327e \u200d\ufe0f👩👧🏽\u202e\u2066\u200b\x00\u3164\u1100\u1161\u11a8\U000e0067\u200c"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana   M. ", "Ana M."),
        ("Zoe\u0301", "Zoé"),
        ("\u202eanA\u202c", "anA"),
        ("\u2066Ana\u2069", "Ana"),
        ("A\u200bn\u200da\ufeff", "Ana"),
        ("A\x00n\x07a\x9b", "Ana"),
        ("Ana\nMaria\t!", "Ana Maria !"),
        ("<b>Ana</b>", "<b>Ana</b>"),  # text is text: templates and textContent escape it
        ("Z" + "\u0335" * 30, "Z\u0335\u0335"),
        ("👩‍👧", "👩‍👧"),
        ("👍🏽", "👍🏽"),
        ("❤️", "❤️"),
        ("محمد", "محمد"),
        ("🏴\U000e0067\U000e0062", "🏴"),
        ("🫨", "🫨"),
    ],
)
def test_a_name_is_cleaned_and_otherwise_left_alone(typed: str, kept: str) -> None:
    assert names.clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u200b\u200d", "\u3164", "\u2800", "\x00", "\u202e", "\u0301", "x" * 25, "é" * 61, "a" * 10_000]
)
def test_an_empty_or_endless_name_is_refused(typed: str) -> None:
    with pytest.raises(names.BadNickname) as refused:
        names.clean(typed)
    assert refused.value.code == "bad_nickname"


def test_signs_are_counted_as_a_reader_counts_them() -> None:
    assert names.clean("e\u0323\u0301" * 20)
    assert names.clean("👨‍👩‍👧‍👦" * 5) == "👨‍👩‍👧‍👦" * 5


def test_a_very_long_name_costs_no_work() -> None:
    begun = time.process_time()
    with pytest.raises(names.BadNickname):
        names.clean("Z" + "\u0301" * 5_000_000)
    assert time.process_time() - begun < 0.5


@given(HOSTILE)
@example("\u1100\u200b\u1161")
@example("e\u200b\u0301\u0301\u0301\u0323")
@example("\u0301\u0301\u0301a")
@example("a\u0345\u0301\u0323\u0301")
@settings(max_examples=500, deadline=None)
def test_every_kept_name_is_harmless_and_final(typed: str) -> None:
    try:
        name = names.clean(typed)
    except names.BadNickname:
        return
    assert names.clean(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert len(name) <= names.LONGEST_STORED
    assert name == " ".join(name.split())
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Co", "Zl", "Zp"} for sign in name)
    assert not any(unicodedata.category(sign) == "Cf" and sign != names.JOINER for sign in name)
    run = 0
    for sign in name:
        run = run + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        assert run <= names.MARKS
