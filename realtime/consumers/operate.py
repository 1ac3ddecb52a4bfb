"""An operator's socket: the same actor, commands of role "operator"."""

from typing import ClassVar

from games.mechanic import Role
from realtime.consumers.game import GameSocket
from realtime.consumers.staff import standing
from realtime.protocol import Hello

MAY_OPERATE = {"owner", "editor", "moderator"}


class OperateConsumer(GameSocket):
    role: ClassVar[Role] = "operator"

    async def hello(self, hello: Hello) -> None:
        member, refusal = await standing(self, hello, MAY_OPERATE)
        if refusal:
            self.close(refusal)
            return
        self.by = member
        await self.follow(hello.line, hello.seq, "look")
