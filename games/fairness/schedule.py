"""Units that fall due by a clock: the time of day for sealed moments, the number of the play for a sealed deck."""

from collections.abc import Callable, Iterable, Mapping


class Schedule:
    """In the order in which they fall due; each prize's are given in this order, so a count says which is next."""

    def __init__(self, units: Iterable[tuple[int, str]]) -> None:
        self.units = list(units)
        self.places: dict[str, list[int]] = {}
        for place, (_, prize) in enumerate(self.units):
            self.places.setdefault(prize, []).append(place)

    def oldest(self, taken: Mapping[str, int], clock: float, free: Callable[[str], bool]) -> int | None:
        """The place of the oldest unit that is due and not taken, of a prize that may be given now. The others wait."""
        found: int | None = None
        for prize, places in self.places.items():
            done = taken.get(prize, 0)
            if done >= len(places) or (found is not None and places[done] > found):
                continue
            if self.units[places[done]][0] <= clock and free(prize):
                found = places[done]
        return found
