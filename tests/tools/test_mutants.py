"""A mutant that nobody notices is reported, and so is one that no longer fits the code."""

import pytest

from tools import mutants
from tools.mutants import Mutant


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "law.py").write_text("FENCE = True\n")
    return tmp_path


def mutant(**changes):
    return Mutant(**{"name": "fence", "file": "law.py", "old": "True", "new": "False", "tests": [], **changes})


def test_a_mutant_that_its_tests_notice_is_killed_and_undone(tree, monkeypatch):
    monkeypatch.setattr(mutants, "tests_pass", lambda tree, *_: "True" in (tree / "law.py").read_text())
    assert mutants.verdict(tree, mutant()) == ""
    assert (tree / "law.py").read_text() == "FENCE = True\n"


def test_a_mutant_that_nobody_notices_survives(tree, monkeypatch):
    monkeypatch.setattr(mutants, "tests_pass", lambda *_: True)
    assert "survived" in mutants.verdict(tree, mutant())


def test_a_mutant_whose_text_is_gone_is_said(tree):
    assert "0 times" in mutants.verdict(tree, mutant(old="Never"))


def test_tests_that_fail_anyway_prove_nothing(tree, monkeypatch):
    monkeypatch.setattr(mutants, "tests_pass", lambda *_: False)
    assert "without it too" in mutants.verdict(tree, mutant())
