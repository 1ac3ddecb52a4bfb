"""Ids, addresses and the rows that only one may have."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tenants import scope
from tenants.email import normalised
from tenants.ids import public_id
from tenants.models import Contact, Tenant, User
from tenants.models.contact import text_hash


def test_public_ids_are_long_random_and_plain() -> None:
    ids = {public_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[a-z2-7]{26}", one) for one in ids)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Ana@Example.COM ", "ana@example.com"), ("ａｎａ@example.com", "ana@example.com"), ("jose\u0301@example.com", "josé@example.com")],
)
def test_an_address_has_one_form(typed: str, kept: str) -> None:
    assert normalised(typed) == kept
    assert normalised(kept) == kept


def test_a_contact_exists_once_in_a_tenant_and_again_in_another(site: SimpleNamespace) -> None:
    with scope.tenant(site.demo.pk), pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(email="ANA@example.com")
    with scope.tenant(site.other.pk):
        assert Contact.objects.create(email="ana@example.com").pk


def test_a_user_is_found_however_he_writes_his_address(site: SimpleNamespace) -> None:
    assert User.objects.get_by_natural_key(" OWNER@demo.test") == site.owner


def test_a_tenants_stylesheet_can_carry_no_more_than_colours(db: None) -> None:
    for bad in ("red", "#fff", "#ff5c1f;}", "url(x)", "#FF5C1F\n", "#ff5c1f\n"):
        with pytest.raises(ValidationError):
            Tenant(slug="x", name="X", brand_1=bad).full_clean()
    Tenant(slug="x", name="X", brand_1="#ff5c1f").full_clean()


def test_a_consent_keeps_the_hash_of_the_words() -> None:
    assert len(text_hash("J’accepte.")) == 64
