import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from games.fairness import pack
from games.fairness.verdict import verify

PROOFS = {"moments": "moments_proof", "draw": "draw_proof"}


@pytest.fixture(params=PROOFS)
def proof(request):
    return request.param, request.getfixturevalue(PROOFS[request.param])


def leaves(value, path=()):
    """Each text and each number in a document, with the way to it."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from leaves(value[key], (*path, key))
    else:
        yield path, value


def changed(document, path, value):
    copy = json.loads(json.dumps(document))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return json.dumps(copy).encode()


def other(value):
    if isinstance(value, int):
        return value + 1
    return ("0" if value[0] != "0" else "1") + value[1:]


@pytest.mark.promise("P5")
def test_a_proof_in_which_all_holds_gets_one_line(proof, laid):
    what, files = proof
    code, words = verify([what, laid(files)])
    assert (code, words[:10], words.count("\n")) == (0, "All holds:", 0)


def test_the_line_says_what_was_found_and_what_was_not_checked(moments_proof, draw_proof, laid):
    _, words = verify(["moments", laid(moments_proof)])
    assert "21 moments of commitment " in words
    assert ", 21 of them won; randomness of two witnesses." in words
    _, words = verify(["draw", laid(draw_proof)])
    assert "4 of 5 entries drawn" in words
    assert "the beacon's signature was not checked" in words


@pytest.mark.promise("P5")
def test_every_value_of_every_document_matters(proof, laid):
    what, files = proof
    tried = 0
    for name in files.keys() - {"entries.txt", "plays.txt"}:
        document = json.loads(files[name])
        for path, value in leaves(document):
            code, words = verify([what, laid(files | {name: changed(document, path, other(value))})])
            assert (code, words[:14]) == (1, "Does not hold:"), (name, path)
            tried += 1
    assert tried > 20


@pytest.mark.promise("P5")
def test_every_byte_of_every_list_matters(proof, laid):
    what, files = proof
    (name,) = files.keys() & {"entries.txt", "plays.txt"}
    for place in range(0, len(files[name]), 7):
        data = bytearray(files[name])
        data[place] ^= 1
        assert verify([what, laid(files | {name: bytes(data)})])[0] == 1


@pytest.mark.promise("P4")
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda lines, won: lines[: won[0]] + lines[won[0] + 1 :], "still open"),
        (lambda lines, won: [*lines[: won[-1]], lines[won[-1]].rsplit(" ", 1)[0] + " -", *lines[won[-1] + 1 :]], "still to be won"),
        (lambda lines, won: [*lines, lines[won[0]].replace(lines[won[0]].split()[1], "f" * 32)], "won twice"),
        (lambda lines, won: [*lines, lines[0]], "listed twice"),
        (lambda lines, won: [lines[0].replace(" -", " 20"), *lines[1:]], "before its time"),
        (lambda lines, won: [*lines[:-1], lines[-1].replace(" -", " 21")], "there are only 21"),
    ],
)
def test_a_log_rewritten_together_with_its_hash_does_not_hold(moments_proof, laid, change, fault):
    lines = moments_proof["plays.txt"].decode().splitlines()
    won = [number for number, line in enumerate(lines) if not line.endswith("-")]
    log = "".join(f"{line}\n" for line in change(lines, won)).encode()
    result = json.loads(moments_proof["result.json"])
    del result["plays_sha256"]
    code, words = verify(["moments", laid(moments_proof | {"plays.txt": log, "result.json": json.dumps(result).encode()})])
    assert code == 1
    assert fault in words


@pytest.mark.parametrize("what", PROOFS)
def test_a_key_more_a_key_twice_and_a_number_with_a_point_do_not_hold(what, request, laid):
    files = request.getfixturevalue(PROOFS[what])
    for start in (b'{"note":1,', b'{"v":"IW/1",', b'{"note":1.5,', b'{"note":null,'):
        code, _ = verify([what, laid(files | {"manifest.json": start + files["manifest.json"][1:]})])
        assert code == 1


def test_a_draw_may_say_that_it_had_no_secret_and_may_not_have_one(draw_proof, laid):
    assert verify(["draw", laid(draw_proof | {"secret.json": json.dumps({"secret": "0" * 64}).encode()})])[0] == 0
    assert verify(["draw", laid(draw_proof | {"secret.json": json.dumps({"secret": "1" * 64}).encode()})])[0] == 1


def test_a_draw_by_witnesses_holds_too(vectors, manifest, secrets, laid):
    five = vectors["draws"][1]
    files = pack.draw_files(five["manifest"] | {"beacon": manifest["beacon"]}, secrets, five["entries.txt"].encode())
    assert verify(["draw", laid(files)])[0] == 0


def test_moments_by_the_beacon_hold_too(vectors, laid):
    vector = vectors["iw"]
    files = pack.moments_files(vector["manifest"], bytes.fromhex(vector["secret"]), vectors["beacon"], [])
    code, words = verify(["moments", laid(files)])
    assert code == 0
    assert "signature was not checked" in words


def test_a_file_that_is_missing_or_no_json_is_named(proof, laid, tmp_path):
    what, files = proof
    for name in files:
        path = laid(files)
        (tmp_path / name).unlink()
        assert verify([what, path]) == (2, f"Cannot verify: {name} is missing or cannot be read.")
        (tmp_path / name).mkdir()
        assert verify([what, path])[0] == 2
        (tmp_path / name).rmdir()
        if name.endswith(".json"):
            assert verify([what, laid(files | {name: b"{"})]) == (2, f"Cannot verify: {name} is not readable as JSON.")


@pytest.mark.parametrize("arguments", [[], ["moments"], ["quiz", "."], ["draw", ".", "."], ["moments", "/nowhere/at/all"], ["draw", "\0"]])
def test_bad_usage_gets_one_sentence(arguments):
    code, words = verify(arguments)
    assert (code, words.count("\n")) == (2, 0)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_file_whatever_is_in_it_makes_it_stumble(proof, laid, data):
    what, files = proof
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name])))
    junk = data.draw(st.binary(max_size=20) | st.sampled_from([b"{", b"[", b'"', b"null", b"-1", b"[[[]]]", b"\xed\xa0\x80"]))
    cut = data.draw(st.integers(0, 40))
    code, words = verify([what, laid(files | {name: files[name][:at] + junk + files[name][at + cut :]})])
    assert code in (0, 1, 2)
    assert len(words.splitlines()) == 1
    assert code or (junk == files[name][at : at + cut]) or name not in ("entries.txt", "plays.txt")


def alone(*arguments):
    """The file by itself, as a stranger runs it: no package of ours on its path, none of anyone's."""
    command = [sys.executable, "-I", "-S", str(pack.VERIFIER), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd="/", env={}, timeout=30)


@pytest.mark.promise("P5")
def test_the_standalone_file_says_the_same(proof, laid):
    what, files = proof
    for name in (None, *files):
        path = laid(files if name is None else files | {name: files[name].replace(b"1", b"2")})
        code, words = verify([what, path])
        run = alone(what, path)
        assert (run.returncode, run.stdout + run.stderr) == (code, words + "\n")
        laid(files)
    assert alone().returncode == 2
