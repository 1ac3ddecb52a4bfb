"""Joining: in one transaction a player gets his number, once for each device (decision 37)."""

from dataclasses import dataclass

from django.db import transaction

from games.models import Game, Player
from tenants.email import normalised
from tenants.models.contact import Consent, Contact, text_hash


class GameOver(Exception):
    """Nobody new comes into a game that is over."""


class NoAddress(ValueError):
    """An agreement that nobody gave: without an address it could neither be shown later nor be taken back."""

    code = "consent_without_contact"


@dataclass(frozen=True)
class Joining:
    """What somebody says of himself at the door; the name is cleaned and the address checked already."""

    name: str
    device: str
    email: str = ""
    purposes: tuple[tuple[str, str], ...] = ()  # purpose and the text that was agreed to


def join(game: Game, asked: Joining) -> tuple[Player, bool]:
    """The player of this device, and whether he is new. Must run in the game's tenant's scope. Raises GameOver, NoAddress."""
    return (known, False) if (known := player_of(game, asked.device)) else enter(game, asked)


def player_of(game: Game, device: str) -> Player | None:
    return Player.objects.filter(game=game, device=device).first()


@transaction.atomic
def enter(game: Game, asked: Joining) -> tuple[Player, bool]:
    """The same with the game's row locked: numbers have no holes, and nobody is quicker between a look and a row.

    The log's rows point at the game's and are written meanwhile: `no_key` lets them.
    """
    if asked.purposes and not normalised(asked.email):
        raise NoAddress
    locked = Game.objects.select_for_update(no_key=True).only("tenant", "numbers", "phase").get(pk=game.pk)
    if known := player_of(game, asked.device):
        return known, False
    if locked.phase == "ended":
        raise GameOver
    number = locked.numbers + 1
    Game.objects.filter(pk=game.pk).update(numbers=number)
    contact = _contact(game, asked)
    return Player.objects.create(game=game, number=number, name=asked.name, device=asked.device, contact=contact), True


def _contact(game: Game, asked: Joining) -> Contact | None:
    """None for a guest: without an address, or with one that plays already on another device.

    Only who proves that address takes its player over (decision 1); until then a stranger agrees to nothing in its name.
    """
    email = normalised(asked.email)
    if not email or Player.objects.filter(game=game, contact__email=email).exists():
        return None
    contact, _ = Contact.objects.get_or_create(email=email)
    Consent.objects.bulk_create([Consent(contact=contact, purpose=purpose, text_hash=text_hash(text)) for purpose, text in asked.purposes])
    return contact
