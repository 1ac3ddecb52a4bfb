"""What is derived from a game's one key, so that nothing hidden is stored beside it."""

import hmac
import struct

from games.fairness.shape import sized


def subkey(key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose: showing them tells nothing of the key or of another purpose's."""
    return hmac.digest(sized(key, "the key", 32), b"KEY/1\0" + purpose.encode("ascii") + b"\0", "sha256")


def pseudonym(key: bytes, purpose: str, number: int) -> str:
    """Stands for a play or a player in a public file: equal for equal ones, and nobody without the key knows whose."""
    return hmac.digest(subkey(key, purpose), struct.pack(">Q", number), "sha256")[:16].hex()
