"""RFC 6455 from the server's side: what stands before the bytes of a message. Whole, unmasked, uncompressed."""

from struct import Struct

TEXT, BINARY = 0x81, 0x82
SHORT, LONG = 126, 127  # say that the length follows in two bytes, in eight

_short, _long = Struct(">BBH").pack, Struct(">BBQ").pack


def framed(body: bytes, binary: bool) -> bytes:
    first, size = BINARY if binary else TEXT, len(body)
    if size < SHORT:
        return bytes((first, size)) + body
    if size < 0x10000:
        return _short(first, SHORT, size) + body
    return _long(first, LONG, size) + body
