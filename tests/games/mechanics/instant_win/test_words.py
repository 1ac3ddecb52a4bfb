"""What an editor can set, and what he cannot."""

import msgspec
import pytest

from games.fairness.shape import Refused
from games.lifecycle import Lifecycle
from games.mechanics.instant_win import InstantWin, Prize
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
        ({"moments": [1]}, "unknown field"),
    ],
)
def test_settings_that_cannot_be_are_refused_with_what_is_wrong(wrong, sentence):
    with pytest.raises(msgspec.ValidationError, match=sentence):
        msgspec.convert({**GOOD, **wrong}, InstantWin)


def test_prizes_that_do_not_fit_into_the_hours_cannot_be_sealed():
    game = InstantWin(prizes=[Prize("mug", "Mug", 1_000_000)], traffic=[1] * 168)
    with pytest.raises(Refused, match="do not fit"):
        game.commitment(sealed(game, hours=Lifecycle(OPENS, OPENS + 60)))


@pytest.mark.parametrize("hours", [Lifecycle(), Lifecycle(OPENS), Lifecycle(None, CLOSES)])
def test_moments_need_both_hours(hours):
    with pytest.raises(ValueError, match="opening and its closing hour"):
        sealed(InstantWin(prizes=[Prize("mug", "Mug", 3)]), hours=hours)
