"""What may be asked of any game's lifecycle, and what happens then."""

from typing import Annotated, Any, ClassVar, Literal, TypeAlias

import msgspec

from games.mechanic import Command, Event, Role, Tick

Number = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


class Open(Command, frozen=True):
    """Players may play from now on."""

    role: ClassVar[Role] = "operator"


class Pause(Command, frozen=True):
    """The game's clock stands still for everyone."""

    role: ClassVar[Role] = "operator"


class Resume(Command, frozen=True):
    """The clock goes on."""

    role: ClassVar[Role] = "operator"


class End(Command, frozen=True):
    """Over for good; an app that is withdrawn ends with that reason (decision 8)."""

    role: ClassVar[Role] = "operator"
    reason: Literal["host", "withdrawn"] = "host"


class Lock(Command, frozen=True):
    """Nobody new comes in; who plays goes on."""

    role: ClassVar[Role] = "operator"
    locked: bool = True


class Kick(Command, frozen=True):
    """Out, but may join again."""

    role: ClassVar[Role] = "operator"
    player: Number


class Ban(Command, frozen=True):
    """Out, and stays out."""

    role: ClassVar[Role] = "operator"
    player: Number


class Admit(Command, frozen=True):
    """A player says hello. No socket can send this: it is made of a hello whose player is proved."""

    role: ClassVar[Role] = "system"
    player: Number


class Opened(Event, frozen=True):
    pass


class Paused(Event, frozen=True):
    at: float


class Resumed(Event, frozen=True):
    at: float


class Ended(Event, frozen=True):
    reason: Literal["host", "withdrawn", "hours"]


class Locked(Event, frozen=True):
    locked: bool


class Kicked(Event, frozen=True):
    player: int


class Banned(Event, frozen=True):
    player: int


class Joined(Event, frozen=True, omit_defaults=True):
    player: int
    greeted: float | None = None  # when everyone was told his name; None in a crowd that comes faster than names can be read


class Gone(Event, frozen=True):
    """What everyone is told of who is kicked or banned: his name leaves the big screen, and why is not said."""

    player: int


Commands: TypeAlias = Open | Pause | Resume | End | Lock | Kick | Ban | Admit | Tick
Events: TypeAlias = Opened | Paused | Resumed | Ended | Locked | Kicked | Banned | Joined | Gone

COMMANDS = (Open, Pause, Resume, End, Lock, Kick, Ban, Admit)
EVENTS = (Opened, Paused, Resumed, Ended, Locked, Kicked, Banned, Joined, Gone)
KINDS = {str(kind.__struct_config__.tag) for kind in EVENTS}
TOLD_TO_EVERYONE = (Opened, Paused, Resumed, Ended, Locked)


def upcast(kind: str, version: int, data: dict[str, Any]) -> dict[str, Any]:
    """As a mechanic's. No event of the lifecycle has changed yet."""
    return data
