"""Dependencies point one way: the dashboard knows nothing of the ETL, and no module or folder stands in a circle."""

from __future__ import annotations

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Graph = dict[str, set[str]]


def imports_of(path: Path) -> set[str]:
    """The project's modules that a file imports anywhere."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {b if (ROOT / (b.replace(".", "/") + ".py")).exists() else node.module for b in below}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def module_graph(package: str) -> Graph:
    """Module -> the modules of the same package it imports."""
    graph: Graph = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        graph[name] = {m for m in imports_of(path) if m.split(".")[0] == package} - {name}
    return graph


def folder_graph(modules: Graph, depth: int = 2) -> Graph:
    """The same between the folders below a package, or with depth 3 between the folders in those; modules beside them stand for
    themselves."""
    graph: Graph = defaultdict(set)
    folder = {m: ".".join(m.split(".")[:depth]) for m in {*modules, *(t for ts in modules.values() for t in ts)}}
    for name, targets in modules.items():
        graph[folder[name]] |= {folder[t] for t in targets} - {folder[name]}
    return graph


@pytest.mark.parametrize("package", ["etl", "dashboard"])
def test_no_circles(package: str) -> None:
    modules = module_graph(package)
    assert len(modules) > 50
    for graph in (modules, folder_graph(modules), folder_graph(modules, 3)):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            pytest.fail(f"a circle: {' -> '.join(error.args[1])}")


def test_the_dashboard_knows_nothing_of_the_etl_nor_the_etl_of_the_dashboard() -> None:
    for package, other in (("dashboard", "etl"), ("etl", "dashboard")):
        for path in (ROOT / package).rglob("*.py"):
            assert not [m for m in imports_of(path) if m.split(".")[0] == other], path


def test_a_circle_would_be_found() -> None:
    with pytest.raises(CycleError):
        TopologicalSorter(
            folder_graph({"a.x.one": {"a.y.two"}, "a.y.two": {"a.x.three"}, "a.x.three": set()})
        ).prepare()
