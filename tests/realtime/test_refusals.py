"""Every code that a refusal can have is worded, in every language of the platform."""

import re
from pathlib import Path

import pytest

from realtime.refusals import SENTENCES, word

SAID = re.compile(r'(?:Rejected|refused|refuse|Refused|refusal)\((?:[a-z_.]+, )?"([a-z_]+)"')
ELSEWHERE = {"migrations", "console", "winners"}  # pages word their own refusals
SOURCES = [path for package in ("games", "realtime") for path in Path(package).rglob("*.py") if not ELSEWHERE & set(path.parts)]


def test_every_code_in_the_code_has_a_sentence():
    codes = {code for path in SOURCES for code in SAID.findall(path.read_text())}
    assert {"busy", "not_yours", "no_plays_left", "unknown_command", "too_many_open", "paused", "banned"} <= codes
    assert codes <= set(SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_one_and_is_translated(code):
    english, french = word(code, "en"), word(code, "fr")
    assert english != french
    assert english.endswith(".")
    assert french.endswith(".")


def test_a_code_that_nobody_worded_is_not_shown_raw():
    assert word("no_such_code", "en") == word("internal", "en")
