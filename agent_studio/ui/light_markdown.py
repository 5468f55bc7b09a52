"""Markdown source, lightly marked: one line at a time, knowing only what the lines above left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

Kind = Literal["heading", "marker", "bold", "italic", "code", "tag", "comment", "hidden"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What a stretch of source can be. `comment` is an HTML comment, `hidden` the picture of an invisible character."""

_MARKED = 2_000
"""Characters of a line that are looked at; the rest of a longer one stays unmarked."""


class Span(NamedTuple):
    """`line[start:end]` is of a kind; a later span lies on top of an earlier one."""

    start: int
    end: int
    kind: Kind


class Open(NamedTuple):
    """What is open where a line begins: the fence of a code block, or an HTML comment."""

    fence: str = ""
    comment: bool = False


NOTHING = Open()

_FENCE = re.compile(r"\s*(?:>\s*)*(`{3,}|~{3,})(?=[^`]*$)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_MARKERS = re.compile(r"(?:\s*(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s)))+")
_INLINE = re.compile(
    r"(?P<comment><!--.*?(?:-->|$))"
    r"|(?P<code>(?<!`)(?P<ticks>`{1,4})(?!`).{1,400}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<tag></?[A-Za-z][\w.:-]*(?:\s[^<>]{0,400})?/?>)"
    r"|(?P<bold>\*\*(?=\S).{1,400}?(?<=\S)\*\*|(?<!\w)__(?=\S).{1,400}?(?<=\S)__(?!\w))"
    r"|(?P<italic>(?<![\w*])\*(?=[^\s*])[^*]{1,400}?(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\s_])[^_]{1,400}?(?<=\S)_(?!\w))"
)


def marked(line: str, above: Open = NOTHING) -> tuple[tuple[Span, ...], Open]:
    """The spans of a line, and what it leaves open for the next."""
    if above.comment:
        end = line.find("-->")
        if end < 0:
            return (Span(0, len(line), "comment"),), above
        spans, below = _inline(line, end + 3)
        return (Span(0, end + 3, "comment"), *spans), below
    fence = _FENCE.match(line)
    if above.fence:
        if fence and fence[1].startswith(above.fence) and not line[fence.end() :].strip():
            return (Span(0, len(line), "marker"),), NOTHING
        return (Span(0, len(line), "code"),), above
    if fence:
        return (Span(0, len(line), "marker"),), Open(fence=fence[1])
    if _RULE.match(line):
        return (Span(0, len(line), "marker"),), NOTHING
    spans, below = _inline(line, 0)
    if _HEADING.match(line):
        return (Span(0, len(line), "heading"), *spans), below
    markers = _MARKERS.match(line)
    return ((Span(markers.start(), markers.end(), "marker"), *spans) if markers else spans), below


def _inline(line: str, start: int) -> tuple[tuple[Span, ...], Open]:
    spans = tuple(_within(line, start, min(len(line), _MARKED)))
    last = next((span for span in reversed(spans) if span.kind == "comment"), None)
    if last is None:
        return spans, NOTHING
    close = line.find("-->", last.start + len("<!--"))
    whole = last._replace(end=len(line) if close < 0 else close + len("-->"))
    return tuple(whole if span is last else span for span in spans), Open(comment=close < 0)


def _within(line: str, start: int, end: int) -> Iterator[Span]:
    for match in _INLINE.finditer(line, start, end):
        kind = _KIND[match.lastgroup or ""]
        yield Span(match.start(), match.end(), kind)
        if kind == "bold":
            yield from _within(line, match.start() + 2, match.end() - 2)


_KIND: dict[str, Kind] = {"comment": "comment", "code": "code", "tag": "tag", "bold": "bold", "italic": "italic"}
