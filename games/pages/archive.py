"""The proofs as zips, kept in memory: a game that is over does not change, so its log is replayed once and not for each reader."""

from collections import OrderedDict
from threading import Lock

from games import proof
from games.fairness.pack import zipped
from games.models import Game
from games.papers import verifier

MOST = 128 * 1024 * 1024  # bytes that all of them may take


class Archive:
    """The latest asked for stay; what is larger than everything may be is made again each time."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self.kept: OrderedDict[tuple[int, str], bytes] = OrderedDict()
        self.making = Lock()  # one log is replayed at a time, and who asked for the same one meanwhile finds it made

    def zipped(self, game: Game) -> bytes:
        """Raises NotOver. A log that was set back has another line, and so another proof (decision 27)."""
        key = (game.pk, game.line)
        with self.making:
            made = self.kept.pop(key, None)
            if made is None:
                made = zipped({**proof.pack(game), verifier.NAME: verifier.page().html})
                self.size += len(made)
            self.kept[key] = made
            self.forget()
        return made

    def forget(self) -> None:
        while self.size > self.most:
            _, dropped = self.kept.popitem(last=False)
            self.size -= len(dropped)


ARCHIVE = Archive()
