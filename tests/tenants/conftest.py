"""Two tenants with one contact each, and the people who work for them."""

from types import SimpleNamespace

import pytest

from tenants import domains, scope
from tenants.models import Contact, Domain, Member, Tenant, User


@pytest.fixture(autouse=True)
def _hosts(settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return build()


@pytest.fixture
def committed(transactional_db: None) -> SimpleNamespace:
    """The same with real commits, for what depends on transactions."""
    return build()


@pytest.fixture(autouse=True)
def _no_remembered_domains() -> None:
    domains.forget()


def build() -> SimpleNamespace:
    demo = Tenant.objects.create(slug="demo", name="Demo")
    other = Tenant.objects.create(slug="other", name="Other")
    owner = User.objects.create_user("owner@demo.test", "so-buzz-demo", name="Olive Owner")
    stranger = User.objects.create_user("owner@other.test", "so-buzz-demo")
    with scope.tenant(demo.pk):
        mine = Contact.objects.create(email="ana@example.com")
        member = Member.objects.create(user=owner, role="owner")
    with scope.tenant(other.pk):
        theirs = Contact.objects.create(email="zoe@example.com")
        Member.objects.create(user=stranger, role="owner")
        Domain.objects.create(host="jeu.other.test", verified=True)
        Domain.objects.create(host="soon.other.test")
    return SimpleNamespace(demo=demo, other=other, owner=owner, stranger=stranger, mine=mine, theirs=theirs, member=member)
