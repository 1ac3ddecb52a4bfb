"""What a player has won, and where he receives it; its code comes with it once he has claimed it."""

from typing import Any

from games.models import Award, Claim, Game, PrizeCode
from games.store.loading import mechanic_of
from games.winners import links, rules

SEEN = (rules.CLAIMED, rules.SHIPPED, rules.REDEEMED)  # whose code its winner may see


def awards_of(game: Game, player: int) -> list[dict[str, Any]]:
    """Oldest first; three queries however many there are. Runs in the tenant's scope."""
    awards = list(Award.objects.filter(game=game, player=player).order_by("play"))
    states = dict(Claim.objects.filter(award__in=awards, player=player).values_list("award", "state"))
    codes = codes_of(game, [award for award in awards if states.get(award.pk) in SEEN])
    labels = {prize.id: prize.label for prize in mechanic_of(game).shelf()}
    return [
        {
            "award": award.public_id,
            "prize": award.prize,
            "label": labels.get(award.prize, award.prize),
            "code": codes.get((award.prize, award.unit)),
            "at": award.at,
            "state": states.get(award.pk, rules.WON),
            "claim": links.path(game, award.public_id, player),
        }
        for award in awards
    ]


def codes_of(game: Game, awards: list[Award]) -> dict[tuple[str, int], str]:
    wanted = {(award.prize, award.unit) for award in awards}
    rows = PrizeCode.objects.filter(game=game, prize__in={prize for prize, _ in wanted}, unit__in={unit for _, unit in wanted})
    return {(prize, unit): code for prize, unit, code in rows.values_list("prize", "unit", "code") if (prize, unit) in wanted}
