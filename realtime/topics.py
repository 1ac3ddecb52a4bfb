"""The names that can be followed, and the mailboxes of engines. The tenant always comes first, and from us."""

from zlib import crc32

NODES = "nodes"  # what every process hears


def everyone(tenant: int, game: int) -> str:
    """What everyone is told of a game."""
    return f"g.{tenant}.{game}.everyone"


def operators(tenant: int, game: int) -> str:
    """What its operators are told besides."""
    return f"g.{tenant}.{game}.operators"


def players(tenant: int, game: int) -> str:
    """News for single players, sorted out by the node that holds their sockets (decision 4)."""
    return f"g.{tenant}.{game}.players"


def statistics(tenant: int) -> str:
    """The numbers of all games of a tenant."""
    return f"s.{tenant}"


def shows_presence(tenant: int, game: int) -> tuple[str, str, str]:
    """Where the number of connected players is shown: to everyone, to operators, on dashboards."""
    return everyone(tenant, game), operators(tenant, game), statistics(tenant)


def game_of(topic: str) -> tuple[int, int]:
    """Tenant and game of a game's topic."""
    _, tenant, game, _ = topic.split(".")
    return int(tenant), int(game)


def mailboxes(prefix: str, shards: int) -> list[str]:
    """The engines' mailboxes; the prefix keeps platforms apart that share a Redis, for the layer does not."""
    return [f"{prefix}.engine.{shard}" for shard in range(shards)]


def shard_of(game: int, shards: int) -> int:
    """Stable over processes and restarts, which `hash` is not."""
    return crc32(str(game).encode()) % shards
