"""A player's socket, or a spectator's: who shows neither cookie nor ticket follows, and may not command (decision 39)."""

from typing import Any, ClassVar

from games.mechanic import Role
from realtime.connection import TOO_SLOW, Connection
from realtime.consumers.base import TOO_FAST
from realtime.consumers.game import BANNED, GameSocket
from realtime.postbox import Busy
from realtime.protocol import Hello
from realtime.seats import Place
from tenants import identity

NOT_SIGNED_IN = 4401


class Seated:
    """What the node knows of a player's socket."""

    def __init__(self, place: Place, connection: Connection, socket: str) -> None:
        self.place, self.connection, self.socket, self.codec = place, connection, socket, connection.codec
        self.present = self.settled = False

    def tell(self, at: int, frame: bytes) -> None:
        self.connection.tell(at, frame)

    def close(self, code: int) -> None:
        self.connection.close(code)


class PlayConsumer(GameSocket):
    kind = "play"
    role: ClassVar[Role] = "player"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat: Seated | None = None

    async def refusal(self) -> int | None:
        return await super().refusal() or await self.banned()

    async def banned(self) -> int | None:
        """Whom his cookie proves and the host has excluded, need not say hello (decision 41)."""
        device = identity.read_device(self.handshake.cookies, self.place.tenant)
        number = device.number(self.game, self.place.line) if device else 0
        if not number:
            return None
        try:
            answer = await self.node.tell(self.place.tenant, self.game, "look", role="player", by=number, whole=False)
        except Busy:
            return None
        if not self.vouched(answer):
            return TOO_SLOW
        return BANNED if answer.code == "banned" else None

    async def hello(self, hello: Hello) -> None:
        number = await self.who(hello)
        if number is None:
            self.close(NOT_SIGNED_IN)
        elif number:
            await self.play(number, hello)
        elif self.node.spectators.take(self.handshake.address):
            await self.follow(hello.line, hello.seq, "look")
        else:
            self.close(TOO_FAST)

    async def play(self, number: int, hello: Hello) -> None:
        """Seated before the question, so that no news falls between; who is not admitted gets up again and looks on."""
        assert self.connection is not None
        self.by = number
        place = Place(self.place.tenant, self.game, self.place.public_id, number)
        self.seat = Seated(place, self.connection, self.socket)
        self.connection.hold()
        await self.node.sit(self.seat)
        answer = await self.follow(hello.line, hello.seq, "hello")
        if answer is None or answer.you is None:
            await self.rise()
        else:
            self.node.enter(self.seat)

    async def who(self, hello: Hello) -> int | None:
        """The number of the player, 0 for a spectator, None for a ticket that opens nothing."""
        if hello.ticket is not None:
            return await self.by_ticket(hello.ticket)
        device = identity.read_device(self.handshake.cookies, self.place.tenant)
        if device is None:
            return 0
        return device.number(self.game, self.place.line) or await self.lookups.ask(
            self.store.seat, self.place.tenant, self.game, device.device
        )

    async def by_ticket(self, text: str) -> int | None:
        try:
            ticket = identity.read_ticket(text, self.place.tenant, self.game)
        except identity.BadTicket:
            return None
        if ticket.identity.role != "player":
            return None
        fresh = await self.lookups.ask(self.store.redeem, self.place.tenant, ticket.jti, ticket.expires_at)
        return ticket.identity.player if fresh else None

    async def leave(self) -> None:
        try:
            await super().leave()
        finally:  # also when it is cancelled on the way
            await self.rise()

    async def rise(self) -> None:
        if self.seat:
            seat, self.seat = self.seat, None
            await self.node.rise(seat)
