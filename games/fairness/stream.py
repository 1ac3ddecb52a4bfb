"""Numbers that nobody can foresee without the key and everybody can recompute with it."""

import hmac
import struct

WORDS = 2**64


class Stream:
    """64-bit words: block i is HMAC-SHA-256(key, "R" and i in 8 bytes), read as four big-endian words."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.block = 0
        self.waiting: list[int] = []

    def word(self) -> int:
        if not self.waiting:
            block = hmac.digest(self.key, b"R" + struct.pack(">Q", self.block), "sha256")
            self.waiting = list(struct.unpack(">4Q", block))[::-1]
            self.block += 1
        return self.waiting.pop()

    def below(self, n: int) -> int:
        """0 to n - 1, each exactly as likely: words of the last, incomplete round are thrown away."""
        if not 1 <= n <= 2**63:
            raise ValueError(f"below() takes 1 to 2^63, not {n}")
        limit = WORDS - WORDS % n
        while (word := self.word()) >= limit:
            pass
        return word % n
