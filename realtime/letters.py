"""What nodes and engines write to each other. Arrays on the wire: both ends are of one release."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from games.mechanic import Role

Kind = Literal["command", "hello", "look", "looks", "wake"]


class Letter(msgspec.Struct, array_like=True, frozen=True):
    """One request to the actor of a game."""

    tenant: int
    game: int
    id: int  # of the waiting node
    kind: Kind
    role: Role = "system"
    by: int = 0
    ref: str = ""
    command: dict[str, Any] | None = None
    coding: Literal["json", "msgpack"] = "json"  # of the snapshot's public part
    whole: bool = True  # hello and look: with a snapshot, or with `you` alone
    players: list[int] = []  # looks: whose `you` is wanted

    def shown(self) -> list[int]:
        """Whose own view the answer will carry."""
        return self.players if self.kind == "looks" else [self.by] if self.role == "player" else []


class Mail(NamedTuple):
    """A letter with the time of its receipt, and the node that waits for the answer."""

    at: float
    node: str
    letter: Letter


class Picture(msgspec.Struct, array_like=True, frozen=True):
    """The public part of a snapshot, encoded once for its number."""

    everyone: bytes
    names: dict[str, str]


class Answer(msgspec.Struct, array_like=True, frozen=True):
    """The actor's answer to a letter."""

    id: int
    line: str = ""
    seq: int = 0  # the last number that these eyes were told of
    at: int = 0  # the last number of the log: how new `you` is
    now: float = 0.0
    running: bool = False
    events: list[Any] | None = None
    you: Any = None
    names: dict[str, str] = {}
    picture: Picture | None = None
    code: str | None = None  # of a refusal
    retry: float | None = None


class Answers(msgspec.Struct, array_like=True, frozen=True):
    """Answers for one node. A crowd that comes at once is shown one picture, so it travels once."""

    answers: list[Answer]
    pictures: list[Picture] = []
    shown: dict[int, int] = {}  # id of an answer -> place of its picture

    @classmethod
    def pack(cls, answers: list[Answer]) -> "Answers":
        pictures = list({id(answer.picture): answer.picture for answer in answers if answer.picture}.values())
        place = {id(picture): number for number, picture in enumerate(pictures)}
        shown = {answer.id: place[id(answer.picture)] for answer in answers if answer.picture}
        return cls([msgspec.structs.replace(answer, picture=None) if answer.picture else answer for answer in answers], pictures, shown)

    def unpack(self) -> Iterator[Answer]:
        for answer in self.answers:
            if answer.id in self.shown:
                yield msgspec.structs.replace(answer, picture=self.pictures[self.shown[answer.id]])
            else:
                yield answer


class Batch(msgspec.Struct, array_like=True, frozen=True):
    """What a node sends to an engine at once, and where the answers go."""

    node: str
    letters: list[Letter]


class Told(msgspec.Struct, array_like=True, frozen=True):
    """A frame of events for the followers of a topic; `body` is its MessagePack form."""

    topic: str
    line: str
    since: int
    seq: int
    body: bytes


class News(msgspec.Struct, array_like=True, frozen=True):
    """For players by number: what is theirs now, or that they must leave."""

    topic: str
    seq: int
    at: int
    yours: dict[int, Any] = {}
    all: bool = False  # each node asks once for everyone it holds
    out: dict[int, int] = {}  # number -> close code


class Numbers(msgspec.Struct, array_like=True, frozen=True):
    """A stats frame for the dashboards of a tenant; `body` is its MessagePack form."""

    topic: str
    game: str
    body: bytes


class Count(msgspec.Struct, array_like=True, frozen=True):
    """How many players of a game one node holds."""

    tenant: int
    game: int
    public_id: str
    node: str
    players: int


class Taken(msgspec.Struct, array_like=True, frozen=True):
    """An engine serves this shard from now on: who follows one of its games wakes it, and hears where it stands."""

    shard: int


class Seat(msgspec.Struct, array_like=True, frozen=True):
    """A player has sat down on a new socket: older ones make room."""

    topic: str
    player: int
    socket: str
