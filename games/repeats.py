"""What each sender asked for last, by his own name for it: a repeat is answered from the log, not decided again (decision 22).

A name is kept as 8 bytes of its hash, and all that one sender asked as one piece of bytes: a million players who asked once
are 16 MB here and in a snapshot.
"""

from hashlib import blake2b
from struct import Struct
from typing import TypeAlias

from games.log import Logged
from games.mechanic import Role

REMEMBERED = 8  # of each sender: a socket has no more commands open than this
ASKED = Struct("<QQ")  # the name; number of the first event, and of how many, which stand next to each other in the log
COUNT = 24  # bits of the number of events

# By role: senders, how much each asked, and all of it in a row.
Packed: TypeAlias = dict[str, tuple[list[int], bytes, bytes]]
# By role: senders, and what each asked.
Copied: TypeAlias = dict[str, tuple[list[int], list[bytes]]]


def name(ref: str) -> int:
    return int.from_bytes(blake2b(ref.encode(), digest_size=8).digest(), "little")


def packed(copied: Copied) -> Packed:
    """Goes from sender to sender: not for the loop."""
    return {role: (senders, bytes(len(each) // ASKED.size for each in asked), b"".join(asked)) for role, (senders, asked) in copied.items()}


class Repeats:
    def __init__(self) -> None:
        self.known: dict[str, dict[int, bytes]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Repeats) and self.known == other.known

    def note(self, entry: Logged) -> None:
        if not entry.ref:
            return
        senders = self.known.setdefault(entry.role, {})
        asked, named, place = senders.get(entry.by, b""), name(entry.ref), entry.seq << COUNT
        if asked:
            last, known = ASKED.unpack_from(asked, len(asked) - ASKED.size)
            if last == named:
                asked, place = asked[: -ASKED.size], known
        senders[entry.by] = (asked + ASKED.pack(named, place + 1))[-REMEMBERED * ASKED.size :]

    def find(self, role: Role, by: int, ref: str) -> tuple[int, ...] | None:
        """The numbers of the events that this very command led to."""
        named = name(ref)
        for known, place in ASKED.iter_unpack(self.known.get(role, {}).get(by, b"")):
            if known == named:
                first, count = divmod(place, 1 << COUNT)
                return tuple(range(first, first + count))
        return None

    def copied(self) -> Copied:
        """As it is now, whatever is noted afterwards: what one sender asked is never changed, so only references are copied."""
        return {role: (list(senders), list(senders.values())) for role, senders in self.known.items()}

    @classmethod
    def unpacked(cls, packed: Packed) -> "Repeats":
        made = cls()
        for role, (senders, counts, everything) in packed.items():
            known, place = made.known.setdefault(role, {}), 0
            for sender, count in zip(senders, counts, strict=True):
                known[sender] = everything[place : (place := place + count * ASKED.size)]
        return made
