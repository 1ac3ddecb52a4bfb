"""What phones, screens and consoles are shown of an instant win. What a game does not have is not there (decision 20)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from games.mechanic import Event, Eye, Figure, Prize, gettext_noop, ngettext_noop
from games.mechanics.instant_win.state import Plays, State
from games.mechanics.instant_win.words import (
    Announced,
    Begun,
    Bursting,
    Comforted,
    Consoled,
    Disqualified,
    Extended,
    Lost,
    Prized,
    Remaining,
    Restocked,
    Unnamed,
    Won,
)

if TYPE_CHECKING:
    from games.mechanics.instant_win import InstantWin

FIGURES = (
    Figure("plays", gettext_noop("Plays"), ngettext_noop("{count} play", "{count} plays")),
    Figure("won", gettext_noop("Prizes won"), ngettext_noop("{count} prize won", "{count} prizes won"), prizes=True),
)


def stock(state: State, prizes: Sequence[Prize], given: Mapping[str, int]) -> dict[str, Any]:
    """What is left to win, by what was given as far as these eyes know of it."""
    units, remain = state.supply(prizes), state.left(prizes, given)
    shown = [{"id": each.id, "label": each.label, "stock": units[each.id], "left": remain[each.id]} for each in prizes]
    return {"prizes": shown, "left": sum(remain.values()), "recent": msgspec.to_builtins(state.recent)}


def public(game: "InstantWin", state: State) -> dict[str, Any]:
    seen = {**stock(state, game.prizes, state.announced), "plays_per_day": game.plays_per_day}
    if game.consolation:
        seen["consolation"] = {name: getattr(game.consolation, name) for name in ("id", "label", "text")}
    return {**seen, **staged(state)}


def hosted(game: "InstantWin", state: State) -> dict[str, Any]:
    seen = stock(state, game.prizes, state.standing.given)
    seen |= {"plays_per_day": game.plays_per_day, "plays": state.standing.plays, "won": state.won}
    if game.consolation:
        seen["consoled"] = state.consoled
    if state.standing.frozen:
        seen["frozen"] = sorted(state.standing.frozen)
    if state.barred:
        seen |= {"disqualified": [{"player": number} for number in sorted(state.barred)], "returned": len(state.returned)}
    return {**seen, **staged(state)}


def staged(state: State) -> dict[str, Any]:
    """The latest burst, and what the end has stated."""
    seen: dict[str, Any] = {}
    latest = next((each for each in reversed(state.additions) if isinstance(each, Bursting)), None)
    if latest:
        seen["burst"] = {"prizes": dict(latest.prizes), "since": latest.since, "until": latest.until}
    if state.rest:
        seen["rest"] = {"left": dict(state.rest.left), "returned": dict(state.rest.returned), "becomes": state.rest.becomes}
    return seen


def mine(state: State, player: int, plays_per_day: int) -> dict[str, Any]:
    """A player's own: tries of the day he last played on, and what he has won."""
    if player in state.barred:
        return {"plays_left": 0, "next_play_at": None, "won": [], "disqualified": True}
    today = state.today.get(player, Plays())
    remain = plays_per_day - today.count
    return {
        "plays_left": remain,
        "next_play_at": today.until if remain <= 0 else None,
        "won": [{"prize": held.prize, "at": held.at} for held in state.standing.wins.get(player, ())],
    }


def opened(event: Event, eye: Eye) -> Event | None:
    """What is told to others than operators."""
    return told_all(event) if eye == "everyone" else told_player(event, eye)


def told_all(event: Event) -> Event | None:
    match event:
        case Announced() | Remaining():
            return event
        case Extended(prizes):
            return Restocked(prizes)
        case Bursting(prizes, since, until):
            return Begun(prizes, since, until)
        case Disqualified(player):
            return Unnamed(player)
    return None


def told_player(event: Event, eye: Eye) -> Event | None:
    match event:
        case Won(player, prize, at=at) if player == eye:
            return Prized(player, prize, at)
        case Consoled(player, until) if player == eye:
            return Comforted(player, until)
        case Lost(player) if player == eye:
            return event
    return None
