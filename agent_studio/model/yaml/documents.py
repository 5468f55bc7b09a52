"""A whole text read by the host's grammar."""

from __future__ import annotations

from .node import BadYaml, Node
from .parser import Parser, run


def read(source: str) -> Node | None:
    """The root node, None for a text without content; several documents, parted by three dots, are a list."""
    if (nul := source.find("\0")) >= 0:
        raise BadYaml("a NUL character", nul)
    parser = Parser(source)
    parser.advance(0)
    roots = [_document(parser)]
    while parser.token.kind:
        roots.append(_document(parser))
    if len(roots) > 1:
        return Node(roots[0].start, roots[-1].end, "block", [root.value for root in roots], roots)
    return None if roots[0].style == "empty" else roots[0]


def _document(parser: Parser) -> Node:
    parser.anchors = {}
    root = run(parser.node())
    if parser.token.kind not in {"", "..."}:
        raise parser.stray()
    while parser.token.kind == "...":
        line = parser.token.line
        parser.advance()
        if parser.token.kind and parser.token.line == line:
            raise parser.stray()
    return root
