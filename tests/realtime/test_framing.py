"""What stands before a message, as RFC 6455 wants it: read back by a library."""

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from realtime.framing import framed


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536, 300_000])
@pytest.mark.parametrize(("binary", "opcode"), [(False, Opcode.TEXT), (True, Opcode.BINARY)])
def test_a_client_reads_what_was_framed(size, binary, opcode):
    client, body = ClientProtocol(parse_uri("ws://x.test/"), state=OPEN, max_size=None), b"x" * size
    client.receive_data(framed(body, binary) + framed(b"next", binary))
    first, second = client.events_received()
    assert (first.opcode, first.fin, bytes(first.data)) == (opcode, True, body)
    assert bytes(second.data) == b"next"
    assert client.data_to_send() == []
