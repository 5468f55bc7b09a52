"""Pairs of blocks: which paragraph, list item, row or fence of one text became which of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from . import pairing, subsequence
from .block import Block
from .lines import Line, has_word
from .matching import overlap

CELLS = 60_000
"""Comparisons of one block with another that are made at most to find the similar ones."""

ALONE = 0.25
"""Part of their words that two blocks must share that stand alone between others that belong together."""

Key = Callable[[str], str]
"""What of a text counts when two are compared."""

BlockPair = tuple[Block, Block]


@dataclass(frozen=True, slots=True)
class Zone:
    """Blocks of both sides that may belong together, in order; the first two are headings that do (`headed`).

    `same` says that all of them do.
    """

    left: Sequence[Block]
    right: Sequence[Block]
    headed: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class _Gap:
    """Blocks of both sides between equal ones, and their texts."""

    left: Sequence[Block]
    right: Sequence[Block]
    texts: Sequence[str]
    others: Sequence[str]

    @property
    def cells(self) -> int:
        return len(self.left) * len(self.right)


def paired(
    zones: Sequence[Zone], left: Sequence[Line], right: Sequence[Line], key: Key
) -> tuple[list[BlockPair], bool]:
    """The pairs of equal or similar blocks in each zone, and whether all that could be similar were compared."""
    found: list[BlockPair] = []
    gaps: list[_Gap] = []
    for zone in zones:
        if zone.same:
            found += zip(zone.left, zone.right, strict=True)
            continue
        first = int(zone.headed)
        found += zip(zone.left[:first], zone.right[:first], strict=True)
        blocks, texts = _worded(zone.left[first:], left, key)
        others, other_texts = _worded(zone.right[first:], right, key)
        regions, _ = subsequence.changes(texts, other_texts)
        found += ((blocks[i], others[j]) for i, j in subsequence.kept(regions, len(blocks), len(others)))
        gaps += (_Gap(blocks[s:e], others[os:oe], texts[s:e], other_texts[os:oe]) for s, e, os, oe in regions)
    cells = 0
    for gap in sorted(gaps, key=lambda gap: gap.cells):
        cells += gap.cells
        if cells > CELLS:
            break
        found += _similar(gap)
    return sorted(found, key=lambda pair: pair[0].start), cells <= CELLS


def _worded(blocks: Sequence[Block], lines: Sequence[Line], key: Key) -> tuple[list[Block], list[str]]:
    """The blocks that hold a word (nothing hangs on the others), and what counts of each."""
    texts = [(block, text_of(block, lines)) for block in blocks]
    worded = [(block, key(text)) for block, text in texts if has_word(text)]
    return [block for block, _ in worded], [text for _, text in worded]


def text_of(block: Block, lines: Sequence[Line]) -> str:
    """The text of a block, its lines joined by line feeds."""
    return "\n".join(line.text for line in lines[block.start : block.end])


def _similar(gap: _Gap) -> Iterator[BlockPair]:
    """The similar blocks, and those between them that have no other to be confused with and are a little alike."""
    at = other = 0
    for i, j in [*pairing.pairs(gap.texts, gap.others), (len(gap.left), len(gap.right))]:
        if (i - at, j - other) == (1, 1) and _alike(gap.texts[at], gap.others[other]):
            yield gap.left[at], gap.right[other]
        if i < len(gap.left):
            yield gap.left[i], gap.right[j]
        at, other = i + 1, j + 1


def _alike(text: str, other: str) -> bool:
    """Whether two texts share some words, or are fences of one language."""
    first, _, rest = text.partition("\n")
    fenced = rest and first.startswith(("```", "~~~")) and other.startswith(f"{first}\n")
    return bool(fenced) or overlap(pairing.known(text), pairing.known(other)) >= ALONE
