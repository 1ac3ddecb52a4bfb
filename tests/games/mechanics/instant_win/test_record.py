"""What shows afterwards that the sealed moments were kept, and that one which was not is found."""

import pytest

from games.fairness.moments import derive
from games.fairness.plays import plays_of
from games.fairness.witness import commit, label, randomness
from games.mechanic import Seal, Terms
from games.mechanics.instant_win import InstantWin, Lost, Prize, Won, record
from tests.games.mechanics.instant_win.known import outcome, table
from tests.games.table import CLOSES, OPENS, sealed

FIRST, SECOND = b"1" * 32, b"2" * 32
GAME = InstantWin(prizes=[Prize("mug", "Mug", 2), Prize("trip", "Trip", 1)])


def won(player: int, moment: int, prize: str = "mug", unit: int = 0) -> Won:
    return Won(player, prize, unit, moment, OPENS, CLOSES, CLOSES)


def lost(player: int, until: float = CLOSES) -> Lost:
    return Lost(player, until)


def moments():
    return GAME.sealed(sealed(GAME))


def after(moment: int, more: float = 0.5) -> float:
    return moments()[moment].at_ms / 1000 + more


def faults(*log):
    return list(GAME.faults(sealed(GAME), [(place, at, event) for place, (at, event) in enumerate(log, 1)]))


def kept(moment: int) -> str:
    return moments()[moment].prize


def test_a_log_that_kept_its_promises_has_no_fault():
    assert faults((OPENS + 1, lost(3)), (after(0), won(1, 0, kept(0))), (after(1), won(2, 1, kept(1)))) == []


@pytest.mark.control("P4")
def test_a_play_that_lost_while_a_moment_was_open_is_found():
    (fault,) = faults((after(0), lost(1)), (after(0, 1.0), won(2, 0, kept(0))))
    assert fault.startswith("play 1 lost at ")


@pytest.mark.control("P4")
@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        (lambda: [(after(0, -0.5), won(1, 0, kept(0)))], "before its time"),
        (lambda: [(after(1), won(1, 0, kept(0))), (after(1, 1), won(2, 0, kept(0)))], "won twice"),
        (lambda: [(after(1), won(1, 1, kept(1))), (after(1, 1), won(2, 0, kept(0)))], "was still open"),
        (lambda: [(after(2), won(1, 7))], "there are only 3"),
        (lambda: [(after(0), won(1, 0, "house"))], "gave house"),
    ],
)
def test_a_win_that_is_not_as_it_was_sealed_is_found(log, sentence):
    assert any(sentence in fault for fault in faults(*log()))


def test_more_than_a_players_share_is_found():
    assert "player 1 played 2 times on the day" in faults((OPENS, lost(1)), (OPENS, lost(1)))[0]
    twice = faults((after(0), won(1, 0, kept(0))), (after(1), Won(1, kept(1), 1, 1, OPENS, CLOSES + 86_400, CLOSES)))
    assert any("player 1 won 2 times" in fault for fault in twice)


def test_who_has_won_his_share_is_no_loser_of_a_moment_that_is_open():
    game = table(1, 2, plays_per_day=3)
    for second, player in ((5, 1), (6, 1), (7, 2)):
        outcome(game, second, player)
    assert [play.moment for play in record.record(game.facts(), game.rules.mechanic, game.rules.sealed, share=1).plays] == [0, 1]


def test_the_files_of_the_proof_name_nobody():
    manifest = GAME.manifest(Terms("game", OPENS, CLOSES, label(commit(FIRST), commit(SECOND))))
    seal = Seal(b"k" * 32, manifest, randomness(FIRST, SECOND), {"secrets": [FIRST.hex(), SECOND.hex()]})
    due = derive(manifest, GAME.secret(seal), seal.randomness)[0]
    log = [(1, OPENS, lost(1)), (2, due.at_ms / 1000, won(2, 0, due.prize)), (3, CLOSES - 1, lost(2))]
    files = GAME.reveal(seal, log)
    assert set(files) == {"manifest.json", "witness.json", "secret.json", "result.json", "plays.txt"}
    first, second = plays_of(files["plays.txt"])
    assert (first.at_ms, first.moment, second.at_ms, second.moment) == (int(OPENS * 1000), None, due.at_ms, 0)
    assert first.group != second.group
    assert first.id not in (first.group, second.id)
    assert seal.key.hex().encode() not in b"".join(files.values())


def test_what_was_never_sealed_has_nothing_to_reveal():
    assert GAME.reveal(Seal(b"k" * 32), []) == {}
    assert GAME.sealed(Seal(b"k" * 32)) == []
    assert GAME.commitment(Seal(b"k" * 32)) is None
