"""The anchor and the tag before a node."""

from __future__ import annotations

from dataclasses import dataclass

from .node import BadYaml, Node
from .tokens import Token

_TWO = "two anchors or two tags for one value"


@dataclass(slots=True)
class Properties:
    """The anchor and the tag before a node; an outer one stands on an earlier line and may be that of a mapping."""

    anchor: Token | None = None
    tag: Token | None = None
    outer_anchor: Token | None = None
    outer_tag: Token | None = None
    start: int | None = None
    end: int = 0

    def take(self, token: Token) -> bool:
        """Take in an anchor or a tag where none is yet; false for any other token."""
        taken = (token.kind == "&" and not self.anchor) or (token.kind == "!" and not self.tag)
        if taken:
            self.add(token)
        return taken

    def add(self, token: Token) -> None:
        """Take in an anchor or a tag; raises `BadYaml` where it is one too many."""
        before = self.anchor if token.kind == "&" else self.tag
        if before and (before.line == token.line or (token.kind == "&" and self.outer_anchor)):
            raise BadYaml(_TWO, token.start)
        if token.kind == "&":
            self.anchor, self.outer_anchor = token, before
        else:
            self.tag, self.outer_tag = token, before
        self.start = token.start if self.start is None else self.start
        self.end = token.end

    def on(self, line: int) -> list[Token]:
        """Those that stand on a line."""
        return [token for token in (self.anchor, self.tag) if token is not None and token.line == line]

    def split(self, line: int) -> tuple[Token | None, Token | None]:
        """The anchor of the key that stands on `line`, and the anchor of the mapping that it begins."""
        if self.anchor and self.anchor.line == line:
            return self.anchor, self.outer_anchor
        if self.outer_anchor:
            raise BadYaml(_TWO, self.outer_anchor.start)
        return None, self.anchor

    def give(self, node: Node) -> None:
        """Let a node begin with them; a tag may make one that is nothing an empty text."""
        if outer := self.outer_anchor or self.outer_tag:
            raise BadYaml(_TWO, outer.start)
        if self.start is not None:
            node.start = self.start
            if node.style == "empty":
                node.end, node.style = self.end, "plain"
                node.value = "" if self.tag and self.tag.text in {"!", "str"} else None
