"""Whose tries and joins are counted together: the network somebody comes from, as far as it can be believed."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from tenants import address

PROXIES = ("10.0.0.0/24", "192.0.2.7", "fd00::/8")


@pytest.fixture(autouse=True)
def _proxies(settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network(each) for each in PROXIES]


@pytest.mark.parametrize(
    ("peer", "same"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        (None, "unknown"),
        ("", "unknown"),
        ("testserver", "unknown"),
    ],
)
def test_a_household_is_one_source(peer: str | None, same: str) -> None:
    assert address.source(peer, "") == same


CHAINS = {
    "nobody's word counts where there is no proxy": ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
    "a proxy says whom it has heard": ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
    "two proxies, one behind the other": ("10.0.0.1", "198.51.100.1, 192.0.2.7", "198.51.100.1"),
    "what stands before a stranger is his own invention": ("10.0.0.1", "1.1.1.1, 10.0.0.9, 198.51.100.1", "198.51.100.1"),
    "a proxy over IPv6": ("fd00::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    "a proxy that is written as IPv6": ("::ffff:10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
    "a proxy that writes the port": ("10.0.0.1", "198.51.100.1:51234", "198.51.100.1"),
    "and in brackets": ("10.0.0.1", "[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
    "a proxy that asks for itself": ("10.0.0.1", "", "10.0.0.1"),
    "a proxy whose word cannot be read": ("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"),
    "a zero byte": ("10.0.0.1", "\0", "10.0.0.1"),
    "very much of it": ("10.0.0.1", "1.1.1.1," * 1000 + "198.51.100.1", "198.51.100.1"),
}


@pytest.mark.parametrize(("peer", "forwarded", "source"), CHAINS.values(), ids=CHAINS)
def test_the_last_one_who_is_no_proxy_of_ours_is_the_source(peer: str, forwarded: str, source: str) -> None:
    assert address.source(peer, forwarded) == source


def test_without_proxies_a_header_changes_nothing(settings) -> None:
    settings.TRUSTED_PROXIES = []
    assert address.source("10.0.0.1", "198.51.100.1") == "10.0.0.1"


def test_a_request_brings_both(rf: RequestFactory) -> None:
    assert address.of(rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "198.51.100.1"})) == "198.51.100.1"
