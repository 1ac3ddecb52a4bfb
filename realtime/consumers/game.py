"""A socket that belongs to one game: it follows, resumes, and sends commands."""

from functools import partial
from typing import Any, ClassVar, Literal

import msgspec

from games.limits import MOST_OPEN
from games.mechanic import Role
from realtime import metrics, topics
from realtime.codec import Bad, Refused, command
from realtime.connection import TOO_SLOW
from realtime.consumers.base import Socket
from realtime.letters import Answer, Picture
from realtime.postbox import Busy
from realtime.protocol import Error, Hello, Presence, Reply, Resume, Snapshot, You
from realtime.refusals import word
from realtime.trail import Kept

STRIKES = 20  # commands that are none; after so many the socket closes
BANNED = 4440

Kind = Literal["hello", "look"]


class GameSocket(Socket):
    role: ClassVar[Role] = "player"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = 0  # number of the player, or id of the member
        self.open = 0
        self.strikes = 0
        self.following = False

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

    async def follow(self, line: str | None, seq: int | None, kind: Kind) -> Answer | None:
        """Follow first, with frames held back; then ask; then release what is newer: nothing can fall between.

        Without an answer the client backs off and resumes: nobody is told a state that nobody vouches for.
        """
        assert self.connection is not None
        self.connection.hold()
        try:
            if not self.following:
                self.following = True
                await self.node.follow(self.topic, self.connection)
            answer = await self.ask(kind, whole=self.missed(line, seq) is None)
            if answer.picture is None and not self.bridged(answer, line, seq):
                answer = await self.ask("look", whole=True)
        except Busy:
            metrics.RESUMED.labels("busy").inc()
            self.close(TOO_SLOW)
            return None
        self.show(answer, line, seq)
        return answer

    async def resume(self, resume: Resume) -> None:
        await self.follow(resume.line, resume.seq, "look")

    async def ask(self, kind: Kind, whole: bool) -> Answer:
        role: Role = self.role if self.by else "system"
        codec = self.connection.codec.name if self.connection else "json"
        answer = await self.node.tell(self.place.tenant, self.game, kind, role=role, by=self.by, coding=codec, whole=whole)
        if not (self.node.hub.agrees(self.topic, answer.line) and self.vouched(answer)):
            raise Busy
        return answer

    def vouched(self, answer: Answer) -> bool:
        """Whether the game is on the line that our door has named: it may have been set back since, and its numbers be given anew."""
        if answer.line == self.place.line:
            return True
        self.doors.forget(self.knock, self.place)
        return False

    def missed(self, line: str | None, seq: int | None) -> list[Kept] | None:
        return self.node.hub.missed(self.topic, line, seq)

    def bridged(self, answer: Answer, line: str | None, seq: int | None) -> bool:
        """Whether the frames that are here lead from where the client stands to where the game is, on one line."""
        missed = self.missed(line, seq)
        if missed is None or answer.line != line:
            return False
        return (missed[-1].seq if missed else seq or 0) >= answer.seq

    def show(self, answer: Answer, line: str | None, seq: int | None) -> None:
        connection = self.connection
        assert connection is not None
        if answer.code == "banned":
            self.close(BANNED)
            return
        last = answer.seq
        metrics.RESUMED.labels("first" if seq is None else "snapshot" if answer.picture else "frames").inc()
        if answer.picture:
            self.push(snapshot(answer, answer.picture))
        else:
            missed = self.missed(line, seq) or []
            for kept in missed:
                connection.put(kept.encoded.frame(connection.codec, connection.direct is not None))
            last = missed[-1].seq if missed else seq or 0
            self.push(You(last, answer.you))
        present = self.node.presence.shown(self.game)
        if present is not None:
            self.push(Presence(present))
        if connection.release(last, answer.at) < (self.position() or 0):
            self.close(TOO_SLOW)  # the others have been told more: this answer was an old one

    # Commands

    def command(self, frame: dict[str, Any]) -> None:
        try:
            ref, _ = command(self.place.kind, frame)
        except Refused as refused:
            self.strikes += 1
            if self.strikes > STRIKES:
                raise Bad("too many commands that are none") from refused
            self.refuse(refused.ref, refused.code)
            return
        if not self.by:
            self.refuse(ref, "not_yours")
        elif self.open >= MOST_OPEN:
            self.refuse(ref, "too_many_open", 1)
        else:
            self.send(ref, {name: value for name, value in frame.items() if name != "ref"})

    def send(self, ref: str, asked: dict[str, Any]) -> None:
        """One command to the actor; the socket goes on reading, and its answer comes when it comes."""
        self.open += 1
        who: dict[str, Any] = {"role": self.role, "by": self.by, "ref": ref}
        self.node.ask(partial(self.answered, ref), self.place.tenant, self.game, "command", command=asked, **who)

    def answered(self, ref: str, answer: Answer | None) -> None:
        self.open -= 1
        if answer is None:
            self.refuse(ref, "busy", 2)
        else:
            self.reply(ref, answer)

    def reply(self, ref: str, answer: Answer) -> None:
        if answer.code:
            self.refuse(ref, answer.code, answer.retry)
        else:
            self.push(Reply(ref, answer.events, answer.you, answer.names))

    def refuse(self, ref: str, code: str, retry: float | None = None) -> None:
        metrics.refused(code)
        self.push(Reply(ref, error=Error(code, word(code, self.handshake.language), retry)))

    async def leave(self) -> None:
        if self.following:
            self.following = False
            await self.node.unfollow(self.topic, self.connection)

    async def hello(self, hello: Hello) -> None:
        raise NotImplementedError


def snapshot(answer: Answer, picture: Picture) -> Snapshot:
    names = {**picture.names, **answer.names}
    return Snapshot(answer.line, answer.seq, answer.now, answer.running, msgspec.Raw(picture.everyone), answer.you, names)
