"""What the pages tell people to open, to type and to use is there."""

import importlib.util
import re

import pytest
from django.core.management import get_commands

from games.registry import MECHANICS
from tests.docs.pages import PACKAGES, PAGES, ROOT, commands, names_in_table, section
from tests.servers.site import Site
from tools import lengths

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
TARGETS = set(re.findall(r"^([a-z.]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
SETTING = r"(?:[A-Z_]+=\S+ )*"
OURS = re.compile(rf"(?:{'|'.join((*PACKAGES, 'benchmarks', 'docs', 'requirements', 'tests', 'tools'))})/\S*|\.ci/run")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()


def links(text: str) -> list[str]:
    return [link for link in LINK.findall(text) if "://" not in link]


def targets(text: str) -> list[str]:
    found = [re.match(rf"{SETTING}make {SETTING}([a-z.]+)", command) for command in commands(text)]
    return [match[1] for match in found if match]


def managed(text: str) -> list[str]:
    return [word for command in commands(text) for word in re.findall(r"manage\.py ([a-z_]+)", command)]


def modules(text: str) -> list[str]:
    return [word for command in commands(text) for word in re.findall(r"\bpython -m ([\w.]+)", command)]


def paths(text: str) -> list[str]:
    """Files and folders of ours; `<kind>` and `*` stand for any."""
    return [re.sub(r"<\w+>", "*", name) for name in commands(text) if OURS.fullmatch(name)]


def missing(document) -> list[str]:
    text = document.read_text()
    return [
        *(link for link in links(text) if not (document.parent / link).exists()),
        *(f"make {name}" for name in targets(text) if name not in TARGETS),
        *(f"manage.py {name}" for name in managed(text) if name not in get_commands()),
        *(f"python -m {name}" for name in modules(text) if importlib.util.find_spec(name) is None),
        *(name for name in paths(text) if not any(ROOT.glob(name))),
    ]


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_links_commands_and_files_of_a_page_are_there(document):
    assert missing(document) == []


def test_what_is_not_there_is_named(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "[a](no.md) [b](https://example.org/no) [c](#here)\n`make\nnothing` `PORT=1 make run`\n```\nmake nowhere   does it\n```\n\n"
        "    python manage.py nobody\n\n`python -m tools.nothing` `games/no.py` `games/mechanics/<kind>.no` `games/*`\n"
    )
    wanted = ["no.md", "make nowhere", "make nothing", "manage.py nobody", "python -m tools.nothing", "games/no.py", "games/mechanics/*.no"]
    assert missing(page) == wanted


def test_the_pages_do_say_such_things():
    text = "\n".join(page.read_text() for page in PAGES)
    assert {"run", "test", "check", "proof", "mutants", "soak", "bench", "messages", "lock"} <= set(targets(text))
    assert {"verify"} <= set(managed(text))
    assert {"docs/decisions.md", "docs/img/picture.png"} <= set(links(text))
    assert {"realtime/api.py", ".ci/run"} <= set(paths(text))


def test_the_build_runs_what_contributors_are_told():
    told = CONTRIBUTING.split("`.ci/run` is what", 1)[1].split("\n\n", 1)[0]
    assert re.findall(r"^make (\w+)", (ROOT / ".ci/run").read_text(), re.MULTILINE) == targets(told)


@pytest.mark.parametrize("kind", MECHANICS)
def test_a_mechanic_has_the_files_that_are_asked_of_a_new_one(kind):
    named = [name.replace("<kind>", kind) for name in commands(section(CONTRIBUTING, "To add a mechanic")) if "<kind>" in name]
    asked = [name for name in named if not name.startswith(".venv/bin/python")]
    assert len(asked) == 4, "rules, view, tests, golden settings"
    for name in asked:
        assert (ROOT / name).exists() or (ROOT / name).with_suffix("").is_dir(), name


def test_the_lengths_are_those_that_are_held():
    assert f"at most {lengths.LIMIT} lines, one of tests {lengths.LIMIT_OF_TESTS}" in " ".join(CONTRIBUTING.split())


def test_the_fixtures_that_are_promised_exist(request):
    promised = [re.match(r"\w+", name)[0] for name in names_in_table(section(CONTRIBUTING, "Tests")) if re.match(r"[a-z]+(\w|\()*", name)]
    assert {"site", "new_site", "browser", "page", "figure"} <= set(promised)
    for name in promised:
        assert request._fixturemanager.getfixturedefs(name, request.node), name


def test_a_site_can_do_what_is_promised():
    (row,) = re.findall(r"^\| `new_site.*$", CONTRIBUTING, re.MULTILINE)
    for name in re.findall(r"`(\w+)(?:\([^`]*\))?`", row.split("|")[2]):
        assert hasattr(Site, name), name


def test_every_package_that_we_ask_for_has_its_line_and_its_reason():
    asked = {
        re.match(r"[\w-]+", line)[0]
        for name in ("runtime", "test", "tool")
        for line in (ROOT / f"requirements/{name}.in").read_text().splitlines()
        if line and not line.startswith("#")
    }
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE)
    listed = {re.match(r"[\w-]+", name)[0] for row in rows for name in row.split(", ")} - {"package", "---"}
    assert listed == asked
