"""One prize and its winner: who he is, what has happened, and what may be done now."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from games.console.frame import reads
from games.console.page import OPERATORS, find, show
from games.console.winners import TONES, names, nicknames, said
from games.models import Award, Claim, ClaimMail, ClaimStep, Game
from games.pages import times
from games.winners import claims, rules
from games.winners.letter import label
from games.winners.succession import lapse, next_of
from tenants.access import MemberRequest, may, member_required

ACTS = ("ship", "redeem", "lapse", "undo")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required()
def page(request: MemberRequest, public_id: str, award: str) -> HttpResponse:
    game = find(public_id)
    rounds = of(game, award)
    if request.method == "POST":
        return act(request, rounds[-1], public_id, award)
    return show(request, "games/console/winners/one.html", context(request, game, rounds))


def of(game: Game, award: str) -> list[Claim]:
    """All who held this unit, the last one last."""
    found = Award.objects.filter(game=game, public_id=award).first()
    if found is None:
        raise Http404
    found.game = game
    claims.open_claim(found)
    rows = list(Claim.objects.filter(award=found).select_related("settled_by__user").order_by("round"))
    for row in rows:
        row.game, row.award = game, found
    return rows


def act(request: MemberRequest, held: Claim, public_id: str, award: str) -> HttpResponse:
    if not may(request.member, OPERATORS):
        raise PermissionDenied
    wanted, now = request.POST.get("act"), timezone.now()
    try:
        if request.POST.get("seen") != held.state:
            raise rules.Refused("overtaken")
        if wanted == "ship":
            claims.ship(held, request.member, now)
        elif wanted == "redeem":
            claims.redeem(held, request.member, now, request.POST.get("receiver", "").strip())
        elif wanted == "undo":
            claims.undo(held, request.member, now)
        elif wanted == "lapse":
            lapse(held, claims.By("member", request.member), now)
    except rules.Refused as refused:
        messages.warning(request, said(refused.code))
    return redirect("console-winner", public_id, award)


def context(request: MemberRequest, game: Game, rounds: list[Claim]) -> dict[str, Any]:
    held, zone = rounds[-1], game.tenant.zone
    called = nicknames(game, [each.player for each in rounds])
    possible = rules.acts(held.state) & set(ACTS)
    if not rules.may_undo(held.settled_at, held.settled_by_id, request.member.pk, timezone.now()):
        possible -= {"undo"}
    ask = request.GET.get("ask") if request.GET.get("ask") in possible else ""
    return {
        "game": game,
        "claim": held,
        "player": called.get(held.player, f"#{held.player}"),
        "prize": label(game, held.award.prize),
        "state": names()[held.state],
        "tone": TONES.get(held.state, ""),
        "due": times.moment(held.due_at, zone),
        "won_at": times.moment(datetime.fromtimestamp(held.award.at, UTC), zone),
        "history": history(rounds, called, zone, reads(request)),
        "reads": reads(request),
        "acts": possible,
        "ask": ask,
        "heir": heir(held, game) if ask == "lapse" else "",
    }


def heir(held: Claim, game: Game) -> str:
    """Who gets it if it lapses now."""
    found = None if held.state == rules.CLAIMED else next_of(held, lock=False)
    return nicknames(game, [found.player]).get(found.player, f"#{found.player}") if found else ""


def history(rounds: list[Claim], called: dict[int, str], zone: str, may_read: bool) -> list[dict[str, Any]]:
    """What was done and what was sent, the latest first."""
    people = {claim.pk: called.get(claim.player, f"#{claim.player}") for claim in rounds}
    lines = [line(claim.opened_at, opened(claim), people[claim.pk]) for claim in rounds]
    for step in ClaimStep.objects.filter(claim__in=rounds).select_related("member__user").order_by("pk"):
        who = str(step.member.user) if step.member else people[step.claim_id] if step.role == "player" else ""
        lines.append(line(step.at, steps()[step.act], who, step.words))
    for mail in ClaimMail.objects.filter(claim__in=rounds).exclude(sent_at=None):
        lines.append(line(mail.sent_at, mails()[mail.kind], mail.email if may_read else ""))
    return [{**each, "clock": times.moment(each["at"], zone)} for each in sorted(lines, key=lambda each: each["at"], reverse=True)]


def line(at: Any, what: str, who: str, words: str = "") -> dict[str, Any]:
    return {"at": at, "what": what, "who": who, "words": words}


def opened(claim: Claim) -> str:
    return pgettext("step of a prize", "Won") if claim.round == 1 else pgettext("step of a prize", "Passed on to a substitute")


def steps() -> dict[str, str]:
    return {
        "claim": pgettext("step of a prize", "Claimed by the winner"),
        "ship": pgettext("step of a prize", "Sent by post"),
        "redeem": pgettext("step of a prize", "Handed over"),
        "undo": pgettext("step of a prize", "Handover undone"),
        "lapse": pgettext("step of a prize", "Lapsed"),
        "pass": pgettext("step of a prize", "Left to a substitute"),
        "return": pgettext("step of a prize", "Free again: nobody stands by"),
    }


def mails() -> dict[str, str]:
    return {"win": _("Mail: you won"), "reminder": _("Mail: reminder"), "code": _("Mail: your code")}
