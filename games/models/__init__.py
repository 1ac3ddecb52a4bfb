"""The tables of games: what is set, what happened, and what people search."""

from games.models.award import Award, PrizeCode
from games.models.claim import Claim, ClaimMail, ClaimStep, Handover, Substitute
from games.models.draft import Draft, DraftVersion
from games.models.export import Export
from games.models.game import Game
from games.models.inbox import Inbox
from games.models.lease import Lease
from games.models.log import GameEvent
from games.models.minute import Minute
from games.models.player import Player, UsedTicket
from games.models.rules import RulesVersion
from games.models.snapshot import Snapshot

__all__ = [
    "Award",
    "Claim",
    "ClaimMail",
    "ClaimStep",
    "Draft",
    "DraftVersion",
    "Export",
    "Game",
    "GameEvent",
    "Handover",
    "Inbox",
    "Lease",
    "Minute",
    "Player",
    "PrizeCode",
    "RulesVersion",
    "Snapshot",
    "Substitute",
    "UsedTicket",
]
