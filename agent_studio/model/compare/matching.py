"""Matching of sections: which section of one text became which of the other, in place or moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from . import subsequence
from .lines import Line
from .outline import Section
from .words import words_of

Pair = tuple[int, int]

MOST = 10_000
"""Comparisons of one section with another that are made at most; beyond, only headings that are unique count."""

RENAMED = 0.45
"""Part of their words that two sections under different headings must share to be one section."""

RETITLED = 0.25
"""The same where at least half of the words of their headings are the same, or where one has moved."""


ALIKE = 4
"""Sections in a row that may be known by their shape alone, at least."""

TRANSLATED = 0.75
"""Part of them that must have the same shape on both sides."""


@dataclass(frozen=True)
class Content:
    """What a section is known by: its text, the words of its heading and its own words."""

    section: Section
    text: str
    path: tuple[str, ...]

    @property
    def lines(self) -> range:
        """The places of its lines."""
        return range(self.section.start, self.section.end)

    @cached_property
    def title(self) -> tuple[str, ...]:
        """The words of the heading."""
        return tuple(words_of(self.section.heading)) or (self.section.heading,)

    @cached_property
    def titled(self) -> frozenset[str]:
        """The words of the heading, in no order."""
        return frozenset(self.title)

    @cached_property
    def shape(self) -> str:
        """Its level and the kinds of its blocks."""
        return f"{self.section.level} {' '.join(block.kind for block in self.section.blocks)}"

    @cached_property
    def words(self) -> frozenset[str]:
        """The words below the heading, in no order."""
        return frozenset(words_of(self.text.partition("\n")[2] if self.section.level else self.text))


def contents(sections: Sequence[Section], lines: Sequence[Line]) -> list[Content]:
    """The content of each section, blank lines at its end aside; `path` are the headings above it."""
    found: list[Content] = []
    above: list[Section] = []
    texts = [line.text for line in lines]
    for section in sections:
        above = [other for other in above if other.level < section.level]
        text = "\n".join(texts[section.start : section.end]).rstrip()
        found.append(Content(section, text, tuple(other.heading for other in above)))
        above.append(section)
    return found


def matched(left: Sequence[Content], right: Sequence[Content]) -> tuple[list[Pair], bool]:
    """The pairs of sections that belong together, by the left one, and whether all were looked at.

    What stands above the first headings always belongs together.
    """
    regions, _ = subsequence.changes(*([content.text for content in side[1:]] for side in (left, right)))
    found = {0: 0} | {i + 1: j + 1 for i, j in subsequence.kept(regions, len(left) - 1, len(right) - 1)}
    taken = set(found.values())
    rest = [place for place in range(len(left)) if place not in found]
    others = [place for place in range(len(right)) if place not in taken]
    found |= dict(_by_path(left, right, rest, others))
    taken = set(found.values())
    rest = [place for place in rest if place not in found]
    others = [place for place in others if place not in taken]
    exact = len(rest) * len(others) <= MOST
    if exact:
        found |= dict(_by_likeness(left, right, rest, others))
    found |= dict(_by_shape(left, right, sorted(found.items())))
    return sorted(found.items()), exact


def in_place(pairs: Sequence[Pair], left: Sequence[Content], right: Sequence[Content]) -> set[Pair]:
    """The pairs that stand in the same order on both sides: those that hold the most lines."""
    ends: list[int] = []
    best: list[tuple[int, int]] = []  # the weight of the best run that ends at `ends[k]`, and its last pair
    before: dict[int, int] = {}
    for place, (i, j) in enumerate(pairs):
        weight = len(left[i].lines) + len(right[j].lines) + 1
        at = bisect_left(ends, j)
        if at:
            weight += best[at - 1][0]
            before[place] = best[at - 1][1]
        last = at
        while last < len(ends) and best[last][0] <= weight:
            last += 1
        ends[at:last], best[at:last] = [j], [(weight, place)]
    found = set()
    at_pair: int | None = best[-1][1] if best else None
    while at_pair is not None:
        found.add(pairs[at_pair])
        at_pair = before.get(at_pair)
    return found


def _by_path(
    left: Sequence[Content], right: Sequence[Content], rest: Iterable[int], others: Iterable[int]
) -> Iterator[Pair]:
    """The pairs whose heading, and the headings above it, are the same and stand only once on each side."""
    named, other_named = (_unique(side, places) for side, places in ((left, rest), (right, others)))
    for path, place in named.items():
        if place is not None and (other := other_named.get(path)) is not None:
            yield place, other


def _unique(side: Sequence[Content], places: Iterable[int]) -> dict[tuple[object, ...], int | None]:
    found: dict[tuple[object, ...], int | None] = {}
    for place in places:
        path = (side[place].title, side[place].path)
        found[path] = None if path in found else place
    return found


def _by_likeness(
    left: Sequence[Content], right: Sequence[Content], rest: Sequence[int], others: Sequence[int]
) -> Iterator[Pair]:
    """The likest pairs, one after the other; swapping the sides swaps them."""
    scored = ((_likeness(left[i], right[j]), i, j) for i in rest for j in others)
    free, other_free = set(rest), set(others)
    for _, i, j in sorted((s for s in scored if s[0]), key=lambda s: (-s[0], s[1] + s[2], abs(s[1] - s[2]))):
        if i in free and j in other_free:
            free.remove(i)
            other_free.remove(j)
            yield i, j


def _by_shape(left: Sequence[Content], right: Sequence[Content], found: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs of what is left where many sections in a row are built alike: a translation shares no words.

    They stand between two pairs that are in place.
    """
    taken = {i for i, _ in found}, {j for _, j in found}
    for (i, j), (end, other_end) in pairwise([*sorted(in_place(found, left, right)), (len(left), len(right))]):
        rest = [place for place in range(i + 1, end) if place not in taken[0]]
        others = [place for place in range(j + 1, other_end) if place not in taken[1]]
        if min(len(rest), len(others)) < ALIKE:
            continue
        sides = [left[place].shape for place in rest], [right[place].shape for place in others]
        regions, _ = subsequence.changes(*sides)
        pairs = list(subsequence.kept(regions, len(rest), len(others)))
        if 2 * len(pairs) >= TRANSLATED * (len(rest) + len(others)):
            yield from ((rest[old], others[new]) for old, new in pairs)


def _likeness(left: Content, right: Content) -> float:
    """How much speaks for two sections being one, 0 where nothing does."""
    shared = overlap(left.words, right.words)
    if left.title == right.title:
        return 1 + shared + (left.path == right.path) / 4
    titles = overlap(left.titled, right.titled)
    if shared >= RENAMED or (titles >= RENAMED and shared >= RETITLED):
        return max(shared, (titles + shared) / 2)
    return 0.0


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """The part of the words of both that they share, 0 where there are none."""
    count = len(left) + len(right)
    return 2 * len(left & right) / count if count else 0.0
