"""What a player has won, with its code."""

from typing import Any

from games.models import Award, Game, PrizeCode
from games.store.loading import mechanic_of


def awards_of(game: Game, player: int) -> list[dict[str, Any]]:
    """Oldest first; two queries however many there are. Runs in the tenant's scope."""
    awards = list(Award.objects.filter(game=game, player=player).order_by("play"))
    codes = codes_of(game, awards)
    labels = {prize.id: prize.label for prize in mechanic_of(game).shelf()}
    return [
        {
            "award": award.public_id,
            "prize": award.prize,
            "label": labels.get(award.prize, award.prize),
            "code": codes.get((award.prize, award.unit)),
            "at": award.at,
        }
        for award in awards
    ]


def codes_of(game: Game, awards: list[Award]) -> dict[tuple[str, int], str]:
    wanted = {(award.prize, award.unit) for award in awards}
    rows = PrizeCode.objects.filter(game=game, prize__in={prize for prize, _ in wanted}, unit__in={unit for _, unit in wanted})
    return {(prize, unit): code for prize, unit, code in rows.values_list("prize", "unit", "code") if (prize, unit) in wanted}
