"""The files of a proof, as they were downloaded."""

from pathlib import Path

from games.fairness.canonical import decode
from games.fairness.shape import Unreadable


class Folder:
    def __init__(self, path: str) -> None:
        self.path = Path(path)
        if not self.path.is_dir():
            raise Unreadable(f"there is no folder {path}")

    def has(self, name: str) -> bool:
        return (self.path / name).exists()

    def octets(self, name: str) -> bytes:
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            raise Unreadable(f"{name} is missing or cannot be read") from error

    def document(self, name: str) -> object:
        return decode(self.octets(name), name)
