"""A game's proof for its client: fingerprints, and a pack for the bailiff. Before the end both hold only what anybody may know."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from games.console.frame import show_tab
from games.console.page import find
from games.fairness.canonical import digest, encode
from games.fairness.pack import zipped
from games.models import Game
from games.pages import proof, protocols
from games.pages.archive import ARCHIVE
from tenants.access import MemberRequest, member_required

SUMS = "SHA256SUMS"


class File(NamedTuple):
    name: str
    what: str
    size: int
    sha256: str


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest, public_id: str) -> HttpResponse:
    game = find(public_id)
    context = {**sealed(game), "files": listed(files(game))} if game.seal else {"sealed": False}
    return show_tab(request, game, "proof", context)


@require_safe
@never_cache
@member_required()
def download(request: MemberRequest, public_id: str) -> HttpResponse:
    """The files with a list of their hashes, as `sha256sum -c` reads it; of a game that sealed nothing there are none."""
    game = find(public_id)
    made = files(game) if game.seal else {}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(made.items()))
    response = HttpResponse(zipped({**made, SUMS: sums.encode()}), content_type="application/zip")
    stage = "proof" if game.phase == "ended" else "deposit"
    response["Content-Disposition"] = f'attachment; filename="{game.slug}-{stage}.zip"'
    return response


def sealed(game: Game) -> dict[str, Any]:
    protocol = protocols.of(game)
    manifest = game.seal["manifest"]
    version = {"version": manifest["v"], "tzdata": manifest.get("tzdata", ""), "command": protocol.name}
    return {"sealed": True, **version, **proof.sealed(game), **protocol.facts(game)}


def files(game: Game) -> Mapping[str, bytes]:
    """After the end those of the public proof; before it what was published, to be deposited."""
    if game.phase == "ended":
        with zipfile.ZipFile(io.BytesIO(ARCHIVE.zipped(game))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    manifest = game.seal["manifest"]
    published = {"game": game.public_id, "commit": game.seal["commit"], "manifest_sha256": digest(manifest).hex(), "version": manifest["v"]}
    return {"manifest.json": encode(manifest), "commitment.json": encode(published)}


def listed(made: Mapping[str, bytes]) -> list[File]:
    return [File(name, meaning(name), len(data), hashlib.sha256(data).hexdigest()) for name, data in sorted(made.items())]


def meaning(name: str) -> str:
    return {
        "manifest.json": _("The rules of chance: prizes, stock, hours"),
        "commitment.json": _("The fingerprints that were published before the opening"),
        "witness.json": _("The secrets that added chance"),
        "beacon.json": _("The public randomness that was used"),
        "secret.json": _("The game’s own secret, opened after the end"),
        "result.json": _("What follows from them: every winning moment"),
        "plays.txt": _("Every play in its order, without names"),
        "entries.txt": _("Every entry in its order, without names"),
        "acts.json": _("What the hosts did: prizes frozen, added, called on stage"),
        "moments.txt": _("The winning moments that were brought"),
        "verify.html": _("The verifier for a browser, without a network"),
        "verify.py": _("The verifier: needs Python and nothing else"),
    }.get(name, "")
