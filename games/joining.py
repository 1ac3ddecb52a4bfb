"""Joining: in one transaction a player gets his number, once for each device (decision 37)."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F

from games.models import Game, Player
from tenants.email import normalised
from tenants.models.contact import Consent, Contact, text_hash


class GameOver(Exception):
    """Nobody new comes into a game that is over."""


@dataclass(frozen=True)
class Joining:
    """What somebody says of himself at the door; the name is cleaned already."""

    name: str
    device: str
    email: str = ""
    purposes: tuple[tuple[str, str], ...] = ()  # purpose and the text that was agreed to


def join(game: Game, asked: Joining) -> tuple[Player, bool]:
    """The player of this device, and whether he is new. Must run in the game's tenant's scope. Raises GameOver."""
    if known := Player.objects.filter(game=game, device=asked.device).first():
        return known, False
    if game.phase == "ended":
        raise GameOver
    try:
        with transaction.atomic():
            return _enter(game, asked), True
    except IntegrityError:  # the same device, or the same contact, was quicker
        return _who_was_quicker(game, asked), False


def _enter(game: Game, asked: Joining) -> Player:
    contact = _contact(asked)
    Game.objects.filter(pk=game.pk).update(numbers=F("numbers") + 1)  # locks the row, so that numbers have no holes and no twins
    number = Game.objects.filter(pk=game.pk).values_list("numbers", flat=True).get()
    return Player.objects.create(game=game, number=number, name=asked.name, device=asked.device, contact=contact)


def _contact(asked: Joining) -> Contact | None:
    """An address is a contact only together with a consent or a need; proving it comes with the winner's workflow."""
    if not asked.email:
        return None
    contact, _ = Contact.objects.get_or_create(email=normalised(asked.email))
    Consent.objects.bulk_create([Consent(contact=contact, purpose=purpose, text_hash=text_hash(text)) for purpose, text in asked.purposes])
    return contact


def _who_was_quicker(game: Game, asked: Joining) -> Player:
    same = Player.objects.filter(game=game, device=asked.device).first()
    if same:
        return same
    with transaction.atomic():  # the address plays already, on another device: until it is proved, this is a guest (decision 1)
        return _enter(game, Joining(asked.name, asked.device))
