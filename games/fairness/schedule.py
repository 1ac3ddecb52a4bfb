"""Units that fall due by a clock: the time of day for sealed moments, the number of the play for a sealed deck."""

from collections.abc import Callable, Iterable, Mapping


class Schedule:
    """In the order in which they fall due; each prize's are given in this order, so a count says which is next."""

    def __init__(self, units: Iterable[tuple[int, str]]) -> None:
        self.times: list[int] = []
        self.prizes: list[str] = []
        self.places: dict[str, list[int]] = {}
        for place, (at, prize) in enumerate(units):
            self.times.append(at)
            self.prizes.append(prize)
            self.places.setdefault(prize, []).append(place)

    @property
    def units(self) -> list[list[object]]:
        """As a proof tells them."""
        return [[at, prize] for at, prize in zip(self.times, self.prizes, strict=True)]

    def oldest(self, taken: Mapping[str, int], clock: float, free: Callable[[str], bool]) -> int | None:
        """The place of the oldest unit that is due and not taken, of a prize that may be given now. The others wait."""
        found: int | None = None
        for prize, places in self.places.items():
            done = taken.get(prize, 0)
            if done >= len(places) or (found is not None and places[done] > found):
                continue
            if self.times[places[done]] <= clock and free(prize):
                found = places[done]
        return found
