"""The three kinds of sockets: players and spectators, operators, dashboards."""

from realtime.consumers.operate import OperateConsumer
from realtime.consumers.play import PlayConsumer
from realtime.consumers.statistics import StatsConsumer

__all__ = ["OperateConsumer", "PlayConsumer", "StatsConsumer"]
