"""What is imported for types only is used in types only: no type checker sees it missing when the program runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.source import sources


def _imported(nodes: Iterator[ast.AST]) -> set[str]:
    imports = (node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))
    return {alias.asname or alias.name for node in imports for alias in node.names}


def _types(node: ast.AST) -> list[ast.AST | None]:
    """The parts of a node that are read by type checkers only."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return [node.returns]
        case ast.arg() | ast.AnnAssign():
            return [node.annotation]
    return []


def _missing(node: ast.AST, absent: set[str]) -> Iterator[str]:
    """The uses of absent names when the program runs."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        absent = absent - _imported(ast.walk(node))
    if isinstance(node, ast.Name) and node.id in absent:
        yield f"{node.id} in line {node.lineno}"
    for child in ast.iter_child_nodes(node):
        if child not in _types(node):
            yield from _missing(child, absent)


def test_names_for_types_are_not_used_when_it_runs() -> None:
    found: list[str] = []
    for source in sources("agent_studio"):
        conditions = (node for node in source.nodes if isinstance(node, ast.If))
        for_types = [node for node in conditions if ast.unparse(node.test) == "TYPE_CHECKING"]
        absent = {name for node in for_types for name in _imported(ast.walk(node))}
        found += [f"{source.path}: {use}" for use in _missing(source.tree, absent)] if absent else []
    assert found == []
