"""The servers that the tests stand on are what the tests believe them to be."""

import os

import pytest
from django.db import connection


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_role_of_the_tests_cannot_pass_row_level_security():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for():
    assert connection.vendor == os.environ.get("TEST_DATABASE", "postgresql")


async def test_a_page_under_the_strictest_policy_runs_in_the_browser(page):
    await page.set_content("<title>So-Buzz</title>")
    assert await page.title() == "So-Buzz"
