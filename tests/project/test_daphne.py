"""Daphne is what developers expect of `runserver`; nobody else pays for it."""

import subprocess
import sys

import pytest

from tests.servers.site import ROOT

PROGRAM = """
import os, sys
sys.argv[1:] = {arguments}
os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
import django, django.core.management
django.setup()
import project.asgi
command = django.core.management.load_command_class(django.core.management.get_commands()["runserver"], "runserver")
print("twisted" in sys.modules, type(command).__module__.split(".")[0])
"""


@pytest.mark.parametrize(
    ("arguments", "found"), [(["runserver"], "True daphne"), (["serve"], "False servestatic"), ([], "False servestatic")]
)
def test_twisted_is_loaded_by_runserver_alone(arguments, found):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(arguments=arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == found, done.stderr
