"""What the staff's sockets may is asked for all of them at once."""

import time
from types import SimpleNamespace

import pytest
from django.test import Client

from tenants import scope
from tenants.models.member import Member
from tenants.models.token import ApiToken
from tenants.models.user import User
from tenants.rights import STRANGER, Right, Shown, rights
from tenants.tokens import Holder


def signed_in(user: User, seen: float = 0.0) -> str:
    client = Client()
    client.force_login(user)
    session = client.session
    session["since"] = session["seen"] = time.time() - seen
    session.save()
    assert session.session_key
    return session.session_key


@pytest.fixture
def staff(site: SimpleNamespace) -> list[Shown]:
    """Thirty by session, each idle for so long that his being here is noted, and thirty by ticket."""
    shown = []
    for number in range(30):
        user = User.objects.create_user(f"member{number}@demo.test", "a long password")
        with scope.tenant(site.demo.pk):
            member = Member.objects.create(user=user, role="analyst")
            token, _secret = ApiToken.issue(user, scopes=["watch"])
        shown.append(Shown(site.demo.pk, signed_in(user, seen=20 * 60)))
        shown.append(Shown(site.demo.pk, member=member.pk, token=token.pk))
    return shown


def asked(shown: list[Shown]) -> dict[Shown, Right]:
    with scope.platform():
        return rights(shown)


def test_many_cost_as_many_questions_as_one(staff: list[Shown], django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):  # and a transaction around the note
        found = asked(staff)
    assert [found[each].holder for each in staff] == [Holder("analyst", []), Holder("analyst", ["watch"])] * 30
    with django_assert_max_num_queries(4):
        assert asked(staff) == found


def test_a_session_is_a_member_of_one_tenant_and_a_stranger_to_another(site: SimpleNamespace) -> None:
    key = signed_in(site.owner)
    here, elsewhere, forged, none = Shown(site.demo.pk, key), Shown(site.other.pk, key), Shown(site.demo.pk, "forged"), Shown(site.demo.pk)
    found = asked([here, elsewhere, forged, none])
    assert found == {here: Right(site.member.pk, Holder("owner", [])), elsewhere: STRANGER}
