"""What needs no hello closes at once, with a code and without a word."""

import pytest
from websockets.exceptions import InvalidStatus

from tests.realtime.sockets.board import Board

PATHS = {
    "an unknown game": "play/demo/no-such-game/",
    "an unknown tenant": "play/nobody/instant-win/",
    "a game of another tenant": "play/demo/secret/",
    "its operators' socket": "operate/demo/secret/",
    "an unknown tenant's numbers": "stats/nobody/",
    "another path": "anything/at/all/",
    "no path": "",
    "a null byte": "play/demo/%00/",
    "a line break": "play/demo/a%0Ab/",
    "a quote": "play/demo/'%20OR%201=1--/",
    "signs of no alphabet": "play/%F0%9F%90%9D/%E2%80%AE/",
    "bytes of no text": "play/demo/%FF%FE/",
    "very much": f"play/demo/{'x' * 5000}/",
    "up and away": "play/demo/../../admin/",
}


@pytest.mark.promise("P20")
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
async def test_what_does_not_exist_and_what_is_anothers_look_the_same(board, path):
    async with board.connect(path) as client:
        assert await client.closed_in_silence() == 4404


def origins(board: Board) -> dict[str, tuple[str, str, bool]]:
    """Name: origin, path, whether it may."""
    host = board.site.url.removeprefix("http://")
    name, port = host.split(":")
    play = "play/demo/instant-win/"
    return {
        "our own page": (f"http://{host}", play, True),
        "the other scheme": (f"https://{host}", play, False),
        "another port": (f"http://{name}:{int(port) + 1}", play, False),
        "no port": (f"http://{name}", play, False),
        "a longer name": (f"http://{host}.evil.test", play, False),
        "a name before": (f"http://evil.test@{host}", play, False),
        "a sub-domain": (f"http://a.{host}", play, False),
        "a file or a sandbox": ("null", play, False),
        "a domain of this tenant": ("http://jeu.demo.test", play, True),
        "a domain of another tenant": ("http://jeu.other.test", play, False),
        "a domain of this tenant, at another's": ("http://jeu.demo.test", "play/other/secret/", False),
        "bytes": ("http://\xff\xfe", play, False),
    }


ORIGINS = tuple(origins(type("B", (), {"site": type("S", (), {"url": "http://h:1"})})))


@pytest.mark.promise("P24")
@pytest.mark.parametrize("name", ORIGINS)
async def test_only_pages_of_ours_and_of_that_tenant_may_open_a_socket(board, name):
    origin, path, allowed = origins(board)[name]
    try:
        async with board.connect(path, headers={"Origin": origin}) as client:
            if allowed:
                assert (await client.hello())["t"] == "snapshot"
            else:
                assert await client.closed_in_silence() == 4403
    except InvalidStatus as refused:  # Daphne refuses by itself what is no origin at all
        assert (board.site.server, refused.response.status_code, allowed) == ("daphne", 400, False)  # noqa: PT017


async def test_a_foreign_page_cannot_ride_on_a_visitors_cookie(board):
    game = board.game()
    joined = board.join(game)
    for path, cookie in ((f"play/demo/{game}/", joined.cookie), ("stats/demo/", board.session("owner@demo.test"))):
        async with board.connect(path, cookie=cookie, origin="http://evil.test") as client:
            assert await client.closed_in_silence() == 4403


async def test_headers_that_a_proxy_would_set_are_not_believed(board):
    lies = {"X-Forwarded-Host": "evil.test", "X-Forwarded-For": "10.0.0.1", "X-Forwarded-Proto": "https", "X-Tenant": "other"}
    async with board.connect("play/demo/instant-win/", origin=board.origin, headers=lies) as client:
        assert (await client.hello())["t"] == "snapshot"
    async with board.connect("play/demo/instant-win/", origin="http://evil.test", headers=lies) as client:
        assert await client.closed_in_silence() == 4403
    async with board.connect("play/demo/secret/", headers=lies) as client:
        assert await client.closed_in_silence() == 4404
