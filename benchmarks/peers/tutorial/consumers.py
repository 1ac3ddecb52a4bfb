"""The two consumers: a room in the manner of the tutorial's third part, and a play that is one transaction."""

from __future__ import annotations

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import transaction
from django.utils import timezone

from benchmarks.peers.tutorial.models import Moment, Play, Player

PLAYS_PER_DAY = 100


class Room(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        await self.channel_layer.group_add("room", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("room", self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        await self.channel_layer.group_send("room", {"type": "room.event", "content": content})

    async def room_event(self, event: dict[str, Any]) -> None:
        await self.send_json(event["content"])


class Game(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        self.number = int(self.scope["url_route"]["kwargs"]["number"])
        await self.accept()

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        won, left = await self.play()
        await self.send_json({"type": "reply", "ref": content["ref"], "won": won, "plays_left": left})

    @database_sync_to_async
    def play(self) -> tuple[bool, int]:
        with transaction.atomic():
            player = Player.objects.select_for_update().get(number=self.number)
            moment = Moment.objects.select_for_update().filter(at__lte=timezone.now(), taken_by=None).order_by("at").first()
            player.plays += 1
            player.save(update_fields=["plays"])
            Play.objects.create(player=player, won=moment is not None)
            if moment:
                moment.taken_by = player
                moment.save(update_fields=["taken_by"])
        return moment is not None, PLAYS_PER_DAY - player.plays
