"""Cleans the nicknames that people choose, for a big screen that everybody looks at (checklist 28)."""

import unicodedata

LONGEST = 24  # as a reader counts: marks, skin tones and the joined parts of an emoji are not counted
LONGEST_RAW = 200  # nobody types more; refused before any work is done on it
LONGEST_STORED = 60  # code points, the width of the column
MARKS = 2  # more of them on one letter climb over the line above

JOINER = "\u200d"
AS_PICTURE = "\ufe0f"
SKIN = range(0x1F3FB, 0x1F400)
EMOJI = range(0x1F000, 0x1FB00)  # also those newer than Python's table
BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and signs that print nothing
DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class BadNickname(ValueError):
    """Nothing readable is left, or it is too long."""

    code = "bad_nickname"


def clean(text: str) -> str:
    """The name as it will be stored and shown; raises BadNickname."""
    if len(text) > LONGEST_RAW:
        raise BadNickname
    name = _settled(text)
    if not any(unicodedata.category(sign)[0] in "LNPS" or ord(sign) in EMOJI for sign in name):
        raise BadNickname
    if len(name) > LONGEST_STORED or _read(name) > LONGEST:
        raise BadNickname
    return name


def _settled(text: str) -> str:
    """What is dropped can bring two signs together that then compose, so it takes turns until nothing changes."""
    before, name = None, text
    while name != before:
        before = name
        name = " ".join(unicodedata.normalize("NFC", _kept(name)).split())
    return name


def _kept(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for place, sign in enumerate(text):
        if sign.isspace():
            sign = " "
        if _unwanted(sign, kept, text[place + 1 : place + 2]):
            continue
        marks = marks + 1 if _is_mark(sign) else 0
        if marks <= MARKS:
            kept.append(sign)
    return "".join(kept)


def _unwanted(sign: str, before: list[str], after: str) -> bool:
    if sign == JOINER:
        return not (before and _in_emoji(before[-1]) and after and _starts_emoji(after))
    if sign == AS_PICTURE:
        return not (before and unicodedata.category(before[-1]) in {"So", "Sm", "Po", "Nd"})
    if unicodedata.category(sign) in {"Mn", "Me"} and not before:
        return True  # a mark needs a letter to stand on
    return sign in BLANKS or (unicodedata.category(sign) in DROPPED and ord(sign) not in EMOJI)


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me"}


def _starts_emoji(sign: str) -> bool:
    return unicodedata.category(sign) == "So" or ord(sign) in EMOJI


def _in_emoji(sign: str) -> bool:
    return _starts_emoji(sign) or sign == AS_PICTURE


def _read(name: str) -> int:
    """Signs as a reader counts them."""
    count, joined = 0, False
    for sign in name:
        if sign == JOINER:
            joined = True
            continue
        if not (joined or _is_mark(sign) or ord(sign) in SKIN):
            count += 1
        joined = False
    return count
