"""The browser's side of the protocol, run by node without a browser."""

from tests.scripts import run


def test_the_socket_client_keeps_its_place_and_its_commands() -> None:
    run("tests/realtime/static")
