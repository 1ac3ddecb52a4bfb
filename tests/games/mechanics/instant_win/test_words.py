"""What an editor can set, and what he cannot."""

import msgspec
import pytest

from games.fairness.shape import Refused
from games.lifecycle import Lifecycle
from games.mechanics.instant_win import InstantWin, Prize
from games.mechanics.instant_win.settings import Fixed
from tests.games.table import CLOSES, OPENS, sealed

GOOD = {"prizes": [{"id": "mug", "label": "Mug", "stock": 3}]}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"prizes": []}, "length >= 1"),
        ({"prizes": [{"id": "mug", "label": "Mug", "stock": 0}]}, ">= 1"),
        ({"prizes": [{"id": "mug", "label": "Mug", "stock": -1}]}, ">= 1"),
        ({"prizes": [{"id": "mug", "label": "Mug", "stock": 10**18}]}, "<= 1000000"),
        ({"prizes": [{"id": "mug", "label": "Mug", "stock": 10**25}]}, "int"),
        ({"prizes": [{"id": "mug", "label": "Mug", "stock": 1.5}]}, "int"),
        ({"prizes": [{"id": "mug", "label": "", "stock": 1}]}, "length >= 1"),
        ({"prizes": [{"id": "A b", "label": "Mug", "stock": 1}]}, "regex"),
        ({"prizes": [{"id": "mug", "label": "Mug", "stock": 1, "code": "X"}]}, "unknown field"),
        ({"prizes": GOOD["prizes"] * 2}, "Two prizes have the same id."),
        ({"prizes": [{"id": f"p{n}", "label": "x", "stock": 600_000} for n in range(2)]}, "at most 1000000 units"),
        ({"prizes": [{"id": f"p{n}", "label": "x", "stock": 1} for n in range(101)]}, "length <= 100"),
        ({"plays_per_day": 0}, ">= 1"),
        ({"plays_per_day": 2**63}, "<= 100"),
        ({"wins_per_player": -1}, ">= 1"),
        ({"zone": "Mars/Olympus"}, "not known"),
        ({"zone": "../../etc/passwd"}, "not known"),
        ({"traffic": [1] * 167}, "length >= 168"),
        ({"traffic": [0] * 168}, "nobody plays"),
        ({"traffic": [-1] * 168}, ">= 0"),
        ({"moment": [1]}, "unknown field"),
        ({"moments": [{"at_ms": 1, "prize": "boat"}]}, "no prize of this id is given by moments"),
        ({"moments": [{"at_ms": 1, "prize": "mug"}]}, "mug has 3 units, and 1 moments were brought for it."),
        ({"moments": [{"at_ms": 1, "prize": "mug", "unit": 1}]}, "unknown field"),
        ({"prizes": [{"id": "mug", "label": "Mug", "stock": 3, "mode": "wheel"}]}, "Invalid enum value"),
        ({"prizes": [{"id": "mug", "label": "Mug", "stock": 3, "per_day": 0}]}, ">= 1"),
        (
            {"prizes": [{"id": "mug", "label": "Mug", "stock": 3, "mode": "deck"}], "expected_plays": 2},
            "3 units of prizes do not fit into a deck of 2",
        ),
        ({"expected_plays": 0}, ">= 1"),
        ({"wins_per_day": 0}, ">= 1"),
        ({"gap": -1}, ">= 0"),
        ({"sweep": 10_081}, "<= 10080"),
        ({"rest": "keep"}, "Invalid enum value"),
        ({"consolation": {"id": "mug", "label": "Tip"}}, "The consolation has the id of a prize."),
        ({"consolation": {"id": "tip", "label": "Tip", "stock": 0}}, ">= 1"),
    ],
)
def test_settings_that_cannot_be_are_refused_with_what_is_wrong(wrong, sentence):
    with pytest.raises(msgspec.ValidationError, match=sentence):
        msgspec.convert({**GOOD, **wrong}, InstantWin)


def test_moments_that_were_brought_for_another_time_cannot_be_sealed():
    brought = [Fixed(int((CLOSES + second) * 1000), "mug") for second in (-2, -1, 0)]
    with pytest.raises(ValueError, match="1 of the moments that were brought lie outside the hours"):
        sealed(InstantWin(prizes=[Prize("mug", "Mug", 3)], moments=brought))


@pytest.mark.parametrize(
    "fields",
    [
        {"wins_per_day": 1},
        {"gap": 1},
        {"sweep": 1},
        {"prizes": [Prize("mug", "Mug", 3, "deck")]},
        {"prizes": [Prize("mug", "Mug", 3, per_day=1)]},
    ],
)
def test_whatever_bounds_the_giving_is_part_of_what_is_committed_to(fields):
    bare, bound = (sealed(InstantWin(**{"prizes": [Prize("mug", "Mug", 3)], **more})).manifest for more in ({}, fields))
    assert (bare["v"], bound["v"]) == ("IW/1", "PRIZES/1")


def test_prizes_that_do_not_fit_into_the_hours_cannot_be_sealed():
    game = InstantWin(prizes=[Prize("mug", "Mug", 1_000_000)], traffic=[1] * 168)
    with pytest.raises(Refused, match="do not fit"):
        game.commitment(sealed(game, hours=Lifecycle(OPENS, OPENS + 60)))


@pytest.mark.parametrize("hours", [Lifecycle(), Lifecycle(OPENS), Lifecycle(None, CLOSES)])
def test_moments_need_both_hours(hours):
    with pytest.raises(ValueError, match="opening and its closing hour"):
        sealed(InstantWin(prizes=[Prize("mug", "Mug", 3)]), hours=hours)
