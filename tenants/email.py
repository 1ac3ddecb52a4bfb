"""Brings an address into the one form under which it is stored and compared."""

import unicodedata


def normalised(address: str) -> str:
    """Lower case, NFKC, no spaces around: two spellings of one mailbox meet in one row."""
    return unicodedata.normalize("NFKC", address).strip().lower()
