import ast
import sys
from collections import Counter

from games.fairness import bundle


def test_the_standalone_file_is_the_modules_as_they_are():
    assert bundle.TARGET.read_text("utf-8") == bundle.bundled(), "python -m games.fairness.bundle"


def test_no_name_of_it_stands_for_two_things():
    tree = ast.parse(bundle.bundled())
    named = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    named += [target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets if isinstance(target, ast.Name)]
    assert [name for name, times in Counter(named).items() if times > 1] == []


def test_it_imports_the_standard_library_alone():
    tree = ast.parse(bundle.bundled())
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module.split(".")[0] for module in modules} <= sys.stdlib_module_names
