"""What the printed rules say of an instant win."""

from collections.abc import Collection

from games.mechanic import Clause, gettext_noop, ngettext_noop

# By the way in which prizes find their winners; a game may use several.
FOUND = {
    "calendar": gettext_noop(
        "Each prize has a winning moment, drawn before the opening over the hours at which people usually play, and sealed. "
        "The first play received at or after a winning moment that nobody has taken wins its prize; the oldest such moment goes first."
    ),
    "deck": gettext_noop(
        "Prizes lie in a sealed deck of tickets, shuffled before the opening. Each play takes the next ticket, in the order in which "
        "plays are received."
    ),
    "odds": gettext_noop(
        "Each play wins with a chance that follows from the prizes that are left and the plays that are still expected, "
        "by numbers that were sealed before the opening."
    ),
    "stage": gettext_noop("Prizes kept for the stage are given in announced windows, at winning moments within each of them."),
}


def clauses(modes: Collection[str], plays_per_day: int, wins_per_player: int, zone: str) -> list[Clause]:
    return [
        Clause("play", gettext_noop("The player opens the play page, gives a first name or nickname, and presses the button.")),
        Clause("play", gettext_noop("The result of each play is shown at once: won, with the prize, or not won.")),
        *(Clause("winners", FOUND[mode]) for mode in FOUND if mode in modes),
        Clause("winners", gettext_noop("What was sealed cannot be changed afterwards without its fingerprints showing it.")),
        Clause(
            "limits",
            ngettext_noop("Each player has {count} play per day.", "Each player has {count} plays per day."),
            {"count": plays_per_day},
        ),
        Clause("limits", gettext_noop("A day ends at midnight in the time zone {zone}."), {"zone": zone}),
        Clause(
            "limits",
            ngettext_noop("Each player wins at most {count} prize in this game.", "Each player wins at most {count} prizes in this game."),
            {"count": wins_per_player},
        ),
    ]
