"""The web process as a whole: it comes up, says what it is, and goes without leaving anything."""

import signal

import httpx
import pytest

from tests.servers import process
from tests.servers.site import BOTH


@pytest.mark.parametrize("server", BOTH)
def test_the_platform_is_ready_on_both_servers(new_site, server):
    site = new_site(server)
    answer = httpx.get(f"{site.url}/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert answer.json()["version"]


def test_the_server_does_not_say_what_it_is(site):
    assert "server" not in httpx.get(f"{site.url}/healthz").headers


@pytest.mark.fault
def test_a_site_that_was_killed_comes_back_on_its_database(new_site):
    site = new_site()
    site.kill()
    site.start()
    assert httpx.get(f"{site.url}/readyz").status_code == 200


def test_a_site_that_is_asked_to_stop_ends_cleanly(new_site):
    site = new_site()
    assert site.stop() == 0
    assert site.complaints() == []
    assert not process.accepts(site.port)


def test_a_second_site_on_a_taken_port_ends_with_one_sentence(site):
    with pytest.raises(RuntimeError) as problem:
        site.manage("serve")
    said = str(problem.value).splitlines()[1:]
    assert len(said) == 1
    assert "Choose another" in said[0]


def test_without_an_engine_the_web_process_says_that_it_is_not_ready_and_with_one_that_it_is(new_site):
    site = new_site()
    if not site.engines:
        pytest.skip("here the web process hosts the games itself")
    process.stop(site.engines.pop(), signal.SIGTERM)
    answer = httpx.get(f"{site.url}/readyz")
    assert (answer.status_code, answer.json()["engine"], answer.json()["database"]) == (503, False, True)
    engine = site.start_engine()
    process.wait_until(site.is_ready, engine, site.log)
    assert site.complaints() == []


def test_an_engine_needs_redis_to_be_one_of_several(site):
    with pytest.raises(RuntimeError, match="Set REDIS_URL to run engines beside it"):
        site.manage("engine", REDIS_URL="")
