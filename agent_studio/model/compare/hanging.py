"""Lines without a word (blank ones, fences, rules): they hang on the lines above and below them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .lines import Line

Pair = tuple[int, int]


def with_wordless(old: Sequence[Line], new: Sequence[Line], pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs, and the equal lines without a word that hang on them."""
    found: list[Pair] = []
    last = (-1, -1)
    for pair in [*sorted(pairs), (len(old), len(new))]:
        found += _wordless_between(old, new, last, pair)
        found.append(pair)
        last = pair
    return found[:-1]


def _wordless_between(old: Sequence[Line], new: Sequence[Line], above: Pair, below: Pair) -> list[Pair]:
    """The equal lines without a word right below one pair and right above the next one.

    A blank line is kept right below a kept line only, except where nothing else is left on one side: there lines were
    added or removed, and the blank lines below them stay.
    """
    i, j = above[0] + 1, above[1] + 1
    end, other_end = below
    found: list[Pair] = []
    while i < end and j < other_end and _equal_wordless(old[i], new[j]):
        found.append((i, j))
        i, j = i + 1, j + 1
    kept: list[Pair] = []
    while i < end and j < other_end and _equal_wordless(old[end - 1], new[other_end - 1]):
        end, other_end = end - 1, other_end - 1
        kept.append((end, other_end))
    if i < end and j < other_end:
        while kept and old[kept[-1][0]].blank:
            kept.pop()
    return found + kept[::-1]


def _equal_wordless(left: Line, right: Line) -> bool:
    return left.wordless and left.text == right.text
