"""Import contract: the named modules may import each other, the standard library and a few listed packages, nothing else."""

from __future__ import annotations

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Purity(Contract):
    """Every import that leaves the pure part is broken, direct ones only: what they import must be pure itself."""

    modules: Any = fields.ListField(subfield=fields.StringField())
    allowed: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        bad = [(importer, imported) for importer in sorted(self.pure(graph)) for imported in sorted(self.outside(graph, importer))]
        return ContractCheck(kept=not bad, metadata={"bad": bad})

    def pure(self, graph: ImportGraph) -> set[str]:
        return {name for name in graph.modules if self.is_pure(name)}

    def is_pure(self, name: str) -> bool:
        return any(name == pure or name.startswith(f"{pure}.") for pure in self.modules)

    def outside(self, graph: ImportGraph, importer: str) -> set[str]:
        known = sys.stdlib_module_names | set(self.allowed)
        return {
            name for name in graph.find_modules_directly_imported_by(importer) if not self.is_pure(name) and name.split(".")[0] not in known
        }

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["bad"]:
            output.print_error(f"{importer} imports {imported}", bold=True)
