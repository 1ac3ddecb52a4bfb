"""The names that can be followed, and the mailboxes of engines. The tenant always comes first, and from us."""

from zlib import crc32


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


def engine(shard: int) -> str:
    return f"engine-{shard}"


def shard_of(game: int, shards: int) -> int:
    """Stable over processes and restarts, which `hash` is not."""
    return crc32(str(game).encode()) % shards
