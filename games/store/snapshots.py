"""The newest snapshot of a game: only ever a shorter way to what its log says (decision 29)."""

from games.models import Snapshot
from games.replay import Frozen, Kept, Replay
from games.ruleset import Ruleset
from games.store.asking import ask, cursor, owners
from tenants import scope

# The time of its last event is asked for too: a log that was set back, and maybe has grown since, has another one there.
NEWEST = """
    SELECT kept.seq, kept.fingerprint, kept.data, event.at FROM games_snapshot AS kept
    LEFT JOIN games_gameevent AS event ON event.game_id = kept.game_id AND event.seq = kept.seq
    WHERE kept.game_id = %s AND kept.tenant_id BETWEEN %s AND %s
"""

# What the log does not have yet is not kept, and an older one, of an owner who has been away, replaces none of the same kind.
KEEP = """
    INSERT INTO games_snapshot (tenant_id, game_id, seq, fingerprint, data)
    SELECT tenant_id, id, %s, %s, %s FROM games_game WHERE id = %s AND tenant_id = %s AND seq >= %s
    ON CONFLICT (game_id) DO UPDATE SET seq = excluded.seq, fingerprint = excluded.fingerprint, data = excluded.data
    WHERE games_snapshot.seq < excluded.seq OR games_snapshot.fingerprint <> excluded.fingerprint
"""


def newest(game_id: int, ruleset: Ruleset, line: str) -> Replay:
    """What the snapshot says; the beginning when there is none. One that does not fit is thrown away."""
    for seq, fingerprint, data, at in ask(NEWEST, game_id, *owners()):
        found = Replay.unpacked(ruleset, line, Kept(seq, fingerprint, bytes(data)))
        if found is not None and found.last_at == at:
            return found
        Snapshot.objects.filter(game=game_id, seq=seq, fingerprint=fingerprint).delete()
    return Replay(ruleset, line)


def keep(game_id: int, frozen: Frozen) -> None:
    kept = frozen.packed()
    with cursor() as told:
        told.execute(KEEP, (kept.seq, kept.fingerprint, kept.data, game_id, scope.owner(), kept.seq))
