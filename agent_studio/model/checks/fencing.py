"""A block of code that is never closed: where that comes from, and what closes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.prose import Fence, fence_lines, fences
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_HEADING = pattern(r"^#{1,6} ", re.MULTILINE)
_LAST = 6
"""Blocks at the end of which one may have ended too soon, the open one included."""


class Unclosed(NamedTuple):
    """A block that stays open: its place, from where on its text went wrong, and why, in words.

    `splices` close it; there are none where nobody can tell what was meant. All places are those of the file's text.
    """

    at: int
    start: int
    why: str
    title: str
    splices: tuple[Splice, ...]


def unclosed(document: Document) -> Unclosed | None:
    """The block of the body that is never closed; nothing for one with nothing in it that ends no other one."""
    body, at = document.body, document.body_at
    blocks = fences(body)
    if not blocks or blocks[-1].closed:
        return None
    blocks = blocks[-_LAST:]
    lines = list(fence_lines(body, blocks[0].start))
    behind = [line for line in lines if line.start() >= blocks[-1].start]
    found = _never_ended(document, behind) or _ended_early(document, blocks, lines[: len(lines) - len(behind) + 1])
    if found is None and (_words(behind[0]) or body[behind[0].end() :].strip()):
        found = _left_open(document, behind[0])
    if found is None:
        return None
    splices = tuple(Splice(at + splice.start, at + splice.end, splice.new) for splice in found.splices)
    return found._replace(at=at + found.at, start=at + found.start, splices=splices)


def _words(line: re.Match[str]) -> str:
    """What stands behind the marks of a fence."""
    return line[2].rstrip()


def _never_ended(document: Document, lines: list[re.Match[str]]) -> Unclosed | None:
    """Closing fences with a word behind them, which close nothing."""
    if len(lines) % 2 or not _words(lines[1]):
        return None
    splices = tuple(Splice(line.start(2), line.start(2) + len(_words(line)), "") for line in lines[1::2])
    why = f": a fence with a word behind it, as in line {_line(document, lines[1].start())}, closes nothing"
    start = lines[0].start()
    found = Unclosed(start, start, why, "take the words from the closing fences", splices)
    return found if _closes_all(document.body, splices) else None


def _ended_early(document: Document, blocks: tuple[Fence, ...], lines: list[re.Match[str]]) -> Unclosed | None:
    """A block that ended with one inside of it, so that its own end, the last of the lines, opens another one."""
    last = lines[-1]
    around = None if _words(last) else next((block for block in reversed(blocks) if _is_around(block, lines)), None)
    if around is None:
        return None
    inside = [line for line in lines if around.start <= line.start()]
    longer = max(len(line[1]) for line in inside) + 1
    splices = tuple(Splice(line.start(1), line.end(1), line[1][0] * longer) for line in (inside[0], last))
    begin, end = _line(document, around.start), _line(document, around.end)
    why = f"; the block of line {begin} was to end there, but ended in line {end}, with a block inside it"
    found = Unclosed(last.start(), around.start, why, "make the fences of the block around longer", splices)
    return found if _closes_all(document.body, splices) else None


def _is_around(block: Fence, lines: Iterable[re.Match[str]]) -> bool:
    """Whether another block is opened in a closed one."""
    return block.closed and any(block.start < line.start() < block.end and _words(line) for line in lines)


def _left_open(document: Document, line: re.Match[str]) -> Unclosed:
    """A block that nobody closed: at the end, unless headings stand in it."""
    body, newline = document.body, document.newline_at(len(document.text))
    lead = "" if body.endswith("\n") else newline
    at_end = Splice(len(body), len(body), f"{lead}{line[1]}{newline}")
    text_behind = not _words(line) and _HEADING.search(body, line.end())
    return Unclosed(line.start(), line.start(), "", "close it at the end", () if text_behind else (at_end,))


def _line(document: Document, at: int) -> int:
    return document.line_at(document.body_at + at)


def _closes_all(body: str, splices: Iterable[Splice]) -> bool:
    """Whether a body with changes leaves no block open."""
    parts, at = [], 0
    for splice in splices:
        parts += [body[at : splice.start], splice.new]
        at = splice.end
    return all(fence.closed for fence in fences("".join([*parts, body[at:]])))
