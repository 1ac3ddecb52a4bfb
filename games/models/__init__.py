"""The tables of games: what is set, what happened, and what people search."""

from games.models.award import Award, PrizeCode
from games.models.game import Game
from games.models.log import GameEvent
from games.models.minute import Minute
from games.models.player import Player, UsedTicket

__all__ = ["Award", "Game", "GameEvent", "Minute", "Player", "PrizeCode", "UsedTicket"]
