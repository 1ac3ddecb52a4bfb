"""A player's socket, or a spectator's: who shows neither cookie nor ticket follows, and may not command (decision 39)."""

from typing import Any, ClassVar, cast

from games.mechanic import Role
from realtime.connection import Connection
from realtime.consumers.game import GameSocket
from realtime.protocol import Hello
from tenants import identity


class Seated:
    """What the node knows of a player's socket."""

    def __init__(self, connection: Connection, socket: str) -> None:
        self.connection, self.socket, self.codec = connection, socket, connection.codec

    def push(self, frame: bytes) -> None:
        self.connection.push(frame)

    def close(self, code: int) -> None:
        self.connection.close(code)


class PlayConsumer(GameSocket):
    role: ClassVar[Role] = "player"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat: Seated | None = None

    async def hello(self, hello: Hello) -> None:
        number = await self.who(hello)
        if number is None:
            self.close(4401)
            return
        self.by = number
        await self.follow(hello.line, hello.seq, "hello" if number else "look")
        if number and self.connection and self.connection.closing is None:
            self.seat = Seated(self.connection, self.socket)
            await self.node.sit(self.place.tenant, self.game, self.place.public_id, number, self.seat)

    async def who(self, hello: Hello) -> int | None:
        """The number of the player, 0 for a spectator, None for a ticket that opens nothing."""
        if hello.ticket is not None:
            return await self.by_ticket(hello.ticket)
        if not self.by_cookie:
            return 0
        device = identity.read_device(self.cookies, self.place.tenant)
        if device is None:
            return 0
        return device.players.get(self.game) or await self.store.seat(self.place.tenant, self.game, device.device)

    async def by_ticket(self, text: str) -> int | None:
        try:
            ticket = identity.read_ticket(text, self.place.tenant, self.game)
        except identity.BadTicket:
            return None
        if ticket.identity.role != "player":
            return None
        return ticket.identity.player if await self.store.redeem(self.place.tenant, ticket.jti, ticket.expires_at) else None

    async def leave(self) -> None:
        await super().leave()
        if self.seat:
            seat, self.seat = self.seat, None
            await self.node.rise(self.place.tenant, self.game, self.place.public_id, self.by, cast(Any, seat))
