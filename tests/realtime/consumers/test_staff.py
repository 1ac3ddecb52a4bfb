"""The sockets of a tenant's people are looked at again at each beat: who may no longer be here is shown out."""

import asyncio

import pytest

from realtime.consumers import OperateConsumer, StatsConsumer
from realtime.consumers.base import Beat
from tenants import identity
from tenants.tokens import Holder
from tests.realtime.consumers.guests import ORIGIN, Guest, hotel
from tests.realtime.fakes import GAME, TENANT

NEVER = 3600.0
OFTEN = Beat(0.2, 0.01, NEVER, NEVER)
MEMBER, TOKEN = 9, 4


@pytest.mark.parametrize("consumer", [OperateConsumer, StatsConsumer])
@pytest.mark.parametrize(("later", "code"), [(None, 4401), ((0, ""), 4404), ((9, "guest"), 4403)])
async def test_who_signs_out_or_loses_his_role_is_shown_out_at_the_next_beat(consumer, later, code):
    async with hotel() as place:
        place.store.members["abc"] = (9, "owner")
        headers = {"Origin": ORIGIN, "Cookie": "session=abc"}
        async with Guest(place, consumer, OFTEN, headers) as guest:
            guest.hello()
            await guest.until("ping")
            assert guest.code is None
            place.store.members.pop("abc")
            if later:
                place.store.members["abc"] = later
            assert await guest.closed() == code


async def test_a_database_that_is_lost_later_does_not_throw_out_who_is_in(caplog):
    async with hotel() as place:
        place.store.members["abc"] = (9, "owner")
        headers = {"Origin": ORIGIN, "Cookie": "session=abc"}
        async with Guest(place, OperateConsumer, OFTEN, headers) as guest:
            guest.hello()
            await guest.until("ping")
            place.store.problem = OSError("lost")
            before = len(guest.heard("ping"))
            async with asyncio.timeout(5):
                while len(guest.heard("ping")) < before + 3:
                    await asyncio.sleep(0.002)
            assert guest.code is None


# Programs, which come with a ticket


def show(guest, role, token=TOKEN):
    who = identity.Identity(TENANT, role, member=MEMBER, token=token)
    guest.say(t="hello", ticket=identity.make_ticket(who, GAME))


KINDS = [(OperateConsumer, "operator", "operate"), (StatsConsumer, "analyst", "watch")]


@pytest.mark.parametrize(("consumer", "role", "scope"), KINDS)
@pytest.mark.parametrize(("later", "code"), [(None, 4401), (("guest", []), 4403), (("owner", ["else"]), 4403)])
async def test_whose_token_or_membership_is_withdrawn_is_shown_out_at_the_next_beat(consumer, role, scope, later, code):
    async with hotel() as place:
        place.store.holders[MEMBER, TOKEN] = Holder("owner", [scope])
        async with Guest(place, consumer, OFTEN) as guest:
            show(guest, role)
            await guest.until("ping")
            assert guest.code is None
            place.store.holders.pop((MEMBER, TOKEN))
            if later:
                place.store.holders[MEMBER, TOKEN] = Holder(*later)
            assert await guest.closed() == code


@pytest.mark.parametrize(("consumer", "role", "scope"), KINDS)
async def test_a_ticket_opens_what_it_was_made_for_while_its_member_and_token_may(consumer, role, scope):
    async with hotel() as place:
        for holder, code in ((None, 4401), (Holder("guest", []), 4403), (Holder("owner", ["else"]), 4403)):
            place.store.holders = {(MEMBER, TOKEN): holder}
            async with Guest(place, consumer) as guest:
                show(guest, role)
                assert await guest.closed() == code
        for holder, token in ((Holder("owner", []), TOKEN), (Holder("owner", ["watch", "operate"]), TOKEN), (Holder("owner", []), 0)):
            place.store.holders = {(MEMBER, token): holder}
            async with Guest(place, consumer, OFTEN) as guest:
                show(guest, role, token)
                await guest.until("ping")
                assert guest.code is None


CROSSED = [(OperateConsumer, "analyst"), (StatsConsumer, "operator"), (OperateConsumer, "player"), (StatsConsumer, "player")]


@pytest.mark.parametrize(("consumer", "role"), CROSSED)
async def test_a_ticket_for_numbers_opens_no_door_to_commands_and_a_players_none_at_all(consumer, role):
    async with hotel() as place:
        place.store.holders[MEMBER, TOKEN] = Holder("owner", [])
        async with Guest(place, consumer) as guest:
            show(guest, role)
            assert await guest.closed() == 4403
