"""The outline of a Markdown text: its sections, and the blocks of lines that they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .block import Block, Kind
from .lines import Line
from .ordinary import HEADING, Ordinary, Unusual

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_KINDS: dict[str, Kind] = {
    "heading_open": "heading",
    "paragraph_open": "prose",
    "tr_open": "lines",
    "fence": "lines",
    "code_block": "lines",
    "html_block": "lines",
    "hr": "lines",
}
_CLOSING = re.compile(r"(?:^|[ \t]+)#+$")
_EXAMPLE, _EXAMPLE_END = re.compile(r"\s*<example\b", re.IGNORECASE), re.compile(r"</example>\s*$", re.IGNORECASE)


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
    blocks = list(_whole_examples(_covered(_blocks(lines), lines), lines))
    titles = {block.start: _title(lines, block) for block in blocks if block.kind == "heading"}
    ends = [*titles, len(lines)]
    inside = [[block for block in blocks if block.start < ends[0]]]
    place = len(inside[0])
    for end in ends[1:]:
        first = place
        while place < len(blocks) and blocks[place].start < end:
            place += 1
        inside.append(blocks[first:place])
    named = [("", 0, 0), *((*title, start) for start, title in titles.items())]
    return tuple(Section(*name, end, tuple(held)) for name, end, held in zip(named, ends, inside, strict=True))


def _title(lines: Sequence[Line], block: Block) -> tuple[str, int]:
    """The text of a heading, and its level."""
    *above, last = (line.text.strip(" \t") for line in lines[block.start : block.end])
    if above:
        return "\n".join(above), 1 if last.startswith("=") else 2
    text = last.lstrip("#")
    return _CLOSING.sub("", text.strip(" \t")), len(last) - len(text)


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks of a text; of each part from a heading to the next the parser is asked if it is no ordinary one."""
    at = 0
    while at < len(lines):
        found = Ordinary(lines, at)
        try:
            end = found.read()
            yield from found.blocks
        except Unusual:
            end = next((n for n in range(at + 1, len(lines)) if HEADING.match(lines[n].text)), len(lines))
            blocks = _parsed(lines[at : end + 1])
            if end < len(lines) and (not blocks or blocks.pop() != Block("heading", end - at, end - at + 1)):
                end = len(lines)  # that heading is none: it stands in a fence or in HTML that goes on
                blocks = _parsed(lines[at:])
            yield from (Block(block.kind, at + block.start, at + block.end) for block in blocks)
        at = end


def _parsed(lines: Sequence[Line]) -> list[Block]:
    """The blocks as the parser finds them."""
    tokens = _parser().parse("\n".join(line.text for line in lines))
    return [Block(kind, *token.map) for token in tokens if token.map and (kind := _kind(token))]


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


def _covered(blocks: Iterable[Block], lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks without blank lines at their ends, and each line that none of them holds as a block of its own."""
    at = 0
    filled = [bool(line.text.strip()) for line in lines]
    for block in [*blocks, Block("lines", len(lines), len(lines))]:
        kind, start, end = block
        yield from (Block("lines", place, place + 1) for place in range(at, start) if filled[place])
        start = max(start, at)
        while end > start and not filled[end - 1]:
            end -= 1
        while start < end and not filled[start]:
            start += 1
        if start < end:
            yield block if block[1:] == (start, end) else Block(kind, start, end)
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
