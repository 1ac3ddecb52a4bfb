"""The door of the web process."""

import pytest

from project import lan, server, welcome


def test_a_taken_port_is_said_before_anything_else_is_done():
    door = server.listen("127.0.0.1", 0)
    with door, pytest.raises(server.Taken, match="in use"):
        server.listen("127.0.0.1", door.getsockname()[1])


def test_sockets_are_not_compressed_and_frames_are_bounded():
    config = server.configuration()
    assert (config.ws_per_message_deflate, config.ws_max_size, config.server_header, config.access_log) == (False, 65536, False, False)


def test_phones_get_an_address_of_this_network_and_a_code(monkeypatch, settings):
    settings.DEMO = True
    monkeypatch.setattr(lan, "address", lambda: "192.168.1.20")
    told = welcome.text("0.0.0.0", 8001, "instant-win-3")
    assert "http://127.0.0.1:8001/console/" in told
    assert "http://127.0.0.1:8001/t/demo/instant-win-3/screen/" in told
    assert "http://192.168.1.20:8001/t/demo/instant-win-3/" in told
    assert "▀" in told


def test_without_a_network_the_terminal_says_so(monkeypatch):
    monkeypatch.setattr(lan, "address", lambda: None)
    assert "phones cannot reach" in welcome.text("0.0.0.0", 8000, "")
