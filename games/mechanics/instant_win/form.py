"""The words with which an editor is asked for the settings of an instant win."""

from games.mechanic.form import Field, Form, Group
from games.mechanic.values import gettext_noop as _

GROUPS = (
    Group("prizes", _("Prizes")),
    Group("tries", _("Tries")),
    Group("spread", _("When people win"), more=True),
    Group("end", _("What remains"), more=True),
)

MODES = {
    "calendar": _("At sealed moments"),
    "deck": _("In a sealed deck of tickets"),
    "odds": _("At odds that keep pace"),
    "stage": _("On stage, when the host calls"),
}

FIELDS = {
    "prizes": Field(_("Prizes"), group="prizes", one=_("Prize"), add=_("Add a prize")),
    "prizes.id": Field(_("Short name"), kind="id"),
    "prizes.label": Field(_("What can be won"), wide=True),
    "prizes.stock": Field(_("How many")),
    "prizes.mode": Field(_("How it is won"), choices=MODES),
    "prizes.per_day": Field(_("At most per day"), _("Empty: no limit.")),
    "prizes.per_hour": Field(_("At most per hour"), _("Empty: no limit.")),
    "plays_per_day": Field(_("Tries per person and day"), _("A new day begins at midnight."), "tries"),
    "wins_per_player": Field(_("Prizes per person at most"), _("Who has won this often can still try, and wins no more."), "tries"),
    "gap": Field(_("Seconds between two prizes of one person"), group="tries"),
    "wins_per_day": Field(_("Prizes per day at most"), _("Of the whole game. Empty: no limit."), "spread"),
    "expected_plays": Field(_("Tries that you expect"), _("For decks and odds: so many tries share the prizes."), "spread"),
    "zone": Field(_("Time zone"), kind="given"),
    "traffic": Field(
        _("When do people play?"), _("More prizes fall in the hours when more people play."), "spread", kind="week", wide=True
    ),
    "moments": Field(_("Winning moments"), kind="given"),
    "sweep": Field(
        _("Minutes before the end in which every try wins"), _("As long as any prize remains. 0: the end is like any hour."), "end"
    ),
    "rest": Field(
        _("Prizes that nobody has won"),
        group="end",
        choices={"draw": _("Are drawn among those who did not win"), "void": _("Stay with you")},
    ),
    "consolation": Field(_("Consolation"), group="end", one=_("Who wins nothing gets a consolation"), wide=True),
    "consolation.id": Field(_("Short name"), kind="id"),
    "consolation.label": Field(_("What it is")),
    "consolation.text": Field(_("What the player reads")),
    "consolation.stock": Field(_("How many"), _("Empty: for everyone.")),
}

START = {
    "prizes": [
        {"id": "small", "label": _("A little treat"), "stock": 100},
        {"id": "mug", "label": _("A mug"), "stock": 20},
        {"id": "weekend", "label": _("A weekend for two"), "stock": 1},
    ],
    "plays_per_day": 3,
    "wins_per_player": 1,
}

FORM = Form(
    pitch=_("One tap, and at once it is clear: won or not. The moments of winning are sealed before it opens."),
    groups=GROUPS,
    fields=FIELDS,
    start=START,
    refusals={
        "Two prizes have the same id.": _("Two prizes have the same short name."),
        "A game has at most {most} units of prizes.": _("A game gives at most {most} prizes in all."),
        "A week in which nobody plays has no winning moments.": _("Somebody has to play at some hour of the week."),
        "The game is open in closed hours only.": _("In the week that you drew, nobody plays while the game is open."),
        "{units} units of prizes do not fit on a line of length {length}.": _(
            "The game is too short for {units} prizes: let it be open longer, or give fewer."
        ),
    },
)
