"""The correspondence of two texts: which sections, blocks and lines belong together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from . import blocks, words
from .block import Block
from .blocks import BlockPair, Key, Zone
from .interior import Interior
from .lines import Line
from .matching import RETITLED, Content, Pair, contents, in_place, matched, overlap
from .outline import outline

DISSOLVED = 0.4
"""Part of its words that a section without a counterpart must find elsewhere for its blocks to be paired there."""

REPLANTED = 0.6
"""Part of their words that two sections must share of which one is the other, moved and under another heading."""

Group = tuple[str, int]
"""A name for lines that come or go together: a pair of blocks or a run of moved sections (the same name on both sides),
or a section that has no counterpart."""

APART = {"moved", "section"}
"""Groups of lines without a counterpart at their place."""

NOWHERE: Group = ("", -1)
"""Where lines are that belong to nothing."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: its lines, its sections, and the groups that its lines belong to, by their places."""

    lines: Sequence[Line]
    contents: Sequence[Content]
    groups: dict[int, Group]

    def apart(self, place: int) -> bool:
        """Whether a line has no counterpart at its place."""
        return self.groups.get(place, NOWHERE)[0] in APART


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Two texts, and the pairs of their sections (those in `moved` stand elsewhere) and of their lines, in order."""

    left: Side
    right: Side
    sections: Sequence[Pair]
    moved: Collection[Pair]
    interior: Interior
    coarse: bool

    @property
    def mirrored(self) -> Correspondence:
        """The same with the sides swapped."""
        inner = self.interior
        return replace(
            self,
            left=self.right,
            right=self.left,
            sections=sorted((j, i) for i, j in self.sections),
            moved={(j, i) for i, j in self.moved},
            interior=Interior([(j, i) for i, j in inner.pairs], inner.right, inner.left, inner.coarse),
        )


def correspond(left: Sequence[Line], right: Sequence[Line], key: Key) -> Correspondence:
    """The correspondence of two texts given as lines, of which `key` gives what counts."""
    sides = contents(outline(left), left), contents(outline(right), right)
    pairs, exact = matched(*sides)
    placed = in_place(pairs, *sides)
    moved = {(i, j) for i, j in pairs if (i, j) not in placed and _same_content(sides[0][i], sides[1][j])}
    alone = [_alone(side, taken) for side, taken in zip(sides, zip(*(placed | moved), strict=True), strict=True)]
    found, complete = blocks.paired(list(_zones(sides, sorted(placed), moved)), left, right, key)
    found, gone = _without_strays(found, sides, alone)
    interior = Interior()
    for pair in found:
        interior.add(pair, left, right, key)
        interior.pairs += _blank_below(pair, left, right)
    elsewhere = _moved(sides, moved, left, right, key)
    interior.left |= elsewhere.left
    interior.right |= elsewhere.right
    groups = _grouped(found, sides, gone, moved)
    coarse = not (exact and complete) or interior.coarse or elsewhere.coarse
    old, new = (Side(*side) for side in zip((left, right), sides, groups, strict=True))
    return Correspondence(old, new, sorted(placed | moved), moved, interior, coarse)


def _same_content(left: Content, right: Content) -> bool:
    """Whether two sections share enough to say that one is the other, moved."""
    least = RETITLED if left.title == right.title else REPLANTED
    return left.text == right.text or overlap(left.words, right.words) >= least


def _alone(side: Sequence[Content], taken: Collection[int]) -> set[int]:
    return set(range(len(side))) - set(taken)


def _zones(sides: tuple[list[Content], list[Content]], placed: Sequence[Pair], moved: set[Pair]) -> Iterator[Zone]:
    """For each pair of sections in place, their blocks and those that follow up to the next such pair.

    Two sections that are the same are one block each.
    """
    away = {i for i, _ in moved}, {j for _, j in moved}
    for pair, after in pairwise([*placed, (len(sides[0]), len(sides[1]))]):
        held = [
            [side[place].section for place in range(first, end) if place not in gone]
            for side, gone, first, end in zip(sides, away, pair, after, strict=True)
        ]
        old, new = ([block for section in each for block in section.blocks] for each in held)
        if len(held[0]) == len(held[1]) == 1 and sides[0][pair[0]].text == sides[1][pair[1]].text:
            if old and new:
                whole, other = (Block("lines", blocks[0].start, blocks[-1].end) for blocks in (old, new))
                yield Zone([whole], [other], same=True)
            continue
        yield Zone(old, new, headed=pair != (0, 0))


def _without_strays(
    pairs: Sequence[BlockPair], sides: tuple[list[Content], list[Content]], alone: Sequence[set[int]]
) -> tuple[list[BlockPair], list[set[int]]]:
    """The pairs without those in sections that have no counterpart and are not found in others; and these sections."""
    within = [_starts(side, places) for side, places in zip(sides, alone, strict=True)]
    pairs = [(a, b) for a, b in pairs if a.start not in within[0] or b.start not in within[1]]
    starts = {a.start for a, _ in pairs}, {b.start for _, b in pairs}
    gone = [
        {place for place in places if _found(side[place], found) < DISSOLVED}
        for side, places, found in zip(sides, alone, starts, strict=True)
    ]
    strays = [_starts(side, places) for side, places in zip(sides, gone, strict=True)]
    return [(a, b) for a, b in pairs if a.start not in strays[0] and b.start not in strays[1]], gone


def _starts(side: Sequence[Content], places: Iterable[int]) -> set[int]:
    return {block.start for place in places for block in side[place].section.blocks}


def _blank_below(pair: BlockPair, left: Sequence[Line], right: Sequence[Line]) -> Iterator[Pair]:
    """The blank lines right below two blocks that belong together."""
    i, j = pair[0].end, pair[1].end
    while i < len(left) and j < len(right) and left[i].blank and left[i].text == right[j].text:
        yield i, j
        i, j = i + 1, j + 1


def _found(content: Content, starts: Collection[int]) -> float:
    """The part of a section, by its lines, that belongs to blocks which have a counterpart."""
    held = content.section.blocks
    lines = sum(block.end - block.start for block in held)
    return sum(block.end - block.start for block in held if block.start in starts) / lines if lines else 0.0


def _moved(
    sides: tuple[list[Content], list[Content]], moved: set[Pair], left: Sequence[Line], right: Sequence[Line], key: Key
) -> Interior:
    """The interior of moved sections; what is not in the other one is marked as a whole."""
    interior = Interior()
    held = [(sides[0][i].section.blocks, sides[1][j].section.blocks) for i, j in sorted(moved)]
    found, complete = blocks.paired([Zone(old, new, headed=True) for old, new in held], left, right, key)
    for pair in found:
        interior.add(pair, left, right, key)
    interior.coarse |= not complete
    _mark(interior.left, {i for i, _ in interior.pairs}, left, (block for old, _ in held for block in old))
    _mark(interior.right, {j for _, j in interior.pairs}, right, (block for _, new in held for block in new))
    return interior


def _mark(
    pieces: dict[int, tuple[words.Piece, ...]], paired: Collection[int], lines: Sequence[Line], held: Iterable[Block]
) -> None:
    for block in held:
        for place in range(block.start, block.end):
            if place not in paired and place not in pieces and not lines[place].wordless:
                pieces[place] = words.whole(lines[place].text, True)


def _grouped(
    pairs: Sequence[BlockPair],
    sides: tuple[list[Content], list[Content]],
    gone: Sequence[set[int]],
    moved: set[Pair],
) -> tuple[dict[int, Group], dict[int, Group]]:
    """The groups of the lines of both sides."""
    found: tuple[dict[int, Group], dict[int, Group]] = ({}, {})
    for number, held in enumerate(pairs):
        for groups, block in zip(found, held, strict=True):
            groups.update(dict.fromkeys(range(block.start, block.end), ("block", number)))
    for groups, side, places in zip(found, sides, gone, strict=True):
        for place, root in _rooted(side, places):
            groups.update(dict.fromkeys(side[place].lines, ("section", root)))
    for number, run in enumerate(_runs(sorted(moved))):
        for pair in run:
            for groups, side, place in zip(found, sides, pair, strict=True):
                groups.update(dict.fromkeys(side[place].lines, ("moved", number)))
    return found


def _rooted(side: Sequence[Content], places: set[int]) -> Iterator[tuple[int, int]]:
    """Each of some sections, and the one of them below which it stands without a gap (itself where there is none)."""
    root = -1
    for place in sorted(places):
        below = place - 1 in places and root >= 0 and side[place].section.level > side[root].section.level
        root = root if below else place
        yield place, root


def _runs(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Pairs of sections that follow each other on both sides, together."""
    run: list[Pair] = []
    for pair in pairs:
        if run and pair != (run[-1][0] + 1, run[-1][1] + 1):
            yield run
            run = []
        run.append(pair)
    if run:
        yield run
