"""Pairing of similar lines: which line of one block became which line of the other, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from .words import words_of

FLOOR = 0.4
"""Part of their words that two lines must share to be one line changed."""

LONGEST = 1000
"""Words at the start of a text that are looked at."""


def similar(left: str, right: str) -> bool:
    """Whether two lines share enough words to be one line changed."""
    return bool(pairs([left], [right]))


def pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The places of lines that belong together, first to last: those that share the most words in all.

    The effort is `len(left) * len(right)`; swapping the sides swaps the pairs.
    """
    if list(left) > list(right):
        return [(i, j) for j, i in pairs(right, left)]
    scores = list(_scores(left, right))
    totals = [[0.0] * (len(right) + 1)]
    for row in scores:
        totals.append(_best(totals[-1], row))
    return _path(scores, totals)[::-1]


def _scores(left: Sequence[str], right: Sequence[str]) -> Iterator[dict[int, float]]:
    """For each line at the left: the overlap with each similar line at the right."""
    holders: dict[str, list[int]] = {}
    sizes = []
    for place, line in enumerate(right):
        words = known(line)
        sizes.append(len(words))
        for word in words:
            holders.setdefault(word, []).append(place)
    for line in left:
        words = known(line)
        shared = Counter(chain.from_iterable(holders.get(word, ()) for word in words))
        size = len(words)
        yield {
            place: overlap for place, count in shared.items() if (overlap := 2 * count / (size + sizes[place])) >= FLOOR
        }


def known(text: str) -> frozenset[str]:
    """The words that a text is known by, in no order."""
    return frozenset(words_of(text)[:LONGEST])


def _best(above: list[float], scores: dict[int, float]) -> list[float]:
    """The best totals up to each line at the right, one more line at the left taken in."""
    if not scores:
        return above
    taken = above.copy()
    for place, score in scores.items():
        taken[place + 1] = max(taken[place + 1], above[place] + score)
    return list(accumulate(taken, max))


def _path(scores: list[dict[int, float]], totals: list[list[float]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    i, j = len(scores), len(totals[0]) - 1
    while i and j:
        if totals[i][j] == totals[i - 1][j]:
            i -= 1
        elif totals[i][j] == totals[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found
