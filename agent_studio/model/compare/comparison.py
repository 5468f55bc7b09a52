"""Comparison: two agent files by field and by line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel

from agent_studio.model.document import Document

from . import subsequence, words
from .alignment import Alignment, align
from .fields import FieldPair, pair_fields
from .rows import Row, field_rows, folded, heading, line_rows
from .values import Written


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two files have in common and where they differ.

    `first` are the lines of the files, counted from 1, on which their bodies begin; `similarity` is that of the bodies,
    from 0 to 1.
    """

    fields: tuple[FieldPair, ...]
    lines: Alignment
    first: tuple[int, int]
    similarity: float

    @property
    def differing(self) -> tuple[FieldPair, ...]:
        """The fields that are not the same."""
        return tuple(field for field in self.fields if field.status != "same")

    @property
    def same(self) -> bool:
        """Whether the host reads the same from both files."""
        return not self.differing and self.lines.same

    @property
    def coarse(self) -> bool:
        """Whether a part was too large to be compared in full; then it is shown as replaced."""
        return self.lines.coarse or any(field.shown.coarse for field in self.fields)

    @property
    def hunks(self) -> int:
        """How many differences there are: fields, and runs of lines in the body."""
        runs = groupby(pair.status == "same" for pair in self.lines.pairs)
        return len(self.differing) + sum(not same for same, _ in runs)

    def rows(self, context: int | None = 3) -> tuple[Row, ...]:
        """The whole comparison to be drawn, equal lines farther than `context` rows from a difference folded.

        Without a `context` nothing is folded.
        """
        found = [heading("FRONTMATTER", self._fields_said(), "changed" if self.differing else "same")]
        hunk = 0
        for field in self.fields:
            hunk += field.status != "same"
            found += folded(field_rows(field, None if field.status == "same" else hunk), context, kept=1)
        found.append(heading("BODY", self._lines_said(), "same" if self.lines.same else "changed"))
        found += folded(list(line_rows(self.lines, self.first, hunk + 1)), context)
        return tuple(found)

    def _fields_said(self) -> str:
        names = [field.name for field in self.differing]
        count = f"{len(self.fields)} field{'s' * (len(self.fields) != 1)}"
        if not names:
            return f"{count}, the same" if self.fields else "no fields"
        return f"{len(names)} of {count} differ{'s' * (len(names) == 1)}: {', '.join(names)}"

    def _lines_said(self) -> str:
        old = sum(pair.left is not None for pair in self.lines.pairs)
        new = sum(pair.right is not None for pair in self.lines.pairs)
        if self.lines.same:
            endings = " but for line endings" * any(pair.respelled for pair in self.lines.pairs)
            return f"{old} line{'s' * (old != 1)}, the same{endings}"
        counts = f"{old} → {new} lines  +{self.lines.added} −{self.lines.removed}"
        return counts + ", too large to be compared in full" * self.lines.coarse


def compare(a: Document, b: Document) -> Comparison:
    """The comparison of two files, `a` at the left."""
    return Comparison(
        pair_fields(_written(a), _written(b)),
        align(a.body, b.body),
        (a.body_line, b.body_line),
        similarity(a.body, b.body),
    )


def _written(document: Document) -> dict[str, Written]:
    return {
        entry.key: Written(entry.value, document.source(entry), document.line_at(entry.start))
        for entry in document.fields
    }


def similarity(left: str, right: str) -> float:
    """The part of their words that two texts share in the same order, from 0 to 1; of very long ones, in any order."""
    old, new = words.words_of(left), words.words_of(right)
    if len(old) * len(new) > subsequence.LARGEST:
        shared = (Counter(old) & Counter(new)).total()
        return 2 * shared / (len(old) + len(new))
    ids: dict[str, int] = {}
    codes = [[ids.setdefault(word, len(ids)) for word in side] for side in (old, new)]
    return Indel.normalized_similarity(*codes)
