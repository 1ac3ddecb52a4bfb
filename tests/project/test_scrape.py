"""Who may read the metrics, and what he reads."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from ipaddress import ip_network

import httpx
import pytest
from django.core.management import call_command
from prometheus_client.parser import text_string_to_metric_families

from project import scrape
from project.sidedoor import Sidedoor
from scheduler.gauges import QueueGauges
from tests.servers import process
from tests.servers.site import ROOT

TOKEN = "a token of the tests, of nothing else"


def eventually(there):
    until = time.monotonic() + 10
    while not there():
        assert time.monotonic() < until
        time.sleep(0.002)


def rows(text: str) -> dict:
    return {sample.name: sample.value for family in text_string_to_metric_families(text) for sample in family.samples}


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_this_machine_may_read_them(address):
    assert scrape.may(address, {})


@pytest.mark.parametrize("address", ["10.0.0.1", "2001:db8::1", "", None, "nonsense", "::ffff:10.0.0.1"])
def test_others_may_not(address):
    assert not scrape.may(address, {})


def test_a_network_can_be_let_in(settings):
    settings.METRICS_ALLOW = [ip_network("10.1.0.0/16")]
    assert scrape.may("10.1.2.3", {})
    assert not scrape.may("127.0.0.1", {})


@pytest.mark.parametrize("header", scrape.PASSED_ON)
def test_a_proxy_on_this_machine_lets_nobody_in(header):
    assert not scrape.may("127.0.0.1", {header: "203.0.113.9"})


def test_the_token_opens_from_anywhere_also_through_a_proxy(settings):
    settings.METRICS_TOKEN = TOKEN
    assert scrape.may("203.0.113.9", {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "203.0.113.9"})
    assert not scrape.may("203.0.113.9", {"Authorization": f"Bearer {TOKEN}x"})
    assert not scrape.may("203.0.113.9", {"Authorization": TOKEN})


def test_without_a_token_an_empty_bearer_opens_nothing(settings):
    settings.METRICS_TOKEN = ""
    assert not scrape.may("203.0.113.9", {"Authorization": "Bearer "})


def test_a_web_process_tells_its_metrics(site):
    answer = httpx.get(f"{site.url}/metrics")
    found = rows(answer.text)
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert (found["sobuzz_healthy"], found["sobuzz_queue_readable"], found["sobuzz_build"]) == (1, 1, 1)
    assert 'process="web"' in answer.text
    assert found["process_open_fds"] > 0
    assert httpx.get(f"{site.url}/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403


def test_a_database_that_does_not_answer_costs_the_rows_of_the_queue_alone(monkeypatch):
    def hang():
        time.sleep(3)

    monkeypatch.setattr("scheduler.gauges.condition", hang)
    monkeypatch.setattr("scheduler.gauges.PATIENCE", 0.01)
    gauges = QueueGauges()
    assert [(family.name, family.samples[0].value) for family in gauges.collect()] == [("sobuzz_queue_readable", 0)]
    first = gauges.asking
    list(gauges.collect())
    assert gauges.asking is first, "no second question while the first is open"


def test_two_who_ask_at_once_ask_one_question(monkeypatch):
    begun, reached, go, over, start = [], threading.Event(), threading.Event(), threading.Event(), threading.Thread.start

    def slow(thread):
        if thread.name == "queue gauges":
            begun.append(thread)
            reached.set()
            go.wait(10)
        start(thread)

    monkeypatch.setattr("scheduler.gauges.condition", over.wait)
    monkeypatch.setattr("scheduler.gauges.PATIENCE", 0.01)
    gauges = QueueGauges()
    first, second = (threading.Thread(target=gauges.ask) for _ in range(2))
    monkeypatch.setattr(threading.Thread, "start", slow)
    first.start()
    assert reached.wait(10)
    second.start()
    second.join(0.1)  # as far as he gets while the first one is in the middle of it
    go.set()
    first.join()
    second.join()
    over.set()
    assert len(begun) == 1


def test_a_bounded_number_is_served_at_a_time_beside_the_pages(monkeypatch):
    monkeypatch.setattr("project.sidedoor.MOST", 2)
    door = Sidedoor(lambda: True, lambda: {"ready": True})
    port = process.free_port()
    door.open(port)
    try:
        held = [process.socket.create_connection(("127.0.0.1", port)) for _ in range(2)]
        eventually(lambda: door.server.free == 0)
        with process.socket.create_connection(("127.0.0.1", port)) as third:
            assert third.recv(1) == b"", "he is sent away at once"
        for line in held:
            line.close()
        eventually(lambda: door.server.free == 2)
        assert httpx.get(f"http://127.0.0.1:{port}/healthz").text == "ok\n"
    finally:
        door.close()


def test_an_engine_has_a_port_of_its_own(new_site):
    port = process.free_port()
    site = new_site(METRICS_PORT=str(port))
    if not site.engines:
        pytest.skip("here the web process hosts the games itself")
    url = f"http://127.0.0.1:{port}"
    assert httpx.get(f"{url}/healthz").text == "ok\n"
    assert httpx.get(f"{url}/readyz").json()["ready"] is True
    found = rows(httpx.get(f"{url}/metrics").text)
    assert found["sobuzz_leases_held"] == found["sobuzz_shards"] > 0
    assert httpx.get(f"{url}/metrics", headers={"Via": "somebody"}).status_code == 403
    assert httpx.get(f"{url}/").status_code == 404
    site.process.send_signal(signal.SIGSTOP)  # the engine's port does not need the web process
    try:
        assert httpx.get(f"{url}/readyz").status_code == 200
    finally:
        site.process.send_signal(signal.SIGCONT)
    assert site.stop() == 0
    assert site.complaints() == []


def test_a_taken_port_costs_the_metrics_and_not_the_games(new_site):
    with process.socket.create_server(("127.0.0.1", 0)) as taken:
        site = new_site(METRICS_PORT=str(taken.getsockname()[1]))
        if not site.engines:
            pytest.skip("here the web process hosts the games itself")
        assert httpx.get(f"{site.url}/readyz").status_code == 200
        process.wait_until(lambda: "cannot be used" in site.said(), site.engines[0], site.log)


def test_the_queue_has_the_next_port(new_site):
    port = process.free_port()
    site = new_site()
    environment = {**site.environment, "METRICS_PORT": str(port)}
    cluster = process.spawn([sys.executable, "manage.py", "qcluster"], cwd=ROOT, log=site.log, env=environment)
    try:
        process.wait_until(lambda: process.accepts(port + 1), cluster, site.log)
        assert httpx.get(f"http://127.0.0.1:{port + 1}/readyz").json()["ready"] is True
        text = httpx.get(f"http://127.0.0.1:{port + 1}/metrics").text
        assert rows(text)["sobuzz_queue_readable"] == 1
        assert 'process="queue"' in text
        assert "sobuzz_healthy" not in rows(text)
        assert process.stop(cluster, signal.SIGTERM, grace=20) == 0
        assert site.complaints() == []
    finally:
        process.stop(cluster, signal.SIGKILL)


def knock(port):
    """In a process of its own, as the queue's: until the door is open."""
    until = time.monotonic() + 10
    while not process.accepts(port):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_the_queue_hears_its_options_also_where_it_tells_its_metrics(monkeypatch, settings):
    settings.METRICS_PORT = process.free_port()
    child = multiprocessing.get_context("fork").Process(target=knock, args=(settings.METRICS_PORT + 1,))
    heard = []

    class Cluster:
        def start(self):
            heard.append(os.environ["Q_CLUSTER_NAME"])
            child.start()

    monkeypatch.setenv("Q_CLUSTER_NAME", "so-buzz")
    monkeypatch.setattr("django_q.management.commands.qcluster.Cluster", Cluster)
    call_command("qcluster", "--name", "other")
    assert (heard, child.exitcode) == (["other"], 0)
