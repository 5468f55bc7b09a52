"""Lines without a word (blank ones, fences, rules): they hang on the lines above and below them."""

from __future__ import annotations

from collections.abc import Iterable

from .correspondence import Side

Pair = tuple[int, int]


def with_wordless(left: Side, right: Side, pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs, and the equal lines without a word that hang on them; none of sections without a counterpart."""
    found: list[Pair] = []
    last = (-1, -1)
    for pair in [*sorted(pairs), (len(left.lines), len(right.lines))]:
        found += _wordless_between(left, right, last, pair)
        found.append(pair)
        last = pair
    return found[:-1]


def _wordless_between(left: Side, right: Side, above: Pair, below: Pair) -> list[Pair]:
    """The equal lines without a word right below one pair and right above the next one.

    A blank line is kept right below a kept line only, except where nothing else is left on one side: there lines were
    added or removed, and the blank lines below them stay.
    """
    i, j = above[0] + 1, above[1] + 1
    end, other_end = below
    found: list[Pair] = []
    while i < end and j < other_end and _equal_wordless(left, i, right, j):
        found.append((i, j))
        i, j = i + 1, j + 1
    kept: list[Pair] = []
    while i < end and j < other_end and _equal_wordless(left, end - 1, right, other_end - 1):
        end, other_end = end - 1, other_end - 1
        kept.append((end, other_end))
    if i < end and j < other_end:
        while kept and left.lines[kept[-1][0]].blank:
            kept.pop()
    return found + kept[::-1]


def _equal_wordless(left: Side, i: int, right: Side, j: int) -> bool:
    line, other = left.lines[i], right.lines[j]
    return line.wordless and line.text == other.text and not (left.apart(i) or right.apart(j))
