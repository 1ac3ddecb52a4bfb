"""What the doctor says of real servers, well and ill."""

import subprocess
import sys

import pytest

from tests.servers import postgres, process, redis
from tests.servers.site import ROOT, Site

FAST = {"safety"}  # the tests' PostgreSQL confirms what is not safe yet, and is told so


@pytest.fixture(scope="module")
def prepared(databases):
    return databases.new("doctor")


@pytest.fixture
def place(prepared, tmp_path):
    """A platform that is prepared and not started; a doctor changes nothing."""
    return Site(prepared, tmp_path)


@pytest.fixture(scope="module")
def careful(tmp_path_factory):
    """A PostgreSQL as one should be."""
    server = postgres.Postgres(postgres.binaries(), fast=False)
    server.start()
    yield server
    server.stop()


@pytest.mark.postgresql
def test_a_platform_without_a_fault_is_told_so(doctor, careful, tmp_path):
    place = Site(careful.url, tmp_path)
    place.manage("migrate", "-v0", "--no-input")
    visited = doctor(place.environment, "--at-rest")
    assert (visited.code, visited.failed) == (0, set())
    assert {"ok"} == set(visited.levels("database", "migrations", "walls", "clock", "safety", "connections", "redis", "keys", "hosts"))
    assert visited.levels("demo") == ["warn"]


@pytest.mark.postgresql
def test_a_role_above_row_level_security_is_a_fault(doctor, careful, tmp_path):
    place = Site(careful.url.replace("sobuzz@", "postgres@"), tmp_path)
    visited = doctor(place.environment, "--at-rest")
    assert "walls" in visited.failed
    assert "above row-level security" in visited.said("walls", "fail")


@pytest.mark.postgresql
def test_commits_that_are_confirmed_too_early_are_a_fault(doctor, place):
    visited = doctor(place.environment, "--at-rest")
    assert visited.failed == FAST
    assert visited.levels("safety") == ["fail"] * 3
    assert visited.levels("engine", "schedules", "queue") == [], "at rest nobody asks for what runs"
    assert any("Set synchronous_commit to on" in each["says"] for each in visited.findings)


def test_a_running_platform_has_owners_and_wants_its_queue(doctor, site):
    visited = doctor(site.environment)
    assert visited.levels("engine") == ["ok"]
    assert visited.failed - FAST == {"schedules"}
    assert "manage.py sync_schedules" in visited.said("schedules", "fail")


def test_a_platform_that_is_not_started_has_no_owners(doctor, place):
    assert "manage.py" in doctor(place.environment).said("engine", "fail")


def test_a_database_without_tables_is_told_to_migrate_and_nothing_that_follows_from_it(doctor, databases, tmp_path):
    if databases.sqlite:
        place = Site(f"sqlite:///{tmp_path}/empty.sqlite3", tmp_path)
    else:
        databases.create("empty")
        place = Site(databases.url("empty"), tmp_path)
    visited = doctor(place.environment)
    assert (visited.code, visited.failed - FAST) == (1, {"migrations"})
    assert "Run: manage.py migrate" in visited.said("migrations", "fail")


@pytest.mark.postgresql
def test_a_database_that_does_not_answer_is_said_once_and_without_its_password(doctor, place):
    place.environment["DATABASE_URL"] = f"postgres://sobuzz:planted@127.0.0.1:{process.free_port()}/none"
    visited = doctor(place.environment)
    assert (visited.code, visited.failed) == (1, {"database"})
    assert len(visited.levels("database")) == 1
    assert "planted" not in str(visited.findings)


def test_a_wrong_address_of_redis_is_a_fault_that_hides_its_password(doctor, place):
    place.environment["REDIS_URL"] = f"redis://user:planted@127.0.0.1:{process.free_port()}/0"
    visited = doctor(place.environment, "--at-rest")
    assert (visited.code, visited.failed - FAST) == (1, {"redis"})
    assert "correct REDIS_URL" in visited.said("redis", "fail")
    assert "planted" not in str(visited.findings)


@pytest.mark.postgresql
def test_a_redis_that_throws_away_and_cuts_off_is_worth_a_look(doctor, place):
    server = redis.Redis(redis.binary(), "--maxmemory-policy", "allkeys-lru")
    server.start()
    try:
        place.environment["REDIS_URL"] = server.url
        visited = doctor(place.environment, "--at-rest")
        assert visited.levels("redis", "eviction", "buffers") == ["ok", "warn", "warn"]
        assert "allkeys-lru" in visited.said("eviction", "warn")
        assert "pubsub 128mb 32mb 60" in visited.said("buffers", "warn")
    finally:
        server.stop()


@pytest.mark.postgresql
def test_a_redis_as_it_should_be_is_told_so(doctor, place):
    server = redis.Redis(redis.binary(), "--client-output-buffer-limit", "pubsub 128mb 32mb 60")
    server.start()
    try:
        place.environment["REDIS_URL"] = server.url
        assert doctor(place.environment, "--at-rest").levels("redis", "eviction", "buffers") == ["ok", "ok", "ok"]
    finally:
        server.stop()


def test_settings_that_let_everybody_in_are_faults(doctor, place):
    same = "0123456789" * 4
    place.environment |= {"DEMO": "0", "ALLOWED_HOSTS": "*", "SECRET_KEY": same, "PLATFORM_KEY": same}
    visited = doctor(place.environment, "--at-rest")
    assert visited.failed - FAST == {"settings", "keys"}
    assert "ALLOWED_HOSTS answers to every name" in visited.said("settings", "fail")


def test_few_files_and_a_host_that_cannot_be_probed_are_worth_a_look(doctor, place):
    place.environment["ALLOWED_HOSTS"] = "play.example.test"
    visited = doctor(place.environment, "--at-rest", before="ulimit -n 1000")
    assert visited.levels("files", "hosts") == ["warn", "warn"]
    assert "1,000 files" in visited.said("files", "warn")
    assert visited.failed - FAST == set()


def test_people_read_one_line_each_and_a_verdict(place):
    place.environment["REDIS_URL"] = f"redis://127.0.0.1:{process.free_port()}/0"
    done = subprocess.run(
        [sys.executable, "manage.py", "doctor", "--at-rest"], cwd=ROOT, env=place.environment, capture_output=True, text=True, check=False
    )
    *lines, _, verdict = done.stdout.splitlines()
    assert done.returncode == 1
    assert {line.split()[0] for line in lines} <= {"ok", "warn", "fail"}
    assert verdict.startswith("To mend: ")
    assert done.stderr == ""
    assert "exit code 1" in place.manage("doctor", "--help")
