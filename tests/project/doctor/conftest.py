"""A doctor in a process of its own, in the environment of whom it visits."""

import json
import subprocess
import sys

import pytest

from tests.servers.site import ROOT


class Visited:
    def __init__(self, code: int, findings: list[dict]) -> None:
        self.code, self.findings = code, findings

    def levels(self, *subjects: str) -> list[str]:
        return [each["level"] for each in self.findings if each["subject"] in subjects]

    def said(self, subject: str, level: str) -> str:
        (found,) = (each["says"] for each in self.findings if each["subject"] == subject and each["level"] == level)
        return found

    @property
    def failed(self) -> set[str]:
        return {each["subject"] for each in self.findings if each["level"] == "fail"}


@pytest.fixture
def doctor():
    """`doctor(environment, *arguments)`; `before` are words of a shell that come first."""

    def visit(environment: dict[str, str], *arguments: str, before: str = "") -> Visited:
        command = [sys.executable, "manage.py", "doctor", "--json", *arguments]
        if before:
            command = ["sh", "-c", f'{before}; exec "$@"', "sh", *command]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        said = json.loads(done.stdout or done.stderr)
        assert said["healthy"] == (done.returncode == 0)
        return Visited(done.returncode, said["findings"])

    return visit
