"""The verifier as one HTML file: the proof page serves it, the zip carries it, and it opens from a disk without a network.

Its modules are put one after the other, each in a room of its own. Its policy allows this very script and style, by their
hashes, and no connection at all.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

NAME = "verify.html"
ROOM = Path(__file__).parent.parent / "static/games/verifier"
# In this order each uses only what stands above it.
MODULES = ("shape", "sums", "canonical", "source", "moments", "draw", "folder", "verdict", "words", "page")
IMPORT = re.compile(r'^import (\{[^}]+\}) from "\./(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?(?:function|class|const) (\w+))", re.MULTILINE)


class Page(NamedTuple):
    html: bytes
    policy: dict[str, list[str]]


@cache
def page() -> Page:
    script, style = "\n" + "".join(map(room, MODULES)), (ROOM / "verify.css").read_text("utf-8")
    policy = {"default-src": ["'none'"], "script-src": [allowed(script)], "style-src": [allowed(style)]}
    words = "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())
    html = (ROOM / NAME).read_text("utf-8")
    for mark, text in (("{policy}", words), ("{style}", style), ("{script}", script)):
        html = html.replace(mark, text, 1)
    return Page(html.encode(), policy)


def room(name: str) -> str:
    source = (ROOM / f"{name}.js").read_text("utf-8")
    given = ", ".join(found[1] for found in EXPORT.findall(source))
    inside = EXPORT.sub(r"\1", IMPORT.sub(r"const \1 = $\2;", source))
    return f"const ${name} = (() => {{\n{inside}\nreturn {{ {given} }};\n}})();\n"


def allowed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
