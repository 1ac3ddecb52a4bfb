"""A draft and its form, as a browser without scripts handles them."""

from __future__ import annotations

import re

from django.urls import reverse

from games.drafts import content, keeping
from games.models import Draft
from tenants import scope

JSON = {"headers": {"accept": "application/json"}}
OF_A_DRAFT = ("", "preview", "publish", "try", "history")
DONE_TO_IT = ("restore", "bin", "back")


def named(name: str) -> str:
    return f"console-draft-{name}" if name else "console-draft"


def made(world, tenant: str = "demo") -> Draft:
    owner = world.members[tenant, "owner"]
    with scope.tenant(owner.tenant_id):
        return keeping.make("instant_win", content.beginning("instant_win", owner.tenant, "en"), owner)


def sent(page: str) -> dict[str, str]:
    """The form as a browser would send it untouched."""
    found = {}
    form = page.split('<form id="setup"', 1)[1].split("</form>")[0]
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checked" in tag or not re.search(r'type="(radio|checkbox)"', tag)):
            found[name[1]] = value[1] if value else "on"
    for name, inside in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = re.search(r'value="([^"]*)" selected', inside)[1]
    return found


def fresh(draft: Draft) -> Draft:
    with scope.tenant(draft.tenant_id):
        return Draft.objects.get(pk=draft.pk)


def address(draft: Draft, name: str = "") -> str:
    return reverse(named(name), args=[draft.public_id])
