"""What the printed rules are made of: the game's settings and seal, and what its editor says of the organiser."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec

from games.fairness.canonical import digest
from games.mechanic import Clause, Prize
from games.models import Game
from games.store.loading import mechanic_of

Short = Annotated[str, msgspec.Meta(max_length=200)]
Long = Annotated[str, msgspec.Meta(max_length=4000)]


class Details(msgspec.Struct, frozen=True):
    """What no setting of the game says. Additions are added, never put in place of what the settings say."""

    organiser: Short = ""
    address: Short = ""
    contact: Short = ""
    claim_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 7
    kept_months: Annotated[int, msgspec.Meta(ge=1, le=36)] = 6
    additions: dict[str, Long] = {}  # by language, a paragraph a line


class Facts(msgspec.Struct, frozen=True):
    title: str
    code: str
    zone: str
    opens_at: datetime | None
    closes_at: datetime | None
    prizes: Sequence[Prize]
    clauses: Sequence[Clause]
    commit: str
    manifest: str
    organiser: str
    details: Details


def facts(game: Game, details: Details) -> Facts:
    mechanic, seal = mechanic_of(game), game.seal
    return Facts(
        title=game.title,
        code=game.code,
        zone=game.tenant.zone,
        opens_at=game.opens_at,
        closes_at=game.closes_at,
        prizes=mechanic.shelf(),
        clauses=mechanic.clauses(),
        commit=seal.get("commit") or "",
        manifest=digest(seal["manifest"]).hex() if seal else "",
        organiser=details.organiser or game.tenant.name,
        details=details,
    )


def details_of(kept: dict[str, Any]) -> Details:
    return msgspec.convert(kept, Details)
