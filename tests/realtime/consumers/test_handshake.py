"""Who is let in, and from where; and how many of one address look on."""

from ipaddress import ip_network

from django.test import override_settings

from realtime.consumers import PlayConsumer
from realtime.consumers.handshake import Handshake
from tests.realtime.consumers.guests import Guest, hotel

NEVER = 3600.0


async def test_behind_a_proxy_only_tls_is_let_in(settings):
    settings.SECURE = True
    async with hotel() as place:
        async with Guest(place, PlayConsumer) as guest:
            assert await guest.closed() == 4403
        for given in ({"scheme": "wss"}, {"headers": {"X-Forwarded-Proto": "https"}}):
            async with Guest(place, PlayConsumer, **given) as guest:
                guest.hello()
                assert (await guest.until("snapshot"))["t"] == "snapshot"


async def test_without_a_proxy_nobody_is_believed_to_have_come_by_tls(settings):
    settings.SECURE = False
    async with hotel() as place, Guest(place, PlayConsumer, headers={"X-Forwarded-Proto": "https"}) as guest:
        assert guest.consumer.handshake.secure is False


async def test_spectators_of_one_address_are_limited_players_are_not():
    async with hotel() as place:
        place.node.spectators.burst = place.node.spectators.rate = 2
        codes = []
        for _ in range(4):
            async with Guest(place, PlayConsumer) as guest:
                guest.hello()
                codes.append((await guest.until("snapshot"))["t"])
        assert codes == ["snapshot", "snapshot", "closed", "closed"]
        async with Guest(place, PlayConsumer, client=["10.9.9.9", 1]) as elsewhere:
            elsewhere.hello()
            assert (await elsewhere.until("snapshot"))["t"] == "snapshot"
        for _ in range(4):
            async with Guest(place, PlayConsumer) as player:
                player.hello(1)
                assert (await player.until("snapshot"))["you"]["player"] == 1


async def test_behind_a_proxy_each_spectator_has_his_own_limit(settings):
    settings.TRUSTED_PROXIES = [ip_network("10.1.2.0/24")]
    async with hotel() as place:
        place.node.spectators.burst = place.node.spectators.rate = 1
        seen = []
        for visitor in ("198.51.100.1", "198.51.100.1", "198.51.100.2", "1.1.1.1, 198.51.100.2"):
            async with Guest(place, PlayConsumer, headers={"X-Forwarded-For": visitor}) as guest:
                guest.hello()
                seen.append((await guest.until("snapshot"))["t"])
        assert seen == ["snapshot", "closed", "snapshot", "closed"]


async def test_a_forwarded_for_that_stands_in_two_headers_is_read_in_order():
    headers = [(b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", b"198.51.100.2")]
    handshake = Handshake({"client": ["127.0.0.1", 1], "headers": headers})
    assert handshake.address == "127.0.0.1"
    with override_settings(TRUSTED_PROXIES=[ip_network("127.0.0.1")]):
        assert Handshake(handshake.scope).address == "198.51.100.2"


async def test_an_unknown_subprotocol_is_refused_before_the_door():
    async with hotel() as place, Guest(place, PlayConsumer, subprotocols=["cbor"]) as guest:
        assert (guest.accepted, guest.code) == (False, 4400)
