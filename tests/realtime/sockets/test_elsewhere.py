"""Letters from where no node is: a command line, a worker."""

PUT = """
from games import inbox
from games.lifecycle import End
from games.models import Game
from tenants import scope
with scope.platform():
    game = Game.objects.get(slug="{0}")
with scope.tenant(game.tenant_id):
    inbox.put(game, End("withdrawn"), "app withdrawn", role="operator")
"""

LEFT = """
from games.models import Inbox
from tenants import scope
with scope.platform():
    print(Inbox.objects.filter(delivered_at=None).count())
"""


async def test_a_letter_that_was_written_in_a_transaction_reaches_the_game_and_all_who_follow_it(board):
    game = board.game()
    async with board.player(game) as player:
        board.site.manage("shell", "-v0", "-c", PUT.format(game))
        while (frame := await player.until("events"))["events"] in ([], [{"t": "opened"}]):
            pass
        assert frame["events"][0] == {"t": "ended", "reason": "withdrawn"}
    assert board.site.manage("shell", "-v0", "-c", LEFT).strip() == "0"
