"""What a mail says, in the language of its game. It carries a link, never a code (decision 47)."""

import re
from datetime import UTC, datetime
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from games.models import Claim, Game
from games.pages import times
from games.store.loading import mechanic_of
from games.winners import links


class Letter(NamedTuple):
    subject: str
    text: str
    html: str


def compose(claim: Claim, kind: str) -> Letter:
    game, tenant = claim.game, claim.game.tenant
    with override(game.language):
        link = links.path(game, claim.award.public_id, claim.player)
        context = {
            "game": game,
            "tenant": tenant,
            "name": claim.name,
            "prize": label(game, claim.award.prize),
            "won_at": times.moment(datetime.fromtimestamp(claim.award.at, UTC), tenant.zone),
            "due": times.zoned(times.moment(claim.due_at, tenant.zone), tenant.zone),
            "url": links.absolute(f"{link}&lang={game.language}"),
            "substitute": claim.round > 1,
            "language": game.language,
        }
        text = render_to_string(f"games/mail/{kind}.txt", context)
        return Letter(subject(kind, context["prize"]), text, render_to_string(f"games/mail/{kind}.html", context))


def subject(kind: str, prize: object) -> str:
    words = {"win": _("You won: {prize}"), "reminder": _("Your prize is waiting: {prize}"), "code": _("Your code: {prize}")}
    return re.sub(r"[\r\n]+", " ", words[kind].format(prize=prize))


def label(game: Game, prize: str) -> str:
    return labels(game).get(prize, prize)


def labels(game: Game) -> dict[str, str]:
    return {prize.id: prize.label for prize in mechanic_of(game).shelf()}
