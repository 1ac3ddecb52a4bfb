"""An operator's socket: the same actor, commands of role "operator"."""

from typing import ClassVar

from games.mechanic import Role
from realtime.consumers.game import GameSocket
from realtime.consumers.staff import StaffSocket
from realtime.protocol import Hello
from tenants.tokens import Scope

MAY_OPERATE = {"owner", "editor", "moderator"}


class OperateConsumer(GameSocket, StaffSocket):
    kind = "operate"
    role: ClassVar[Role] = "operator"
    roles = MAY_OPERATE
    wanted = Scope.OPERATE

    async def hello(self, hello: Hello) -> None:
        refusal = await self.standing(hello)
        if refusal:
            self.close(refusal)
        else:
            await self.follow(hello.line, hello.seq, "look")
