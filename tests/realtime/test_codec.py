"""Hostile input ends in the codec."""

import json
import math
from contextlib import suppress

import msgpack
import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from realtime.codec import JSON, LARGEST, MSGPACK, Bad, Refused, asked, choose, command, commands_of, parse
from realtime.protocol import Hello, Pong, Resume

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FRAMES = st.dictionaries(st.text(max_size=5), PLAIN, max_size=4).map(lambda fields: {**fields, "t": "play"})


def deep(levels: int) -> object:
    return [deep(levels - 1)] if levels else 1


def read(codec, body: bytes):
    return parse(codec, body, codec.binary)


@pytest.mark.promise("P24")
@given(st.binary(max_size=300))
@example(b"\x81\xa1t" * 50)
@example(b"\x91" * 3000)
@example(b"\xdf\xff\xff\xff\xff")
@example(b"\xc7\x0c\xff" + b"\xff" * 12)
def test_any_bytes_are_a_map_or_bad_and_nothing_else(body):
    for codec in (MSGPACK, JSON):
        with suppress(Bad):
            assert read(codec, body)["t"] is not None


@pytest.mark.promise("P24")
@given(st.text(max_size=300))
@example("[" * 4000 + "]" * 4000)
@example("1" * 5000)
@example('{"t":"play","ref":"\\ud800"}')
def test_any_text_is_a_map_or_bad_and_nothing_else(text):
    with suppress(Bad):
        assert read(JSON, text.encode("utf-8", "surrogatepass"))["t"] is not None


@given(FRAMES)
def test_both_codings_read_the_same_map(frame):
    try:
        first = read(JSON, json.dumps(frame).encode())
    except Bad:  # a text with half a letter
        with pytest.raises((Bad, UnicodeEncodeError)):
            read(MSGPACK, msgpack.packb(frame))
        return
    assert first == read(MSGPACK, msgpack.packb(frame)) == frame


@given(FRAMES)
def test_what_we_write_both_ends_can_read(frame):
    for codec in (JSON, MSGPACK):
        assert read(codec, codec.encode(frame)) == frame


HOSTILE = {
    "not a number": ('{"t":"play","n":NaN}', {"t": "play", "n": math.nan}),
    "infinite": ('{"t":"play","n":1e999}', {"t": "play", "n": -math.inf}),
    "too large a number for JavaScript": ('{"t":"play","n":9007199254740992}', {"t": "play", "n": 2**53}),
    "a number of a thousand digits": ('{"t":"play","n":%s}' % ("9" * 1000), {"t": "play", "n": 2**64 - 1}),
    "too deep": (json.dumps({"t": "play", "n": deep(9)}), {"t": "play", "n": deep(9)}),
    "a name twice": ('{"t":"play","t":"end"}', b"\x82\xa1t\xa4play\xa1t\xa3end"),
    "a name twice, further in": ('{"t":"play","n":{"a":1,"a":1}}', b"\x82\xa1t\xa4play\xa1n\x82\xa1a\x01\xa1a\x01"),
    "half a letter": ('{"t":"play","n":"\\ud800"}', b"\x82\xa1t\xa4play\xa1n\xa3\xed\xa0\x80"),
    "no map": ('["play"]', ["play"]),
    "no word": ("{}", {}),
    "a word that is none": ('{"t":7}', {"t": 7}),
    "nothing": ("", b""),
    "more than one": ('{"t":"play"}{}', b"\x81\xa1t\xa4play\xc0"),
    "too large": (json.dumps({"t": "play", "n": "x" * LARGEST}), {"t": "play", "n": "x" * LARGEST}),
    "bytes": (None, {"t": "play", "n": b"x"}),
    "bytes for a name": (None, {"t": "play", b"n": 1}),
    "a number for a name": (None, {"t": "play", 1: 1}),
    "a type of their own": (None, {"t": "play", "n": msgpack.ExtType(5, b"x")}),
    "a moment in time": (None, {"t": "play", "n": msgpack.Timestamp(1)}),
    "a comment": ('{"t":"play"/*x*/}', None),
    "a mark before the text": ('\ufeff{"t":"play"}', None),
}


@pytest.mark.promise("P24")
@pytest.mark.parametrize(("text", "data"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_frames_are_bad(text, data):
    if text is not None:
        with pytest.raises(Bad):
            read(JSON, text.encode("utf-8", "surrogatepass"))
    if data is not None:
        with pytest.raises(Bad):
            read(MSGPACK, data if isinstance(data, bytes) else msgpack.packb(data))


def test_a_frame_of_the_other_kind_is_bad():
    with pytest.raises(Bad):
        parse(JSON, b'{"t":"play"}', True)
    with pytest.raises(Bad):
        parse(MSGPACK, msgpack.packb({"t": "play"}), False)


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([], (JSON, None)),
        (["sobuzz.v1.json"], (JSON, "sobuzz.v1.json")),
        (["other", "sobuzz.v1.msgpack", "sobuzz.v1.json"], (MSGPACK, "sobuzz.v1.msgpack")),
        (["sobuzz.v2.json"], None),
    ],
)
def test_the_first_subprotocol_that_we_speak_is_taken(offered, chosen):
    assert choose(offered) == chosen


# What frames mean


def test_hello_resume_and_pong_are_about_the_client():
    assert asked({"t": "hello", "line": None, "seq": None}) == Hello()
    assert asked({"t": "hello", "line": "k3f9", "seq": 3, "ticket": "x"}) == Hello("k3f9", 3, "x")
    assert asked({"t": "resume", "line": "k3f9", "seq": 3}) == Resume("k3f9", 3)
    assert asked({"t": "pong"}) == Pong()


def test_an_operators_resume_is_a_command_for_it_has_a_ref():
    assert asked({"t": "resume", "ref": "r"}) is None
    assert command("instant_win", {"t": "resume", "ref": "r"})[0] == "r"


@pytest.mark.parametrize(
    "frame", [{"t": "hello", "seq": "3"}, {"t": "hello", "seq": True}, {"t": "hello", "x": 1}, {"t": "pong", "seq": 1}]
)
def test_a_hello_with_wrong_fields_is_bad(frame):
    with pytest.raises(Bad):
        asked(frame)


@pytest.mark.parametrize("ref", [None, "", 7, "x" * 37, "a\x00b", "a\nb", "\u202e"])
def test_a_command_without_a_decent_ref_is_bad(ref):
    with pytest.raises(Bad):
        command("instant_win", {"t": "play", "ref": ref})


@pytest.mark.parametrize("word", ["tick", "admit", "fly", "__class__", ""])
def test_what_is_the_systems_cannot_be_asked_for(word):
    with pytest.raises(Refused) as refused:
        command("instant_win", {"t": word, "ref": "r"})
    assert (refused.value.ref, refused.value.code) == ("r", "unknown_command")


@pytest.mark.parametrize(
    "frame", [{"t": "play", "n": 1}, {"t": "kick"}, {"t": "kick", "player": 0}, {"t": "kick", "player": "1"}, {"t": "lock", "locked": 1}]
)
def test_a_field_that_is_missing_unknown_or_out_of_bounds_is_refused_by_name(frame):
    with pytest.raises(Refused) as refused:
        command("instant_win", {**frame, "ref": "r"})
    assert refused.value.code == "bad_command"


@given(
    st.fixed_dictionaries(
        {"t": st.sampled_from(sorted(commands_of("instant_win"))), "ref": st.just("r")},
        optional={"player": PLAIN, "locked": PLAIN, "x": PLAIN},
    )
)
def test_whatever_the_fields_a_command_is_one_or_is_refused(frame):
    found = None
    with suppress(Refused):
        ref, found = command("instant_win", frame)
        assert ref == "r"
    assert found is None or msgspec.to_builtins(found)["t"] == frame["t"]
