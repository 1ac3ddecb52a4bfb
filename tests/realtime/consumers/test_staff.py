"""The sockets of a tenant's people are looked at again every second: who may no longer be here is shown out."""

from contextlib import AsyncExitStack

import pytest

from realtime import doorkeeper, lookups
from realtime.consumers import OperateConsumer, StatsConsumer
from realtime.consumers.base import Beat
from tenants import identity
from tenants.tokens import Holder
from tests.realtime.consumers.guests import ORIGIN, Guest, hotel
from tests.realtime.fakes import GAME, TENANT
from tests.realtime.village import until

NEVER = 3600.0
OFTEN = Beat(0.2, 0.01, NEVER, NEVER)
MEMBER, TOKEN = 9, 4


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    assert doorkeeper.EVERY + lookups.LONGEST / 2 <= 2, "a right that is withdrawn ends its sockets within two seconds"
    monkeypatch.setattr(doorkeeper, "EVERY", 0.01)


async def test_all_of_a_process_are_looked_at_with_one_question_and_nobody_when_nobody_is_here():
    async with hotel() as place, AsyncExitStack() as stack:
        keeper, guests = None, []
        for number in range(20):
            place.store.members[f"abc{number}"] = (number + 1, "owner")
            guest = Guest(place, OperateConsumer, headers={"Origin": ORIGIN, "Cookie": f"session=abc{number}"})
            keeper = keeper or guest.consumer.doors.keeper
            guest.consumer.doors.keeper = keeper
            guests.append(await stack.enter_async_context(guest))
            guest.hello()
            await guest.until("snapshot")
        place.store.asked.clear()
        await until(lambda: len(place.store.asked) >= 3)
        assert {len(shown) for shown in place.store.asked} == {20}
        place.store.members.pop("abc7")
        assert await guests[7].closed() == 4401
        assert [guest.code for guest in guests].count(None) == 19
        await stack.aclose()
        assert (keeper.inside, keeper.task) == (set(), None)


@pytest.mark.parametrize("consumer", [OperateConsumer, StatsConsumer])
@pytest.mark.parametrize(("later", "code"), [(None, 4401), ((0, ""), 4404), ((9, "guest"), 4403)])
async def test_who_signs_out_or_loses_his_role_is_shown_out(consumer, later, code):
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
            place.store.asked.clear()
            await until(lambda: len(place.store.asked) >= 3)
            assert guest.code is None
            assert caplog.text.count("could not be looked at") == 1
            place.store.problem = None
            place.store.members.clear()
            assert await guest.closed() == 4401


# Programs, which come with a ticket


def show(guest, role, token=TOKEN):
    who = identity.Identity(TENANT, role, member=MEMBER, token=token)
    guest.say(t="hello", ticket=identity.make_ticket(who, GAME))


KINDS = [(OperateConsumer, "operator", "operate"), (StatsConsumer, "analyst", "watch")]


@pytest.mark.parametrize(("consumer", "role", "scope"), KINDS)
@pytest.mark.parametrize(("later", "code"), [(None, 4401), (("guest", []), 4403), (("owner", ["else"]), 4403)])
async def test_whose_token_or_membership_is_withdrawn_is_shown_out(consumer, role, scope, later, code):
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
