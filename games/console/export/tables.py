"""The tables that can be taken away, in the order in which they are offered."""

from django.utils.translation import gettext_lazy as _

from games.console import stock
from games.console.export import happened, people
from games.console.export.table import Column, Pages, Table
from games.console.funnel import funnel as steps
from games.console.hours import hours as spans
from games.models import Game

NUMBER = Column("player", _("Player"), 10)
NAME = Column("name", _("Name"), 24)
AT = Column("at", _("When"), 20)


def hours(game: Game) -> Pages:
    yield [(each.at, each.players, each.plays, each.won, each.odds and round(each.odds, 2)) for each in spans(game)]


def funnel(game: Game) -> Pages:
    yield [(step.name, step.value, step.share, step.rate) for step in steps(game).steps]


def prizes(game: Game) -> Pages:
    yield [(each.id, each.label, each.of, each.of - each.left, each.left) for each in stock.remaining(game)]


PLAYERS = Table(
    "players", _("Players"), _("Number, name, when they joined, plays and wins"), "people",
    (
        NUMBER, NAME, Column("joined_at", _("Joined"), 20),
        Column("plays", _("Plays")), Column("wins", _("Wins")), Column("contact", _("Left an address")),
    ),
    people.players,
)  # fmt: skip
CONTACTS = Table(
    "contacts", _("Contacts and consents"), _("E-mail, each purpose agreed to, when, and the fingerprint of the words"), "mail",
    (
        NUMBER, NAME, Column("email", _("E-mail"), 32), Column("since", _("Contact since"), 20),
        Column("purpose", _("Purpose"), 18), Column("given_at", _("Agreed"), 20), Column("text_sha256", _("Fingerprint of the words"), 24),
    ),
    people.contacts,
)  # fmt: skip
AWARDS = Table(
    "awards", _("Awards"), _("Each prize that was won: when, by whom, which unit. Codes stay on the claim page"), "gift",
    (
        Column("award", _("Award"), 30), AT, NUMBER, NAME,
        Column("prize", _("Prize"), 16), Column("label", _("Prize in words"), 32), Column("unit", _("Unit")),
    ),
    happened.awards,
)  # fmt: skip
PLAYS = Table(
    "plays", _("Plays"), _("Each play, its outcome and its prize"), "buzzer",
    (Column("event", _("Event")), AT, NUMBER, Column("outcome", _("Outcome"), 16), Column("prize", _("Prize"), 16)),
    happened.plays,
)  # fmt: skip
EVENTS = Table(
    "events", _("Events"), _("The whole log as its operators see it"), "table",
    (
        Column("event", _("Event")), AT, Column("role", _("Role")), Column("by", _("By")),
        Column("kind", _("Kind"), 16), Column("details", _("Details"), 60),
    ),
    happened.events,
)  # fmt: skip
MINUTES = Table(
    "minutes", _("Statistics by the minute"), _("What each minute added to each number"), "chart",
    (AT, Column("figure", _("Figure"), 16), Column("value", _("Value"))),
    happened.minutes, personal=False,
)  # fmt: skip
HOURS = Table(
    "hours", _("Statistics by the hour"), _("New players, plays, wins and the odds of each hour"), "clock",
    (AT, Column("players", _("New players")), Column("plays", _("Plays")), Column("wins", _("Wins")), Column("odds", _("Odds, per cent"))),
    hours, personal=False,
)  # fmt: skip
FUNNEL = Table(
    "funnel", _("From the door to the prize"), _("How many people took each step"), "arrow",
    (
        Column("step", _("Step"), 16), Column("people", _("People")),
        Column("share", _("Of the first, per cent")), Column("rate", _("Of the step before, per cent")),
    ),
    funnel, personal=False,
)  # fmt: skip
PRIZES = Table(
    "prizes", _("Prizes"), _("Stock, given and left"), "gift",
    (
        Column("prize", _("Prize"), 16), Column("label", _("Prize in words"), 32),
        Column("stock", _("Stock")), Column("given", _("Given")), Column("left", _("Left")),
    ),
    prizes, personal=False,
)  # fmt: skip

TABLES = {table.name: table for table in (PLAYERS, CONTACTS, AWARDS, PLAYS, EVENTS, MINUTES, HOURS, FUNNEL, PRIZES)}
