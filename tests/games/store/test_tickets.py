"""Tickets that open sockets: each once, whoever shows it, however many are shown at once."""

import pytest

from games.models import UsedTicket
from games.store.tickets import Used, redeem
from tenants import scope
from tests.games.published import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(tenant):
    def show(*tickets: str) -> list[bool]:
        with scope.platform():
            return redeem([Used(tenant.pk, ticket, 2e9) for ticket in tickets])

    return show


def test_a_ticket_opens_one_socket(show, tenant):
    assert show("ticket") == [True]
    assert show("ticket") == [False]
    with scope.tenant(tenant.pk):
        assert UsedTicket.objects.count() == 1


def test_many_are_answered_in_the_order_in_which_they_were_shown(show):
    show("b", "d")
    assert show("e", "d", "c", "b", "a") == [True, False, True, False, True]


def test_of_two_who_show_one_ticket_in_the_same_moment_the_first_gets_in(show):
    assert show("a", "b", "a", "a") == [True, True, False, False]


def test_each_row_is_its_tenants(tenant, other):
    with scope.platform():
        assert redeem([Used(tenant.pk, "mine", 1.5), Used(other.pk, "theirs", 2.5)]) == [True, True]
    with scope.tenant(other.pk):
        assert list(UsedTicket.objects.values_list("ticket", "expires_at")) == [("theirs", 2.5)]


@pytest.mark.django_db(transaction=True)
def test_of_ten_processes_that_are_shown_the_same_tickets_at_once_one_accepts_each(show):
    tickets = [f"{number:02}" for number in range(40)]
    shown = at_once(10, lambda turn: show(*(tickets if turn % 2 else reversed(tickets))))
    assert sum(map(sum, shown)) == len(tickets)
