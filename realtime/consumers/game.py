"""A socket that belongs to one game: it follows, resumes, and sends commands."""

from typing import Any, ClassVar, Literal

import msgspec

from games.limits import MOST_OPEN
from games.mechanic import Role
from realtime import topics
from realtime.codec import Bad, Refused, command
from realtime.consumers.base import Socket
from realtime.letters import Answer
from realtime.node import Busy
from realtime.protocol import Asked, Error, Hello, Reply, Resume, Snapshot, You
from realtime.refusals import word

STRIKES = 20  # commands that are none; after so many the socket closes


class GameSocket(Socket):
    role: ClassVar[Role] = "player"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = 0  # number of the player, or id of the member
        self.open = 0
        self.strikes = 0
        self.following = False
        self.seated = False

    @property
    def topic(self) -> str:
        make = topics.operators if self.role == "operator" else topics.everyone
        return make(self.place.tenant, self.game)

    @property
    def game(self) -> int:
        return self.place.game or 0

    def position(self) -> int | None:
        return self.node.hub.position(self.topic)

    # Coming in, and coming back

    async def follow(self, line: str | None, seq: int | None, kind: Literal["hello", "look"]) -> None:
        """Follow first, with frames held back; then ask; then release what is newer (nothing can fall between)."""
        if self.connection is None:
            return
        self.connection.hold()
        if not self.following:
            self.following = True
            await self.node.follow(self.topic, self.connection)
        try:
            answer = await self.ask(kind, whole=self.node.hub.missed(self.topic, line, seq) is None)
            missed = self.node.hub.missed(self.topic, line, seq)
            if answer.picture is None and missed is None:
                answer = await self.ask("look", whole=True)
        except Busy:
            self.connection.release(2**63)
            self.close(4408)  # back off, then resume: nobody is told a state that nobody vouches for
            return
        self.show(answer, seq or 0)

    async def ask(self, kind: Literal["hello", "look"], whole: bool) -> Answer:
        role: Role = self.role if self.by else "system"
        return await self.node.tell(self.place.tenant, self.game, kind, role=role, by=self.by, coding=self.codec.name, whole=whole)

    def show(self, answer: Answer, seq: int) -> None:
        if self.connection is None:
            return
        if answer.code == "banned":
            self.close(4440)
            return
        if answer.picture:
            self.push(self.snapshot(answer))
            self.connection.release(answer.seq)
            return
        missed = self.node.hub.missed(self.topic, answer.line, seq) or []
        for kept in missed:
            self.connection.push(kept.encoded[self.codec])
        last = missed[-1].seq if missed else seq
        self.push(You(last, answer.you))
        self.connection.release(last)

    def snapshot(self, answer: Answer) -> Snapshot:
        picture = answer.picture
        assert picture is not None
        names = {**picture.names, **answer.names}
        return Snapshot(answer.line, answer.seq, answer.now, answer.running, msgspec.Raw(picture.everyone), answer.you, names)

    # Commands

    async def heard_frame(self, frame: dict[str, Any], about: Asked | None) -> None:
        if isinstance(about, Resume):
            await self.follow(about.line, about.seq, "look")
            return
        try:
            ref, _ = command(self.place.kind, frame)
        except Refused as refused:
            self.strikes += 1
            if self.strikes > STRIKES:
                raise Bad("too many commands that are none") from refused
            self.refuse(refused.ref, refused.code)
            return
        if self.open >= MOST_OPEN:
            self.refuse(ref, "too_many_open", 1)
            return
        self.open += 1
        self.node.spawn(self.carry(ref, {name: value for name, value in frame.items() if name != "ref"}))

    async def carry(self, ref: str, asked: dict[str, Any]) -> None:
        """One command to the actor and its answer back; the socket goes on reading meanwhile."""
        try:
            if not self.by:
                self.refuse(ref, "not_yours")
                return
            answer = await self.node.tell(self.place.tenant, self.game, "command", role=self.role, by=self.by, ref=ref, command=asked)
            self.reply(ref, answer)
        except Busy:
            self.refuse(ref, "busy", 2)
        finally:
            self.open -= 1

    def reply(self, ref: str, answer: Answer) -> None:
        if answer.code:
            self.refuse(ref, answer.code, answer.retry, answer.you)
        else:
            self.push(Reply(ref, answer.events, answer.you, answer.names))

    def refuse(self, ref: str, code: str, retry: float | None = None, you: Any = None) -> None:
        self.push(Reply(ref, you=you, error=Error(code, word(code, self.language), retry)))

    async def leave(self) -> None:
        if self.following:
            self.following = False
            await self.node.unfollow(self.topic, self.connection)

    async def hello(self, hello: Hello) -> None:
        raise NotImplementedError
