"""`manage.py doctor`: what is well with this platform, what is not, and what to do about it."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser

from project.doctor import Finding, visit
from tenants.command import Explained


class Command(Explained):
    help = "Says in a line each what is well with settings, machine, database, Redis, engines and queue, and what is not."
    examples = """
manage.py doctor --at-rest   before the first start
manage.py doctor             after a deploy
manage.py doctor --json      from monitoring

  ok     nothing to do
  warn   works, but look at it: exit code 0
  fail   mend it, the line says how: exit code 1

It reads and changes nothing, and waits for nobody longer than a few seconds. Give it the same environment as the
platform: it sees what they see. docs/operations.md says what to watch all the time.
"""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at-rest", action="store_true", help="nothing runs yet: leave out engines, schedules and queue")
        parser.add_argument("--json", action="store_true", help="one object: healthy, and a list of findings")

    def handle(self, *args: Any, at_rest: bool, **options: Any) -> None:
        found: list[Finding] = []
        for finding in visit(at_rest):
            found.append(finding)
            if not options["json"]:
                self.say(finding)
        failed = sum(finding.level == "fail" for finding in found)
        if options["json"]:
            findings = [{"level": each.level, "subject": each.subject, "says": each.line} for each in found]
            self.stdout.write(json.dumps({"healthy": not failed, "findings": findings}, indent=1, ensure_ascii=False))
        else:
            self.stdout.write(verdict(failed, sum(finding.level == "warn" for finding in found)))
        if failed:
            sys.exit(1)

    def say(self, finding: Finding) -> None:
        paint = {"ok": self.style.SUCCESS, "warn": self.style.WARNING, "fail": self.style.ERROR}[finding.level]
        self.stdout.write(f"{paint(f'{finding.level:<5}')} {finding.subject:<12} {finding.line}")
        self.stdout.flush()


def verdict(failed: int, warned: int) -> str:
    if failed:
        return f"\nTo mend: {failed}. To look at: {warned}."
    return f"\nNothing to mend. To look at: {warned}." if warned else "\nAll is well."
