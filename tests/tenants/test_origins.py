"""From which pages a socket may be opened: scheme, host and port exact, and the tenant's own."""

from types import SimpleNamespace

import pytest

from tenants import origins

HOST = "play.example.com"


@pytest.fixture(autouse=True)
def _hosts(settings) -> None:
    settings.ALLOWED_HOSTS = [HOST, "localhost"]


@pytest.mark.parametrize(
    ("origin", "host", "secure", "good"),
    [
        ("https://play.example.com", HOST, True, True),
        ("https://PLAY.example.com", HOST, True, True),
        ("http://localhost:8000", "localhost:8000", False, True),
        ("http://play.example.com", HOST, True, False),  # scheme
        ("https://play.example.com:8443", HOST, True, False),  # port
        ("https://evil.play.example.com", HOST, True, False),  # sub-domain
        ("https://play.example.com.evil.test", HOST, True, False),
        ("https://evil.test", HOST, True, False),
        ("http://localhost:8001", "localhost:8000", False, False),
        ("null", HOST, True, False),
        ("", HOST, True, False),
        ("https://", HOST, True, False),
        ("https://evil.test", "evil.test", True, False),  # a Host that is not ours, as after DNS rebinding
        ("https://play.example.com@evil.test", HOST, True, False),
        ("https://jeu.other.test", HOST, True, True),  # a page of the tenant's own domain
        ("https://jeu.other.test", "jeu.other.test", True, True),
        ("http://jeu.other.test:8000", "jeu.other.test:8000", False, True),
        ("https://play.example.com", "jeu.other.test", True, False),
        ("https://soon.other.test", HOST, True, False),  # not verified yet
        ("https://soon.other.test", "soon.other.test", True, False),
    ],
)
def test_only_exact_origins_open_a_socket(site: SimpleNamespace, origin: str, host: str, secure: bool, good: bool) -> None:
    assert origins.allowed(origin, host, site.other.pk, secure=secure) is good


@pytest.mark.promise("P20")
@pytest.mark.parametrize("host", [HOST, "jeu.other.test"])
def test_a_domain_of_one_tenant_opens_no_socket_of_another(site: SimpleNamespace, host: str) -> None:
    assert not origins.allowed("https://jeu.other.test", host, site.demo.pk, secure=True)


def test_a_wildcard_lets_hosts_pass_but_no_foreign_origin(site: SimpleNamespace, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert origins.allowed("http://192.168.1.5:8000", "192.168.1.5:8000", site.demo.pk, secure=False)
    assert not origins.allowed("http://evil.test", "192.168.1.5:8000", site.demo.pk, secure=False)
    assert not origins.allowed("https://jeu.other.test", "jeu.other.test", site.demo.pk, secure=True)


@pytest.mark.parametrize("name", ["jeu.other.test\0", "x" * 5000])
def test_what_is_no_name_is_not_looked_for(site: SimpleNamespace, name: str, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert not origins.allowed(f"http://{name}", HOST, site.other.pk, secure=False)
