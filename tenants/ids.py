"""Makes the ids that the outside sees: 128 random bits, so that none can be guessed from another."""

import base64
import secrets

LENGTH = 26


def public_id() -> str:
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()
