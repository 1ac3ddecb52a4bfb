"""Every code that a refusal can have, and its sentence; worded in the language of the socket that hears it (decision 46)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

SENTENCES = {
    "already": _("That is done already."),
    "bad_command": _("This command has a field that is missing, unknown or out of bounds."),
    "banned": _("The host has excluded you from this game."),
    "busy": _("The game is very busy. Your request is sent again by itself."),
    "disqualified": _("You are excluded from the prizes of this game."),
    "ended": _("This game is over."),
    "internal": _("That failed on our side. Your game is kept. Try again in a moment."),
    "locked": _("The host has closed the entrance: nobody new comes in for now."),
    "no_plays_left": _("You have used your tries for today."),
    "not_enough_left": _("Not so many units of this prize are waiting for the stage."),
    "not_joined": _("Join the game first."),
    "not_now": _("That does not fit any more: the game has moved on."),
    "not_open": _("This game is not open yet."),
    "not_yours": _("This is not yours to do."),
    "paused": _("Short break. The clock is stopped for everyone."),
    "too_many_open": _("Wait for the answers to what you have sent."),
    "too_late": _("It is too late for that: no moment could still be drawn."),
    "too_many_units": _("That would be more than a game can hold."),
    "unknown_command": _("This game knows no such command."),
    "unknown_prize": _("This game has no such prize."),
}


def word(code: str, language: str) -> str:
    """A code without a sentence is ours to mend; the player reads the general one."""
    with override(language):
        return str(SENTENCES.get(code, SENTENCES["internal"]))
