"""The outline of a Markdown text: its sections, and the blocks of lines that they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from .lines import Line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Kind = Literal["heading", "prose", "lines"]
"""What a block is: a heading, running text (its line breaks mean nothing), or lines that each stand for themselves."""

_KINDS: dict[str, Kind] = {
    "heading_open": "heading",
    "paragraph_open": "prose",
    "tr_open": "lines",
    "fence": "lines",
    "code_block": "lines",
    "html_block": "lines",
    "hr": "lines",
}
_EXAMPLE, _EXAMPLE_END = re.compile(r"\s*<example\b", re.IGNORECASE), re.compile(r"</example>\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a text from `start` up to `end`, counted from 0, that belong together; none of its ends is blank."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what follows up to the next heading of any level: lines from `start` up to `end`, from 0.

    What stands above the first heading is a section of level 0 without a heading, which may be empty.
    """

    heading: str
    level: int
    start: int
    end: int
    blocks: tuple[Block, ...]


def outline(lines: Sequence[Line]) -> tuple[Section, ...]:
    """The sections of a text given as lines, in order and without gaps; always at least the one without a heading."""
    if len(lines) < 2 and not any(line.text.lstrip().startswith("#") for line in lines):
        return (Section("", 0, 0, len(lines), tuple(_covered([], lines))),)
    tokens = _parser().parse("\n".join(line.text for line in lines))
    found = [Block(kind, *token.map) for token in tokens if token.map and (kind := _kind(token))]
    titles = dict(_titles(tokens))
    blocks = list(_whole_examples(_covered(found, lines), lines))
    starts = [block.start for block in blocks if block.start in titles]
    ends = [*starts, len(lines)]
    inside = [[block for block in blocks if block.start < ends[0]]]
    place = len(inside[0])
    for end in ends[1:]:
        first = place
        while place < len(blocks) and blocks[place].start < end:
            place += 1
        inside.append(blocks[first:place])
    named = [("", 0, 0), *((*titles[start], start) for start in starts)]
    return tuple(Section(*name, end, tuple(held)) for name, end, held in zip(named, ends, inside, strict=True))


@cache
def _parser() -> MarkdownIt:
    """The parser of blocks: what is inside of a line is of no interest, and takes most of the time."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - a tenth of a second, which few commands need

    parser = MarkdownIt("commonmark").enable("table").disable("reference")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _kind(token: Token) -> Kind | None:
    kind = _KINDS.get(token.type)
    return "prose" if kind == "heading" and token.level else kind


def _titles(tokens: Iterable[Token]) -> Iterator[tuple[int, tuple[str, int]]]:
    """The line of each heading, its text and its level."""
    for token, inline in pairwise(tokens):
        if token.map and _kind(token) == "heading":
            yield token.map[0], (inline.content, int(token.tag[1:]))


def _covered(blocks: Iterable[Block], lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks without blank lines at their ends, and each line that none of them holds as a block of its own."""
    at = 0
    for block in [*blocks, Block("lines", len(lines), len(lines))]:
        for place in range(at, block.start):
            if not lines[place].blank:
                yield Block("lines", place, place + 1)
        start, end = max(block.start, at), block.end
        while end > start and lines[end - 1].blank:
            end -= 1
        while start < end and lines[start].blank:
            start += 1
        if start < end:
            yield Block(block.kind, start, end)
        at = max(at, end)


def _whole_examples(blocks: Iterable[Block], lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks, those from `<example>` to `</example>` as one; a heading ends one that is not closed."""
    open_: list[Block] = []
    for block in blocks:
        if block.kind == "heading" or (not open_ and not _EXAMPLE.match(lines[block.start].text)):
            yield from (*open_, block)
            open_ = []
            continue
        open_.append(block)
        if _EXAMPLE_END.search(lines[block.end - 1].text):
            yield Block("lines", open_[0].start, block.end)
            open_ = []
    yield from open_
