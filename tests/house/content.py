"""What an expression in the source would put on the screen, as far as annotations and assignments tell."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tests.house.source import Function, Source

Kind = Literal["text", "unknown", "content", "literal"]
"""A `str` that was computed; something the source does not tell; `Content`, safe to show; a literal of our own."""

WORST_FIRST: tuple[Kind, ...] = ("text", "unknown", "content", "literal")
CONTENT = re.compile(r"(?:\w+\.)*(?:Content|Text)(?: \| None)?")
MAKERS = frozenset({"Content", "Text", "highlight", "shown"})
TEXT_MAKERS = frozenset({"ascii", "chr", "format", "repr", "str"})
STR_METHODS = frozenset(
    "capitalize center decode expandtabs format join ljust lower removeprefix removesuffix replace rjust strip title "
    "upper".split()
)


@dataclass(frozen=True)
class Scope:
    """A function, or a module outside its functions: what its own names hold, and what members of that name hold."""

    source: Source
    members: Mapping[str, Kind]
    names: dict[str, Kind] = field(default_factory=dict)

    def within(self, function: Function) -> Scope:
        """The scope of a function that stands in this one."""
        inner = Scope(self.source, self.members, dict(self.names))
        for node in sorted(ast.walk(function), key=lambda node: getattr(node, "lineno", 0)):
            match node:
                case ast.arg(arg=name, annotation=ast.expr() as annotation):
                    inner.names[name] = annotated(annotation)
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                    inner.names[name] = annotated(annotation)
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    inner.names[name] = worst({inner.kind(value), inner.names.get(name, "literal")})
                case _:
                    pass
        return inner

    def kind(self, node: ast.expr) -> Kind:
        """What an expression is."""
        match node:
            case ast.Constant():
                return "literal"
            case ast.JoinedStr(values=values):
                return "text" if any(isinstance(value, ast.FormattedValue) for value in values) else "literal"
            case ast.Name(id=name):
                return self.names.get(name, "unknown")
            case ast.Attribute(attr=name):
                return self.members.get(name, "unknown")
            case ast.Call(func=func):
                return self._called(func)
            case ast.BinOp(left=left, right=right):  # a `str` that is added to content is shown as it stands
                kinds = {self.kind(left), self.kind(right)}
                return "content" if "content" in kinds else worst(kinds)
            case ast.IfExp(body=left, orelse=right):
                return worst({self.kind(left), self.kind(right)})
            case ast.BoolOp(values=values):
                return worst(map(self.kind, values))
            case ast.Subscript(value=value) | ast.NamedExpr(value=value):
                return self.kind(value)
            case _:
                return "unknown"

    def _called(self, func: ast.expr) -> Kind:
        names = self.source.name(func).split(".")
        if names[-1] in MAKERS or (len(names) > 1 and names[-2] in {"Content", "Text"}):
            return "content"
        if isinstance(func, ast.Attribute) and self.kind(func.value) == "content":
            return "content"
        if names[-1] in (STR_METHODS if isinstance(func, ast.Attribute) else TEXT_MAKERS):
            return "text"
        return self.members.get(names[-1], "unknown")


def members(files: Iterable[Source]) -> dict[str, Kind]:
    """What functions, properties and fields of each name give, where all of that name agree."""
    found: defaultdict[str, set[Kind]] = defaultdict(set)
    for source in files:
        for node in source.nodes:
            match node:
                case ast.FunctionDef(name=name, returns=ast.expr() as annotation):
                    found[name].add(annotated(annotation))
                case ast.AnnAssign(target=ast.Name(id=name) | ast.Attribute(attr=name), annotation=annotation):
                    found[name].add(annotated(annotation))
                case _:
                    pass
    return {name: kinds.pop() for name, kinds in found.items() if len(kinds) == 1}


def scoped(source: Source, known: Mapping[str, Kind]) -> Iterator[tuple[ast.AST, Scope]]:
    """Every node of a file with the scope it stands in."""

    def walk(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
        yield node, scope
        inner = scope.within(node) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else scope
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inner)

    return walk(source.tree, Scope(source, known))


def annotated(annotation: ast.expr) -> Kind:
    """What a type annotation promises."""
    spelled = ast.unparse(annotation).strip("'\"")
    if CONTENT.fullmatch(spelled):
        return "content"
    return "text" if spelled in {"str", "str | None"} else "unknown"


def worst(kinds: Iterable[Kind]) -> Kind:
    """The least safe of some kinds."""
    return min(kinds, key=WORST_FIRST.index)
