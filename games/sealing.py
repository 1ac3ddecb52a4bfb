"""A game's key: made once, kept encrypted under the platform's key, opened when its actor starts (decision 9).

The game's public id is bound in as associated data, so that a key cannot be moved from one row to another.
"""

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE, TAG = 12, 16


class WrongKey(Exception):
    """The platform's key is not the one under which this game's key was kept, or the game has none yet."""


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(b"so-buzz game keys\0" + settings.PLATFORM_KEY.encode()).digest())


def keep(key: bytes, game: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher().encrypt(nonce, key, game.encode())


def open_key(kept: bytes, game: str) -> bytes:
    """Raises WrongKey."""
    if len(kept) <= NONCE + TAG:
        raise WrongKey(f"Game {game} has no key: it has not been published.")
    try:
        return _cipher().decrypt(kept[:NONCE], kept[NONCE:], game.encode())
    except InvalidTag as error:
        raise WrongKey(f"The key of game {game} does not open: PLATFORM_KEY is not the one it was made with.") from error
