"""The interior of two blocks that belong together: which lines are one, and the words in which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from . import pairing, subsequence, words
from .blocks import BlockPair, Key
from .lines import Line, has_word
from .words import Piece, Wording

CELLS = 10_000
"""Comparisons of one line with another that are made at most inside of two blocks."""

Pieces = tuple[Piece, ...]


@dataclass(slots=True)
class Interior:
    """Pairs of lines by their places, and in pieces each line that is not as on the other side."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    left: dict[int, Pieces] = field(default_factory=dict)
    right: dict[int, Pieces] = field(default_factory=dict)
    coarse: bool = False

    def add(self, pair: BlockPair, old: Sequence[Line], new: Sequence[Line], key: Key) -> None:
        """Take in what two blocks have in common."""
        block, other = pair
        lines, others = old[block.start : block.end], new[other.start : other.end]
        if [line.text for line in lines] == [line.text for line in others]:
            self.pairs += zip(range(block.start, block.end), range(other.start, other.end), strict=True)
            return
        if len(lines) == len(others) == 1:
            self._change(lines, others, [(block.start, other.start)], key)
            return
        worded = [[line for line in side if not line.wordless] for side in (lines, others)]
        regions, exact = subsequence.changes(*([key(line.text) for line in side] for side in worded))
        self.coarse |= not exact
        for i, j in subsequence.kept(regions, len(worded[0]), len(worded[1])):
            self.pairs.append((worded[0][i].place, worded[1][j].place))
        for start, end, other_start, other_end in regions:
            gap, other_gap = worded[0][start:end], worded[1][other_start:other_end]
            if gap and other_gap:
                prose = block.kind == other.kind == "prose"
                found = self._similar(gap, other_gap, prose)
                if prose:
                    self._change(_through(gap, old), _through(other_gap, new), found, key)
                else:
                    for i, j in found:
                        self._change(old[i : i + 1], new[j : j + 1], [(i, j)], key)

    def _similar(self, left: Sequence[Line], right: Sequence[Line], prose: bool) -> list[tuple[int, int]]:
        if len(left) * len(right) > CELLS:
            self.coarse = True
            return []
        texts = [[line.text for line in side] for side in (left, right)]
        if prose and 1 in map(len, texts):
            texts = [[" ".join(side)] for side in texts]  # one line that was broken into several begins where they do
        return [(left[i].place, right[j].place) for i, j in pairing.pairs(*texts)]

    def _change(self, left: Sequence[Line], right: Sequence[Line], pairs: Sequence[tuple[int, int]], key: Key) -> None:
        """Compare some lines word by word; that one breaks where the other goes on is no difference of words."""
        self.pairs += pairs
        text, other = ("\n".join(line.text for line in side) for side in (left, right))
        if text == other:
            return
        if same := key(text) == key(other):
            wording = Wording(words.whole(text, False), words.whole(other, False))
        else:
            wording = words.differences(text, other, key if len(left) == len(right) == 1 else _broken)
        self.coarse |= wording.coarse
        paired = {i for i, _ in pairs}, {j for _, j in pairs}
        for found, lines, side, known in zip(
            (self.left, self.right), (left, right), wording.sides, paired, strict=True
        ):
            for line, pieces in zip(lines, _by_line(side), strict=True):
                if same or line.place in known or any(not p.changed and has_word(p.text) for p in pieces):
                    found[line.place] = pieces


def _through(lines: Sequence[Line], all_lines: Sequence[Line]) -> Sequence[Line]:
    """The lines from the first up to the last of some."""
    return all_lines[lines[0].place : lines[-1].place + 1]


def _broken(token: str) -> str:
    return " " if token.isspace() else token


def _by_line(pieces: Pieces) -> Iterator[Pieces]:
    """Pieces of several lines as those of each."""
    line: list[Piece] = []
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        line += words.whole(first, piece.changed)
        for text in rest:
            yield tuple(line)
            line = [*words.whole(text, piece.changed)]
    yield tuple(line)
