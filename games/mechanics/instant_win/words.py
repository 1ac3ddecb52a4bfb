"""What players and operators ask, and what happens."""

from typing import Annotated, ClassVar, Literal, TypeAlias

import msgspec

from games.mechanic import Command, Event, Role, Slug, Tick
from games.mechanics.instant_win.settings import Rest

Number = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Added = Annotated[int, msgspec.Meta(ge=1, le=10_000)]  # its moments are drawn while players wait
Window = Annotated[int, msgspec.Meta(ge=30, le=120)]
Reason = Literal["staff", "fraud", "minor", "rules", "unreachable", "other"]


class Play(Command, frozen=True):
    """One try, settled at once."""


class Freeze(Command, frozen=True):
    """Nobody wins this prize until it is thawed; what falls due meanwhile waits."""

    role: ClassVar[Role] = "operator"
    prize: Slug
    frozen: bool = True


class Addendum(Command, frozen=True):
    """More units of a prize, with moments of their own, all still to come."""

    role: ClassVar[Role] = "operator"
    prize: Slug
    stock: Added


class Burst(Command, frozen=True):
    """Units that waited for the stage fall due within the next seconds, and everyone hears at once who wins them."""

    role: ClassVar[Role] = "operator"
    seconds: Window
    prizes: Annotated[dict[Slug, Added], msgspec.Meta(min_length=1, max_length=100)]


class Disqualify(Command, frozen=True):
    """What he has won comes back, and he wins no more."""

    role: ClassVar[Role] = "operator"
    player: Number
    reason: Reason


class Won(Event, frozen=True, omit_defaults=True):
    player: int
    prize: str
    unit: int
    moment: int | None  # its place among the moments; none where a ticket or the odds gave it
    at: float
    until: float  # when his plays of this day are forgotten
    told_at: float  # when everyone may hear of it, in game time
    ticket: int | None = None  # its place among the winning tickets of the deck


class Prized(Event, frozen=True, tag="won"):
    """What the winner is told of it: neither unit nor place, for by these he could count what others have won by now."""

    player: int
    prize: str
    at: float


class Lost(Event, frozen=True):
    player: int
    until: float


class Consoled(Event, frozen=True):
    """No prize, but the consolation."""

    player: int
    until: float
    unit: int | None = None


class Comforted(Event, frozen=True, tag="consoled"):
    """What he is told of it, without the unit."""

    player: int
    until: float


class Win(msgspec.Struct, frozen=True):
    player: int
    prize: str
    at: float


class Announced(Event, frozen=True):
    """Everyone hears of wins: of most a while after, of those of a burst at once."""

    wins: list[Win]  # the newest of them: a frame must stay small in the fullest minute
    given: dict[str, int]  # all of them, by prize


class Frozen(Event, frozen=True):
    prize: str
    frozen: bool


class Extended(Event, frozen=True):
    """Stock was added, and its moments are sealed: the commitment binds them."""

    prizes: dict[str, int]
    since: int  # ms; all moments lie after it
    commit: str


class Bursting(Event, frozen=True):
    """A burst begins: so many units fall due between these two milliseconds."""

    prizes: dict[str, int]
    since: int
    until: int
    commit: str


class Disqualified(Event, frozen=True):
    player: int
    reason: Reason
    returned: dict[str, int]  # units that come back


class Unnamed(Event, frozen=True, tag="disqualified"):
    """What everyone is told of it: his name leaves the big screen, and why is not said."""

    player: int


class Restocked(Event, frozen=True, tag="extended"):
    """What everyone is told of added stock; its commitment stands on the proof page."""

    prizes: dict[str, int]


class Begun(Event, frozen=True, tag="bursting"):
    """What everyone is told of a burst."""

    prizes: dict[str, int]
    since: int
    until: int


class Remaining(Event, frozen=True):
    """The end: what nobody took, what came back, and what becomes of it."""

    left: dict[str, int]
    returned: dict[str, int]
    becomes: Rest


Commands: TypeAlias = Play | Freeze | Addendum | Burst | Disqualify | Tick
Events: TypeAlias = Won | Lost | Consoled | Announced | Frozen | Extended | Bursting | Disqualified | Remaining
