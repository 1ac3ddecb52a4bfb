"""Compiles translations with Babel, so that no gettext on the machine is assumed (decision 54)."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def catalogues() -> list[Path]:
    return sorted(ROOT.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_stale() -> int:
    stale = [path for path in catalogues() if is_stale(path)]
    for path in stale:
        compile_one(path)
    return len(stale)


def is_stale(path: Path) -> bool:
    target = path.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < path.stat().st_mtime


def compile_one(path: Path) -> None:
    """Written beside and moved: another process may be reading the old one."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parts[-3])
    fresh = path.with_suffix(".mo.new")
    with fresh.open("wb") as target:
        write_mo(target, catalogue)
    fresh.replace(path.with_suffix(".mo"))


if __name__ == "__main__":
    compile_stale()
