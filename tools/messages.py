"""Translations without gettext on the machine: `update` brings the .po files up to date, `check` says what is missing in them.

Extraction reads .py files and templates of one package each; French is written by people and kept. `update games` does one package.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as extract_calls
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from project import words

ROOT = words.ROOT
PACKAGES = ("project", "scheduler", "realtime", "games", "tenants")
LANGUAGES = ("fr",)
LAZY: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "ngettext_noop": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
LOOSE_SPACE = re.compile("[ \u00a0][?!;:»]|«[ \u00a0]|\\w[?!](?!\\w)")


def sources(package: str) -> Iterator[Path]:
    for path in sorted((ROOT / package).rglob("*")):
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
            yield path


def python_text(path: Path) -> str:
    """A template becomes lines of Python calls; what stands around them must not look like indentation."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))


def extract(package: str) -> Catalog:
    found = Catalog(project="So-Buzz", charset="utf-8")
    for path in sources(package):
        place = path.relative_to(ROOT).as_posix()
        source = BytesIO(python_text(path).encode())
        for line, text, comments, context in extract_calls("python", source, KEYWORDS, ["Translators:"]):
            found.add(text, locations=[(place, line)], auto_comments=comments, context=context)
    return found


def target(package: str, language: str) -> Path:
    return ROOT / package / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, project="So-Buzz", charset="utf-8", fuzzy=False, header_comment="")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def written(catalogue: Catalog) -> bytes:
    catalogue.version = catalogue.last_translator = catalogue.language_team = ""
    catalogue.msgid_bugs_address = ""
    out = BytesIO()
    write_po(out, catalogue, width=110, ignore_obsolete=True, include_lineno=False)
    return out.getvalue()


def update(packages: tuple[str, ...]) -> None:
    for package in packages:
        found = extract(package)
        for language in LANGUAGES:
            path = target(package, language)
            catalogue = read(path, language)
            catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
            if len(catalogue):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(written(catalogue))
                print(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {len(list(faults(package, language)))} to do")


def faults(package: str, language: str) -> Iterator[str]:
    path = target(package, language)
    catalogue, found = read(path, language), extract(package)
    name = path.relative_to(ROOT)
    for message in found:
        if message.id:
            yield from (f"{name}: {message.id!r}: {fault}" for fault in wrong(message, catalogue.get(message.id, message.context)))
    for message in catalogue:
        if message.id and found.get(message.id, message.context) is None:
            yield f"{name}: {message.id!r}: no longer used"


def wrong(message: Message, translated: Message | None) -> Iterator[str]:
    if translated is None or not translated.string or not all(forms(translated.string)):
        yield "not translated"
        return
    if translated.fuzzy:
        yield "fuzzy"
    allowed = set(PLACEHOLDER.findall(" ".join(forms(message.id))))
    for form in forms(translated.string):
        if not set(PLACEHOLDER.findall(form)) <= allowed:
            yield f"other placeholders in {form!r}"
        if LOOSE_SPACE.search(form):
            yield f"wants a narrow no-break space (U+202F) in {form!r}"
    last = forms(translated.string)[-1]
    if set(PLACEHOLDER.findall(forms(message.id)[-1])) != set(PLACEHOLDER.findall(last)):
        yield f"a placeholder is lost in {last!r}"


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def check(packages: tuple[str, ...]) -> int:
    found = [fault for package in packages for language in LANGUAGES for fault in faults(package, language)]
    print("\n".join(found))
    return bool(found)


def main(action: str, *packages: str) -> int:
    if action == "check":
        return check(packages or PACKAGES)
    update(packages or PACKAGES)
    words.compile_stale()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
