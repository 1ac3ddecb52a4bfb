import hashlib

import pytest

from games.fairness.shape import Refused
from games.fairness.witness import commit, commitments, label, randomness, witnessed

FIRST, SECOND = b"1" * 32, b"2" * 32
LABEL = label(commit(FIRST), commit(SECOND))


def told(*secrets):
    return {"secrets": [secret.hex() for secret in secrets]}


def test_both_secrets_make_the_randomness():
    assert commit(FIRST) == hashlib.sha256(b"COMMIT/1\0" + FIRST).digest()
    assert randomness(FIRST, SECOND) == hashlib.sha256(b"2P/1\0" + FIRST + SECOND).digest()
    assert witnessed(told(FIRST, SECOND), LABEL) == randomness(FIRST, SECOND)


def test_the_label_names_both_commitments():
    assert commitments(LABEL) == (commit(FIRST), commit(SECOND))


@pytest.mark.parametrize("secrets", [(SECOND, FIRST), (FIRST, FIRST), (FIRST,), (FIRST, SECOND, FIRST), (FIRST, b"2"), ()])
def test_other_secrets_than_those_committed_to_are_refused(secrets):
    with pytest.raises(Refused, match=r"witness\.json"):
        witnessed(told(*secrets), LABEL)


@pytest.mark.parametrize(
    "beacon", ["witness:", "witness:ab:cd", LABEL + ":" + "0" * 64, LABEL.upper(), label(commit(FIRST), commit(FIRST))]
)
def test_a_label_of_another_shape_is_refused(beacon):
    with pytest.raises(Refused, match="witness"):
        commitments(beacon)


def test_a_copied_commitment_is_no_second_witness():
    with pytest.raises(Refused, match="copied"):
        commitments(label(commit(FIRST), commit(FIRST)))


def test_a_short_secret_is_refused():
    with pytest.raises(Refused, match="32 bytes"):
        commit(b"short")
