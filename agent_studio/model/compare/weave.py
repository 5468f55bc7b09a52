"""The weave of two texts: their correspondence as one sequence of lines, and the differences in it."""

from __future__ import annotations

from collections.abc import Iterator

from . import lines, words
from .alignment import Alignment, LinePair, Region, Status
from .blocks import Key
from .correspondence import APART, NOWHERE, Correspondence, Group, correspond
from .gap import ordered
from .hanging import with_wordless
from .interior import Pieces
from .lines import Line
from .sections import section_pairs
from .words import Wording


def align(left: str, right: str, loose: bool = False) -> Alignment:
    """The alignment of two texts; `loose`: how they are spaced and broken into lines makes no difference."""
    swap = left > right  # always in one order: then the answer cannot depend on the side
    old, new = map(lines.split, (right, left) if swap else (left, right))
    found = correspond(old, new, _loose if loose else str)
    return _Weave(found.mirrored if swap else found, loose).alignment()


def _loose(text: str) -> str:
    return " ".join(text.split())


class _Weave:
    """A correspondence on its way to be an alignment."""

    def __init__(self, found: Correspondence, loose: bool) -> None:
        self.found = found
        self.key: Key = _loose if loose else str
        self.loose = loose
        self.spans: list[list[int]] = []
        self.groups: list[Group] = []
        self.at = (0, 0)
        self.last: object = None

    def alignment(self) -> Alignment:
        """Every line of both sides once and in order."""
        pairs = tuple(self._in_order())
        # A run that moved is one region on each side.
        found = list(zip(self.groups, self.spans, strict=True))
        twins = {(group, span[0] < span[1]): n for n, (group, span) in enumerate(found)}
        regions = tuple(
            Region((i, i_end), (j, j_end), group, twins.get((group, i == i_end)) if group[0] == "moved" else None)
            for group, (i, i_end, j, j_end) in found
        )
        return Alignment(pairs, self.found.coarse, regions, tuple(section_pairs(pairs, self.found)))

    def _in_order(self) -> Iterator[LinePair]:
        """The lines of both sides, those that belong together in pairs."""
        left, right = self.found.left, self.found.right
        old, new = left.lines, right.lines
        at, other, changed = 0, 0, False
        for i, j in [*with_wordless(left, right, self.found.interior.pairs), (len(old), len(new))]:
            if at < i or other < j:
                above = self._group(at - 1, other - 1)
                for placed in ordered(old[at:i], new[other:j], (left, right), above, changed):
                    yield self._pair(*placed)
            at, other = i + 1, j + 1
            if i < len(old):
                changed = self.key(old[i].text) != self.key(new[j].text)
                if changed:
                    yield self._pair(old[i], new[j], self._group(i, j))
                else:
                    self.at, self.last = (at, other), None
                    yield LinePair("same", old[i], new[j])

    def _group(self, i: int, j: int) -> Group:
        """The group of two lines that belong together; a blank one may be inside of a block on one side alone."""
        left, right = self.found.left.groups.get(i, NOWHERE), self.found.right.groups.get(j, NOWHERE)
        return right if right[1] > left[1] else left

    def _pair(self, left: Line | None, right: Line | None, group: Group) -> LinePair:
        """A pair that differs, with the number of its region: that of the one before it, or a new one."""
        i, j = self.at
        self.at = (i + (left is not None), j + (right is not None))
        moved = group[0] == "moved"
        status, wording = self._differing(left, right, moved)
        if status == "same":
            self.last = None
            return LinePair("same", left, right)
        key = (group, status) if group[0] in APART else group
        if key != self.last:
            self.last = key
            self.spans.append([i, i, j, j])
            self.groups.append(group)
        self.spans[-1][1::2] = self.at
        return LinePair(status, left, right, wording, moved, len(self.spans) - 1)

    def _differing(self, left: Line | None, right: Line | None, moved: bool) -> tuple[Status, Wording | None]:
        interior = self.found.interior
        old = interior.left.get(left.place) if left else None
        new = interior.right.get(right.place) if right else None
        wording = None if old is new is None else Wording(old or _plain(left), new or _plain(right))
        if not (left and right) and (moved or wording is None):
            return "left" if left else "right", wording
        return ("same", None) if self.loose and wording and not wording.marked else ("changed", wording)


def _plain(line: Line | None) -> Pieces:
    return words.whole(line.text, False) if line else ()
