import hashlib
import io
import json
import zipfile

import pytest

from games.fairness import pack
from games.fairness.shape import Refused


def test_the_hash_of_the_file_is_the_hash_that_was_published(moments_proof, draw_proof):
    for files in (moments_proof, draw_proof):
        published = json.loads(files["result.json"])["manifest_sha256"]
        assert hashlib.sha256(files["manifest.json"]).hexdigest() == published


def test_a_proof_of_moments_has_these_files(moments_proof):
    assert sorted(moments_proof) == ["manifest.json", "plays.txt", "result.json", "secret.json", "witness.json"]


def test_a_proof_of_a_draw_has_these_files(draw_proof):
    assert sorted(draw_proof) == ["beacon.json", "entries.txt", "manifest.json", "result.json"]


def test_the_archive_is_the_same_at_any_time_and_carries_the_verifier(moments_proof):
    archive = zipfile.ZipFile(io.BytesIO(pack.zipped(moments_proof)))
    assert archive.namelist() == sorted([*moments_proof, "verify.py"])
    assert archive.read("verify.py") == pack.VERIFIER.read_bytes()
    assert pack.zipped(dict(reversed(moments_proof.items()))) == pack.zipped(moments_proof)


def test_nothing_is_packed_that_would_not_verify(manifest, secrets):
    with pytest.raises(Refused, match="secret 1"):
        pack.moments_files(manifest, bytes(32), {"secrets": secrets["secrets"][::-1]}, [])
