"""What a table has heard: frames, words and kinds of events."""

import msgspec

from realtime import topics
from realtime.letters import Told
from tests.realtime.fakes import GAME, TENANT
from tests.realtime.toy import Said

EVERYONE, OPERATORS = topics.everyone(TENANT, GAME), topics.operators(TENANT, GAME)


def frames(table, topic=EVERYONE):
    return [msgspec.msgpack.decode(told.body) for told in table.post.of(Told) if told.topic == topic]


def said(table):
    return [event.word for event in table.store.events if isinstance(event, Said)]


def kinds(table):
    return [type(event).__name__ for event in table.store.events]
