"""Writes a game's rules from its facts, in the language that is active. The same facts give the same text."""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from games.mechanic import Clause
from games.pages.times import number, zone_words
from games.papers.document import Block
from games.papers.facts import Facts

Section = Callable[[Facts], Iterator[str | Block]]


def rules(facts: Facts, version: int, made_at: datetime, language: str) -> list[Block]:
    with translation.override(language):
        return list(written(facts, version, made_at))


def written(facts: Facts, version: int, made_at: datetime) -> Iterator[Block]:
    yield Block("title", _("Rules of the game “{title}”").format(title=facts.title))
    yield Block("version", _("Version {version}, {moment}").format(version=version, moment=moment(made_at, facts.zone)))
    headings = 0
    for title, section in sections():
        lines = [line if isinstance(line, Block) else Block("paragraph", line) for line in section(facts)]
        if lines:
            headings += 1
            yield Block("heading", f"{headings}. {title}")
            yield from lines


def sections() -> list[tuple[str, Section]]:
    return [
        (_("Organiser"), organiser),
        (_("Dates"), dates),
        (_("Who may take part"), people),
        (_("How to play"), lambda facts: said(facts, "play")),
        (_("Prizes"), prizes),
        (_("How winners are found"), winners),
        (_("Limits"), lambda facts: said(facts, "limits")),
        (_("Receiving a prize"), claims),
        (_("Personal data"), data),
        (_("Proof and verification"), proof),
        (_("Changes and law"), law),
        (_("Additions by the organiser"), additions),
    ]


def organiser(facts: Facts) -> Iterator[str]:
    details = facts.details
    yield _("This game is organised by {organiser}.").format(organiser=facts.organiser)
    if details.address:
        yield _("Address: {address}").format(address=details.address)
    if details.contact:
        yield _("Contact: {contact}").format(contact=details.contact)


def dates(facts: Facts) -> Iterator[str]:
    if facts.opens_at:
        yield _("The game opens on {moment}.").format(moment=moment(facts.opens_at, facts.zone))
    if facts.closes_at:
        yield _("It closes on {moment}.").format(moment=moment(facts.closes_at, facts.zone))
    if not (facts.opens_at and facts.closes_at):
        yield _("Where no hour is named, the organiser opens or closes the game and says so on its page.")
    yield _("What counts is the moment at which the server receives a play; the opening is included, the closing is not.")


def people(facts: Facts) -> Iterator[str]:
    yield _("Taking part is free and asks for no purchase.")
    yield _("The game is open to everyone who reaches its play page, by its link or with the code {code}.").format(code=facts.code)
    yield _("A minor takes part with the agreement of a parent or guardian.")
    yield _("A player who cheats or disturbs others may be sent out; this is written into the game's log.")


def prizes(facts: Facts) -> Iterator[str | Block]:
    if not facts.prizes:
        yield _("This game has no prizes of its own.")
        return
    total = sum(prize.stock for prize in facts.prizes)
    yield ngettext("There is {count} prize to win:", "There are {count} prizes to win:", total).format(count=number(total))
    for prize in facts.prizes:
        yield Block("item", f"{number(prize.stock)} × {prize.label}")


def winners(facts: Facts) -> Iterator[str | Block]:
    yield from said(facts, "winners")
    if not facts.commit:
        return
    yield _("What was sealed before the opening has these fingerprints (SHA-256):")
    yield Block("item", _("rules of chance: {hash}").format(hash=facts.manifest))
    yield Block("item", _("secret: {hash}").format(hash=facts.commit))


def claims(facts: Facts) -> Iterator[str]:
    if not facts.prizes:
        return
    yield _("A winner is told on the play page, which also says how the prize is received.")
    days = facts.details.claim_days
    yield ngettext(
        "A prize must be asked for within {count} day of the win. After that the organiser may give it to somebody else.",
        "A prize must be asked for within {count} days of the win. After that the organiser may give it to somebody else.",
        days,
    ).format(count=days)


def data(facts: Facts) -> Iterator[str]:
    yield _(
        "Responsible for personal data: {organiser}. Kept are the name that a player gives, a contact where one is asked for, a sign that "
        "recognises the player's browser, and plays and wins with their times."
    ).format(organiser=facts.organiser)
    yield _("They serve to run the game, to hand over prizes and to prove that it was fair; taking part is the basis.")
    yield _("Nobody is written to for other ends unless he has agreed to it by a separate choice, which he may take back at any time.")
    months = facts.details.kept_months
    yield ngettext(
        "The organiser keeps them for {count} month after the end; what proves that a prize was handed over, for as long as the law asks.",
        "The organiser keeps them for {count} months after the end; what proves that a prize was handed over, for as long as the law asks.",
        months,
    ).format(count=months)
    yield _(
        "Each player may ask the organiser to see, correct, export, restrict or erase them, may object to their use, and may complain to "
        "the data protection authority (in France: CNIL)."
    )


def proof(facts: Facts) -> Iterator[str]:
    if not facts.commit:
        yield _("Each play and each decision is written into the game's log with its time.")
        return
    yield _("The proof page of the game shows these fingerprints from the publication on.")
    yield _("After the end it gives out the secret and the list of plays, without names, with a verifier: anyone can recompute who won.")


def law(facts: Facts) -> Iterator[str]:
    yield _("These rules were made from the settings of the game. Each version is numbered, hashed and stays readable at the same address.")
    yield _("A change never applies to what was played before it.")
    yield _("The law of the country in which the organiser is established applies; rights that consumers cannot give up remain.")


def additions(facts: Facts) -> Iterator[str]:
    said = facts.details.additions.get(translation.get_language() or "en", "")
    yield from (line.strip() for line in said.splitlines() if line.strip())


def said(facts: Facts, topic: str) -> Iterator[str]:
    return (sentence(clause, facts) for clause in facts.clauses if clause.topic == topic)


def sentence(clause: Clause, facts: Facts) -> str:
    if isinstance(clause.text, tuple):
        form = ngettext(*clause.text, clause.values["count"])
        return form.format(**{**clause.values, "count": number(clause.values["count"])})
    return _(clause.text).format(**clause.values)


def moment(at: datetime, zone: str) -> str:
    """Always with year and zone: a paper is read later and elsewhere."""
    language, local = translation.get_language() or "en", at.astimezone(ZoneInfo(zone))
    day, clock = format_date(local.date(), "d MMMM y", locale=language), format_time(local, "short", locale=language)
    offset = local.strftime("%z")
    written = _("{day}, {clock}").format(day=day, clock=clock)
    return f"{written} ({zone_words(zone)}, UTC{offset[:3]}:{offset[3:]})"
