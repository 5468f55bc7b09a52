"""Comparison: two agent files by field and by line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from agent_studio.model.document import Document

from . import subsequence, words
from .alignment import Alignment
from .difference import Difference, differences
from .fields import FieldPair, pair_fields
from .rows import Row, field_rows, folded, heading, line_rows
from .sections import SectionPair, spans_of
from .values import Written
from .weave import align


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two files have in common and where they differ; `loose`: spelling and white space make no difference.

    `similarity` is that of the bodies, from 0 to 1.
    """

    left: Document
    right: Document
    fields: tuple[FieldPair, ...]
    lines: Alignment
    differences: tuple[Difference, ...]
    similarity: float
    loose: bool = False

    @property
    def sections(self) -> tuple[SectionPair, ...]:
        """The sections of the bodies."""
        return self.lines.sections

    @property
    def first(self) -> tuple[int, int]:
        """The lines of the files, counted from 1, on which their bodies begin."""
        return self.left.body_line, self.right.body_line

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
        """How many differences there are."""
        return len(self.differences)

    def below(self, heading: str) -> tuple[Difference, ...] | None:
        """The differences in the section of a heading and in those below it; None where that is not one section."""
        spans = spans_of(self.sections, heading)
        if spans is None:
            return None
        return tuple(d for d in self.differences if d.region and d.region.within(*spans))

    def rows(self, context: int | None = 3) -> tuple[Row, ...]:
        """The whole comparison to be drawn, equal lines farther than `context` rows from a difference folded.

        Without a `context` nothing is folded.
        """
        found = [heading("FRONTMATTER", self._fields_said(), "changed" if self.differing else "same")]
        numbers = iter(self.differences)
        for field in self.fields:
            number = None if field.status == "same" else next(numbers).number
            found += folded(field_rows(field, number), context, kept=1)
        found.append(heading("BODY", self._lines_said(), "same" if self.lines.same else "changed"))
        rows = line_rows(self.lines, self.first, len(self.differing) + 1, quiet=not self._all_end_otherwise)
        found += folded(list(rows), context)
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
        moved = [pair for pair in self.lines.pairs if pair.moved and not pair.marked]
        here = sum(pair.left is not None for pair in moved)
        added, removed = self.lines.added - (len(moved) - here), self.lines.removed - here
        counts = f"{old} → {new} lines  +{added} −{removed}" + f", {here} moved" * bool(here)
        counts += ", with other line endings" * self._all_end_otherwise
        return counts + ", too large to be compared in full" * self.lines.coarse

    @property
    def _all_end_otherwise(self) -> bool:
        """Whether all lines that are the same end otherwise on the other side: that is said once, not on each."""
        same = [pair for pair in self.lines.pairs if pair.status == "same"]
        return not self.lines.same and len(same) > 1 and all(pair.respelled for pair in same)


def compare(a: Document, b: Document, *, loose: bool = False) -> Comparison:
    """The comparison of two files, `a` at the left; `loose`: spelling and white space make no difference."""
    fields = pair_fields(_written(a), _written(b), loose)
    lines = align(a.body, b.body, loose)
    return Comparison(a, b, fields, lines, differences(fields, lines), similarity(a.body, b.body), loose)


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
    return Indel.normalized_similarity(*subsequence.numbered(old, new))
