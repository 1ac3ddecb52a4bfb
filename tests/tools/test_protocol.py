"""The protocol's documents say what the code does, and refer to nothing that is not there."""

import json
from pathlib import Path

import pytest

from games.registry import MECHANICS
from realtime import protocol as frames
from realtime.codec import CODECS, commands_of
from realtime.refusals import SENTENCES
from tools import protocol


@pytest.fixture(scope="module")
def text():
    return protocol.page()


@pytest.fixture(scope="module")
def asyncapi():
    return protocol.asyncapi()


def test_the_documents_in_the_repository_are_fresh(text, asyncapi):
    assert Path("docs/protocol.md").read_text() == text
    assert json.loads(Path("docs/asyncapi.json").read_text()) == asyncapi


def test_a_stale_document_is_noticed_and_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(protocol, "DOCS", tmp_path)
    assert protocol.main() == 0
    assert protocol.main("--check") == 0
    (tmp_path / "protocol.md").write_text("old")
    assert protocol.main("--check") == 1
    assert "protocol.md" in capsys.readouterr().out


def test_every_command_code_and_closing_is_documented(text):
    for kind in MECHANICS:
        for word in commands_of(kind):
            assert f"| `{word}` |" in text
    for code in SENTENCES:
        assert f"| `{code}` |" in text
    for code in frames.CLOSE:
        assert f"| {code} |" in text
    for codec in CODECS:
        assert codec.subprotocol in text
    assert "<" not in text.replace("<tenant>", "").replace("<game>", ""), "nothing of the template is left"


def test_what_is_the_systems_is_not_offered(text, asyncapi):
    assert "| `tick` |" not in text
    assert not {"CommandTick", "CommandAdmit"} & set(asyncapi["components"]["schemas"])


def references(value):
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "$ref":
                yield each
            else:
                yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def found(document, reference):
    assert reference.startswith("#/")
    for part in reference[2:].split("/"):
        document = document[part]
    return document


def test_every_reference_leads_somewhere(asyncapi):
    known = set(references(asyncapi))
    assert len(known) > 30
    for reference in known:
        assert found(asyncapi, reference)


def test_operations_use_channels_and_messages_of_their_own(asyncapi):
    assert asyncapi["asyncapi"] == "3.0.0"
    assert set(asyncapi["channels"]) == {"play", "operate", "stats"}
    for operation in asyncapi["operations"].values():
        channel = operation["channel"]["$ref"]
        assert operation["action"] in {"send", "receive"}
        assert all(message["$ref"].startswith(f"{channel}/messages/") for message in operation["messages"])


def test_a_player_is_offered_no_operators_command(asyncapi):
    taken = {
        action: {message["$ref"].split("/")[-1] for message in asyncapi["operations"][f"receive.{action}"]["messages"]}
        for action in ("play", "operate")
    }
    assert "command.play" in taken["play"] - taken["operate"]
    assert {"command.end", "command.kick", "command.resume"} <= taken["operate"] - taken["play"]
    assert {"hello", "pong", "resumeFrame"} <= taken["play"] & taken["operate"]


def test_a_command_needs_its_ref(asyncapi):
    schemas = asyncapi["components"]["schemas"]
    for name, schema in schemas.items():
        if name.startswith("Command"):
            assert "ref" in schema["required"]
            assert schema["additionalProperties"] is False
