"""Join codes that are typed: four letters and digits, forgiving of case and blanks."""

from games.models import Game
from tenants import scope


def typed(text: str) -> str:
    return "".join(sign for sign in text.upper()[:20] if sign.isalnum())


def game_of(text: str) -> Game | None:
    """The game with this code, of whatever tenant: the code is what is looked for."""
    code = typed(text)
    if not code:
        return None
    with scope.platform():
        return Game.objects.filter(code=code).select_related("tenant").first()
