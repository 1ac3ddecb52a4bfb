import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.fairness.canonical import decode, digest, encode
from games.fairness.shape import Refused, Unreadable

keys = st.text(st.characters(max_codepoint=126, min_codepoint=1), max_size=5)
values = st.recursive(
    st.text(st.characters(codec="ascii"), max_size=5) | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


def test_bytes_are_those_of_the_standard():
    value = {"b": ["é€\x7f", -1], "a": {"B": '"\\/\n\x01', "a": 2**53 - 1}}
    assert encode(value) == '{"a":{"B":"\\"\\\\/\\n\\u0001","a":9007199254740991},"b":["é€\x7f",-1]}'.encode()


@settings(deadline=None)
@given(values)
def test_what_is_written_is_read_again(value):
    assert decode(encode(value), "it") == value


@settings(deadline=None)
@given(st.dictionaries(keys, values, max_size=4))
def test_the_order_in_which_keys_came_does_not_matter(value):
    assert encode(dict(reversed(value.items()))) == encode(value)


def test_published_manifests_have_the_published_hash(vectors):
    assert [digest(draw["manifest"]).hex() for draw in vectors["draws"]] == [draw["manifest_sha256"] for draw in vectors["draws"]]
    assert digest({}) == hashlib.sha256(b"{}").digest()


@pytest.mark.parametrize(
    "value", [1.0, None, True, {"a": [0.5]}, 2**53, -(2**53), {"é": 1}, {1: 2}, "e\u0301", "\ud800", b"", {1}, [[]] * 2 + [None]]
)
def test_what_two_readers_may_read_differently_is_refused(value):
    with pytest.raises(Refused, match="manifest"):
        encode(value)


@pytest.mark.parametrize(
    "text",
    ['{"a":1,"a":1}', "1.0", "1e3", "NaN", "-Infinity", "null", "true", '"\\ud800"', "9" * 5000, "9007199254740992", "[" * 40 + "]" * 40],
)
def test_the_same_holds_for_what_is_read(text):
    with pytest.raises(Refused, match=r"it (has|is nested)"):
        decode(text.encode(), "it")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"\xef\xbb\xbf{}", b"{} {}", b"[1,]", b"[" * 100_000])
def test_what_is_no_json_is_unreadable(data):
    with pytest.raises(Unreadable, match="it is not readable"):
        decode(data, "it")
