"""Writes verify.py, the stand-alone verifier: the modules it needs, one after the other, in one file.

`python -m games.fairness.bundle` after a change of any of them; a test compares.
"""

import ast
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE / "verify.py"
# In this order each uses only what stands above it.
MODULES = (
    *("shape", "canonical", "stream", "witness", "beacon", "source", "moments", "entries", "draw", "plays"),
    *("schedule", "deck", "odds", "listing", "giving", "promise", "acts", "outcomes", "folder", "verdict"),
)
HEAD = '''#!/usr/bin/env python3
"""Verifies a draw or the winning moments of a game from the files of its proof. Python 3.11 or newer, nothing else.

    python verify.py moments FOLDER
    python verify.py draw FOLDER

Exit code 0: all holds. 1: the first thing that does not. 2: the files cannot be read. The signature of a beacon is not
checked here: compare its randomness with the one the beacon publishes for that round.

Put together from the modules of games/fairness by games/fairness/bundle.py; change those, not this file.
"""
'''
FOOT = """if __name__ == "__main__":
    code, words = verify(sys.argv[1:])
    (sys.stderr if code == UNUSABLE else sys.stdout).write(words + "\\n")
    sys.exit(code)
"""


def bundled() -> str:
    imports: dict[str, set[str]] = {"sys": set()}
    rooms = []
    for name in MODULES:
        source = (HERE / f"{name}.py").read_text("utf-8")
        tree = ast.parse(source)
        head = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in head:
            gather(node, imports)
        last = max(node.end_lineno or 0 for node in (tree.body[0], *head))
        rooms.append(f"# {name}: {ast.get_docstring(tree)}\n\n\n" + "\n".join(source.splitlines()[last:]).strip("\n"))
    return HEAD + listed(imports) + "\n\n" + "\n\n\n".join([*rooms, FOOT])


def gather(node: ast.Import | ast.ImportFrom, imports: dict[str, set[str]]) -> None:
    """Note what the standard library gives; what stands above in the file needs no import."""
    if isinstance(node, ast.Import):
        imports.update({alias.name: set() for alias in node.names})
    elif node.module and not node.module.startswith("games."):
        imports.setdefault(node.module, set()).update(alias.name for alias in node.names)


def listed(imports: dict[str, set[str]]) -> str:
    """In the order the linter of this repository asks for, so that the file passes it like any other."""
    whole = [f"import {module}" for module, names in sorted(imports.items()) if not names]
    parts = [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(imports.items()) if names]
    return "\n".join(["", *whole, *parts])


if __name__ == "__main__":
    TARGET.write_text(bundled(), "utf-8")
