"""The verifier in the browser says what verify.py says, word for word, and reaches no network."""

import base64
import hashlib
import io
import json
import zipfile

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe

from games.fairness import pack, witness
from games.fairness.moments import derive
from games.fairness.verdict import verify
from games.papers import verifier

# Of the file's own rooms: what its last one does with a file, without the file.
ASK = """async ([kind, files]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const folder = new $folder.Folder(new Map(Object.entries(files).map(([name, text]) => [name, bytes(text)])));
    const { code, words } = await $verdict.verify(kind, folder);
    return [code, words];
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def opened(new_context, tmp_path):
    """From a disk, with the network cut."""
    page = await (await new_context()).new_page()
    asked, complaints = [], []
    await page.route("http*://**", lambda route: route.abort())
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    (tmp_path / "verify.html").write_bytes(verifier.page().html)
    await page.goto((tmp_path / "verify.html").as_uri())
    page.tmp = tmp_path
    yield page
    assert (asked, complaints) == ([], [])


async def answered(page, what, files):
    """As the two say it: the page, and verify.py."""
    told = await page.evaluate(ASK, [what, {name: base64.b64encode(data).decode() for name, data in files.items()}])
    folder = page.tmp / "files"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return tuple(told), verify([what, str(folder)])


@pytest.mark.promise("P5")
async def test_all_published_vectors_come_out_alike(opened, vectors):
    beacon = {name: vectors["beacon"][name] for name in ("round", "signature", "randomness")}
    for name in ("iw", "iw_weighted"):
        for mode in ("iid", "stratified"):
            manifest = {**vectors[name]["manifest"], "mode": mode}
            files = pack.moments_files(manifest, bytes.fromhex(vectors[name]["secret"]), beacon, [])
            theirs, ours = await answered(opened, "moments", files)
            assert theirs == ours
            assert ours[0] == 0, ours
    published = vectors["iw_weighted"]
    found = await opened.evaluate(
        """async ([manifest, secret, randomness]) =>
            (await $moments.derive(manifest, $shape.octets(secret, "", 32), $shape.octets(randomness, "", 32)))
            .map(({ at, unit, prize }) => [at, unit, prize])""",
        [published["manifest"], published["secret"], beacon["randomness"]],
    )
    assert found == published["moments"]
    key = vectors["stream"]["key"]
    words = await opened.evaluate(
        """async (key) => { const stream = new $sums.Stream($shape.octets(key, "", 32)); const found = [];
        for (let n = 0; n < 6; n += 1) found.push((await stream.word()).toString(16).padStart(16, "0")); return found; }""",
        key,
    )
    assert words == vectors["stream"]["words"][:6]


@pytest.mark.promise("P5")
async def test_the_draws_of_the_vectors_come_out_alike(opened, vectors):
    for vector in vectors["draws"]:
        answer = await opened.evaluate(
            """async ([manifest, entries, randomness]) =>
                $draw.drawnFrom(manifest, new TextEncoder().encode(entries), $shape.octets(randomness, "", 32))""",
            [vector["manifest"], vector["entries.txt"], vectors["beacon"]["randomness"]],
        )
        assert answer == vector["winners"], vector["manifest"]["draw"]


async def test_a_weighted_draw_with_groups_comes_out_alike(opened, vectors):
    ids = sorted(hashlib.sha256(bytes([number])).hexdigest()[:32] for number in range(90))
    weights = [1 + number % 7 * 10**15 for number in range(90)]
    lines = [f"{name} {weight} {number % 30:032x} {'0' * 64}\n" for number, (name, weight) in enumerate(zip(ids, weights, strict=True))]
    entries = "".join(lines).encode()
    for dedupe, winners in (("group", 40), ("entry", 50)):
        more = {"entries_sha256": hashlib.sha256(entries).hexdigest(), "entries_count": 90, "winners": winners, "dedupe": dedupe}
        files = pack.draw_files({**vectors["draws"][1]["manifest"], **more}, vectors["beacon"], entries)
        theirs, ours = await answered(opened, "draw", files)
        assert theirs == ours
        assert ours[0] == 0, ours


@pytest.mark.promise("P5")
@pytest.mark.control("P5")
async def test_a_proof_with_any_one_thing_changed_gets_the_same_sentence(opened, moments_proof, draw_proof):
    for what, files in (("moments", moments_proof), ("draw", draw_proof)):
        theirs, ours = await answered(opened, what, files)
        assert theirs == ours
        assert ours[0] == 0
        for name, data in files.items():
            for other in spoilt(data):
                theirs, ours = await answered(opened, what, {**files, name: other})
                assert theirs == ours, (name, other[:80])
                assert ours[0] != 0, (name, other[:80])
            left = {each: data for each, data in files.items() if each != name}
            theirs, ours = await answered(opened, what, left)
            assert theirs == ours


def spoilt(data):
    """One sign changed here and there, a line twice, a line end gone, bytes that are no text, JSON with freedoms."""
    for place in range(1, len(data), max(1, len(data) // 12)):
        yield data[:place] + (b"7" if data[place : place + 1] != b"7" else b"8") + data[place + 1 :]
    yield data + b"x"
    yield b"\xff" + data
    if data.startswith(b"{"):
        yield data.replace(b"{", b'{"v":1.5,', 1)
        yield data.replace(b"{", b'{"\xc3\xa9":1,', 1)
        yield data.replace(b"{", b'{"zz":' + b"[" * 20 + b"]" * 20 + b",", 1)
        yield data.replace(b"{", b'{"zz":null,', 1)
        yield data.replace(b"{", b'{"zz":1,"zz":2,', 1)
        yield data.replace(b"{", b'{"zz":99999999999999999999999,', 1)
        yield data.replace(b"{", b'{"zz":"\\ud800",', 1)


async def test_a_person_chooses_the_zip_and_reads_the_verdict(opened, moments_proof):
    archive = opened.tmp / "proof.zip"
    archive.write_bytes(pack.zipped({**moments_proof, verifier.NAME: verifier.page().html}))
    await opened.keyboard.press("Tab")
    assert await opened.evaluate("document.activeElement.id") == "file"
    await opened.set_input_files("#file", archive)
    result = opened.locator("#result")
    await result.get_by_role("heading", name="All holds.").wait_for()
    commit = json.loads(moments_proof["result.json"])["commit"]
    assert commit in await result.inner_text()
    await opened.fill("#note", " ".join((commit[:32], commit[32:])))
    await opened.keyboard.press("Tab")
    await opened.get_by_text("It is the fingerprint that you noted.").wait_for()
    await opened.fill("#note", "0" * 64)
    await opened.keyboard.press("Tab")
    await opened.get_by_text("It is not the fingerprint").wait_for()
    found = await Axe().run(opened, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert [each["id"] for each in found.response["violations"]] == [], found.generate_report()


async def test_what_is_no_zip_of_a_proof_is_said_to_be_none(opened):
    for number, data in enumerate((b"PK\x05\x06 nothing", pack.zipped({"a.txt": b"a"}), b"hello")):
        path = opened.tmp / f"{number}.zip"
        path.write_bytes(data)
        await opened.set_input_files("#file", path)
        await opened.locator('#result[data-code="2"]').wait_for()


def test_the_zip_of_a_proof_carries_it(moments_proof, manifest):
    names = zipfile.ZipFile(io.BytesIO(pack.zipped({**moments_proof, verifier.NAME: verifier.page().html}))).namelist()
    assert {"verify.py", "verify.html"} <= set(names)
    assert derive(manifest, bytes(32), witness.randomness(bytes(32), bytes(range(32))))


def test_its_policy_lets_nothing_out():
    policy = verifier.page().policy
    assert policy["default-src"] == ["'none'"]
    assert "connect-src" not in policy
    assert b"http:" not in verifier.page().html
    assert b"https:" not in verifier.page().html
