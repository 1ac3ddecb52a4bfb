"""An event with its envelope, as the log has it."""

import msgspec

from games.mechanic import Event, Role


class Logged(msgspec.Struct, frozen=True):
    seq: int
    at: float  # when its command reached us, wall time
    role: Role
    by: int  # number of the player, or id of the member, or 0
    ref: str  # the client's name for his command; repeats are known by it (decision 22)
    event: Event
