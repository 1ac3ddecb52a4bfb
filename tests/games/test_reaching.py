"""From an address to a game, and no further than its tenant."""

from games.models import Game
from games.reaching import reach
from tenants import scope
from tests.games.published import published


def test_the_games_tenant_is_the_scope_and_nothing_stays_open(game, tenant, django_assert_num_queries):
    with django_assert_num_queries(2), reach("colibri", "win") as found:
        assert found == game
        assert found.tenant == tenant
        assert scope.current() == tenant.pk
    assert scope.peek() is None


def test_nothing_is_found_behind_a_wrong_word(game, other):
    published(other, "theirs")
    for words in (("nobody", "win"), ("colibri", "theirs"), ("colibri", ""), ("", "")):
        with reach(*words) as found:
            assert found is None


def test_a_seal_is_not_read_for_every_visitor(game):
    """A month of hours is some 20 kB."""
    with reach("colibri", "win") as found:
        assert found.get_deferred_fields() == {"seal", "key"}
        assert found.seal == game.seal
        assert isinstance(found, Game)
