"""The host's grammar: which tokens make which nodes.

Its parts are generators that yield the parts they wait for, so that deep nesting takes no stack: `run` drives them.
"""

from __future__ import annotations

from collections.abc import Generator

from .merge import Merger
from .node import COLON, BadYaml, Node, alias, leaf, settle
from .plain import typed
from .properties import Properties
from .tokens import TAB, Token, Tokens

Steps = Generator["Steps", Node, Node]
"""A part of the grammar; returns the node it has read."""

MAX_WAITING = 5_000
"""Parts that may wait for one another, about five for each level of nesting."""
_NO_COLON = "a line without a colon"
_UNCLOSED = "a [ or { that is not closed, or a comma too many or too few in it"


def run(steps: Steps) -> Node:
    """What a part of the grammar returns."""
    waiting = [steps]
    found: Node | None = None
    while waiting:
        try:
            waiting.append(next(waiting[-1]) if found is None else waiting[-1].send(found))
            found = None
        except StopIteration as finished:
            found = finished.value
            waiting.pop()
        if len(waiting) > MAX_WAITING:
            raise BadYaml("lists or mappings nested too deeply", 0)
    assert found is not None
    return found


class Parser(Tokens):
    """Makes nodes of the tokens of a text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.anchors: dict[str, Node] = {}
        self.merger = Merger()
        self.depth = 0

    def stray(self) -> BadYaml:
        """The error that the next token does not belong here."""
        token = self.token
        if token.kind == ":":
            return BadYaml(COLON, token.start)
        if self.text[: token.start].rpartition("\n")[2].strip(" \t"):
            return BadYaml("text behind a closing quote or bracket", token.start)
        return BadYaml("a line that is no field, or is not indented like the others", token.start)

    # Nodes

    def node(
        self,
        column: int | None = None,
        properties: Properties | None = None,
        *,
        explicit: bool = False,
        pair: bool = False,
        place: int | None = None,
    ) -> Steps:
        """Any node.

        `column` is the indent of a mapping that it may be the next key of, `explicit` says that it is a key behind a
        question mark, `pair` that it may begin a single pair in a list. `place` is where it stands if it is nothing.
        """
        properties = properties or Properties()
        while self.token.kind in {"&", "!"}:
            properties.add(self.token)
            self.advance()
        token = self.token
        match token.kind:
            case "text":
                found = self._scalar(properties, pair)
            case "*":
                found = self._alias(properties)
            case "[" | "{":
                found = yield self._brackets(properties, pair)
            case "-":
                return self._done((yield self._list(properties)), properties)
            case "?":
                return (yield self._question(column, properties))
            case ":":
                return (yield self._colon(column, properties))
            case "," | "]" | "}" if properties.start is None:
                raise BadYaml(_UNCLOSED if self.in_flow else f"text that starts with {token.kind}", token.start)
            case _:
                return self._nothing(token.start if place is None else place, properties)
        if self.token.kind == ":" and self._is_key(token, column, explicit, pair):
            return (yield self._keyed(found, token, properties))
        return self._done(found, properties)

    def _nothing(self, place: int, properties: Properties) -> Node:
        return self._done(leaf(place, place, "empty", None), properties)

    def _done(self, node: Node, properties: Properties) -> Node:
        """A node that has its properties."""
        properties.give(node)
        if properties.anchor:
            self.anchors[properties.anchor.text] = node
        return node

    def _scalar(self, properties: Properties, pair: bool) -> Node:
        token = self.token
        self.advance(key=pair and self.context == "flow" and token.style in {"single", "double"}, freely=True)
        tag = properties.tag.text if properties.tag else None
        value = typed(token.text, tag) if token.style == "plain" else token.text
        return leaf(token.start, token.end, token.style, value)

    def _alias(self, properties: Properties) -> Node:
        token = self.token
        if properties.on(token.line):
            raise BadYaml("an anchor or a tag before an alias", token.start)
        target = self.anchors.get(token.text)
        if target is None:
            raise BadYaml("text that starts with *, which only an alias may", token.start)
        self.advance()
        return alias(token.start, token.end, self.text, target, self.depth)

    def _is_key(self, token: Token, column: int | None, explicit: bool, pair: bool) -> bool:
        """Whether the colon that comes next makes what began with `token` the first key of a mapping."""
        colon = self.token
        below = colon.line != token.line
        outer = colon.indent < token.indent or (explicit and below and colon.indent <= token.indent)
        if outer or self.context == "key":
            return False
        if token.tab and not self.in_flow:
            raise BadYaml(TAB, token.start)
        if column == token.indent:
            return False
        if below and not explicit:
            raise BadYaml(_NO_COLON, token.start)
        return pair or self.context != "flow"

    # Mappings

    def _opened(self, token: Token, properties: Properties, anchor: Token | None, mapping: bool = True) -> Node:
        """A collection that begins with `token`; an alias in it may name it already."""
        self.depth += 1
        start = token.start if properties.start is None else properties.start
        node = Node(start, start, "flow" if self.in_flow else "block", None, is_mapping=mapping, is_open=True)
        if anchor:
            self.anchors.setdefault(anchor.text, node)
        return node

    def _closed(self, node: Node, end: int | None = None) -> Node:
        """A collection that has all its parts."""
        self.depth -= 1
        node.pairs = self.merger.merged(node.pairs)
        settle(node, self.text, self.depth, end)
        return node

    def _keyed(self, key: Node, token: Token, properties: Properties) -> Steps:
        """The mapping whose first key has been read."""
        own, outer = properties.split(token.line)
        node = self._opened(token, properties, outer)
        key.start = min([key.start, *(before.start for before in properties.on(token.line))])
        if own:
            self.anchors[own.text] = key
        yield self._pairs(node, key, token)
        if outer:
            self.anchors[outer.text] = node
        return node

    def _question(self, column: int | None, properties: Properties) -> Steps:
        """A key behind a question mark, and its mapping unless that is the one around it."""
        mark = self.token
        if self.in_flow:
            raise BadYaml(_UNCLOSED, mark.start)
        if mark.tab:
            raise BadYaml(TAB, mark.start)
        node = self._opened(mark, properties, properties.anchor) if column != mark.indent else None
        self.blocks.append(mark.indent)
        self.advance(mark.indent + 1)
        key = yield self._indented(mark.indent, mark)
        self.blocks.pop()
        return self._done((yield self._pairs(node, key, mark)), properties) if node else key

    def _colon(self, column: int | None, properties: Properties) -> Steps:
        """A colon without a key before it."""
        colon = self.token
        key = leaf(colon.start, colon.start, "empty", None)
        if colon.tab and not self.in_flow:
            raise BadYaml(TAB, colon.start)
        if self.context == "key" or column == colon.indent:
            return self._done(key, properties)
        if any(before.kind == "!" and before.text in {"!", "str"} for before in properties.on(colon.line)):
            key.value = ""
        return (yield self._keyed(key, colon, properties))

    def _pairs(self, node: Node, key: Node, first: Token) -> Steps:
        """The pairs of a mapping whose first key began with `first`; just one in a list in brackets."""
        line, column = first.line, first.indent
        if self.in_flow:
            node.pairs.append((key, (yield self._value(key, line, column))))
            return self._closed(node)
        self.blocks.append(column)
        last = self.token.line if self.token.kind == ":" else line
        node.pairs.append((key, (yield self._value(key, line, column))))
        self.contexts.append("in")
        while self.token.kind not in {"", "..."} and self.token.indent == column and self.token.line != last:
            if self.token.tab:
                raise BadYaml(TAB, self.token.start)
            line, explicit = self.token.line, self.token.kind == "?"
            key = yield self.node(column)
            last = self.token.line if self.token.kind == ":" else line
            if not explicit and (self.token.kind not in {":", "?"} or (self.token.kind == ":" and last != line)):
                raise self.stray() if self.token.kind and self.token.line == line else BadYaml(_NO_COLON, key.start)
            node.pairs.append((key, (yield self._value(key, line, column, explicit=explicit))))
        self.contexts.pop()
        self.blocks.pop()
        return self._closed(node)

    def _value(self, key: Node, line: int, column: int, *, explicit: bool = False) -> Steps:
        """What stands behind the colon of a key on `line`, if a colon is there at all."""
        colon = self.token
        below = colon.line != line
        nothing = leaf(key.end, key.end, "empty", None)
        if colon.kind == "?" and not below:
            raise self.stray()
        if colon.kind != ":":
            return nothing
        if (below or explicit) and not self.in_flow and (colon.indent != column or colon.tab):
            if colon.indent < column:
                return nothing
            raise BadYaml(TAB, colon.start) if colon.tab else self.stray()
        self.advance(column + 1 if below else None)
        return (yield self._indented(column, colon))

    # Blocks

    def _indented(self, column: int, mark: Token) -> Steps:
        """What stands behind a dash, question mark or colon: nothing, unless it is indented deeper than `column`."""
        properties = Properties()
        while True:
            token = self.token
            if token.line != mark.line and not self.in_flow:
                may_be_level = token.kind == "-" and mark.kind != "-"
                if token.indent < column or (token.indent == column and not may_be_level):
                    return self._nothing(mark.end, properties)
            if not properties.take(token):
                break
            self.advance()
        if token.kind in {"-", "?"} and token.line == mark.line and (token.indent <= column or token.tab):
            raise BadYaml(TAB if token.tab else "a dash that does not begin a line", token.start)
        if token.kind in {",", "]"} and self.in_flow:
            return self._nothing(mark.end, properties)
        return (yield self.node(column, properties, explicit=mark.kind == "?", place=mark.end))

    def _list(self, properties: Properties) -> Steps:
        """Lines that begin with dashes."""
        first = self.token
        if properties.on(first.line):
            raise BadYaml("an anchor or a tag before a dash", first.start)
        node = self._opened(first, properties, properties.anchor, mapping=False)
        self.blocks.append(first.indent)
        last = -1
        while self.token.kind == "-" and self.token.indent == first.indent and self.token.line != last:
            dash = self.token
            if dash.tab:
                raise BadYaml(TAB, dash.start)
            last = dash.line
            self.advance(first.indent + 1)
            node.items.append((yield self._indented(first.indent, dash)))
        self.blocks.pop()
        return self._closed(node)

    # Brackets

    def _brackets(self, properties: Properties, pair: bool) -> Steps:
        """A list in brackets, or a mapping in braces."""
        token = self.token
        self.contexts.append("flow")
        own = properties.anchor if properties.anchor and properties.anchor.line == token.line else None
        node = self._opened(token, properties, own, mapping=token.kind == "{")
        self.advance()
        end = "}" if node.is_mapping else "]"
        while self.token.kind != end:
            if node.is_mapping:
                yield self._flow_pair(node)
            elif self.token.kind == "?":
                single = self._opened(self.token, Properties(), None)
                yield self._flow_pair(single)
                node.items.append(self._closed(single))
            else:
                node.items.append((yield self.node(pair=True)))
            if self.token.kind == ",":
                self.advance()
            elif self.token.kind != end:
                raise BadYaml(_UNCLOSED, token.start)
        self.contexts.pop()
        closing = self.token.end
        self.advance(key=pair and self.context == "flow")
        return self._closed(node, closing)

    def _flow_pair(self, node: Node) -> Steps:
        """One pair of a mapping in braces."""
        key = yield self._flow_key()
        node.pairs.append((key, (yield self._flow_value(key))))
        return node

    def _flow_key(self) -> Steps:
        """A key in braces; nothing before a colon."""
        mark = self.token
        properties = Properties()
        if mark.kind == ":":
            return self._nothing(mark.start, properties)
        if mark.kind == "?":
            self.advance()
            if self.token.kind == "?":
                raise BadYaml(_UNCLOSED, mark.start)
            while properties.take(self.token):
                self.advance()
            if self.token.kind in {":", ",", "}", "]"}:
                return self._nothing(mark.end, properties)
        self.contexts.append("key")
        key = yield self.node(None, properties, explicit=mark.kind == "?")
        self.contexts.pop()
        return key

    def _flow_value(self, key: Node) -> Steps:
        """What stands behind the colon of a key in braces, if a colon is there at all."""
        colon = self.token
        if colon.kind != ":":
            return leaf(key.end, key.end, "empty", None)
        self.advance()
        if self.token.kind in {",", "}", "]"}:
            return leaf(colon.end, colon.end, "empty", None)
        return (yield self.node(self.token.indent))
