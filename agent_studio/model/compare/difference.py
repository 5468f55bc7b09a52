"""A difference: the least that can be taken from one side or the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .alignment import Alignment, Region, Status
from .correspondence import APART
from .fields import FieldPair

DifferenceKind = Literal["field", "section", "block"]

_FIELD: dict[str, Status] = {"changed": "changed", "only-a": "left", "only-b": "right"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, a whole section, or lines inside of one, in which the sides differ; `number` counts from 1.

    `name` is the key of the field, or the heading of the section that it is or is in (empty above the first). `twin`
    is the number of the difference that holds the same lines elsewhere on the other side, where they have moved.
    """

    number: int
    kind: DifferenceKind
    name: str
    status: Status
    field: FieldPair | None = None
    region: Region | None = None
    twin: int | None = None


def differences(fields: Sequence[FieldPair], lines: Alignment) -> tuple[Difference, ...]:
    """Every difference: the fields, then the lines of the body, in the order of the rows."""
    differing = [field for field in fields if field.status != "same"]
    found = [Difference(n, "field", f.name, _FIELD[f.status], field=f) for n, f in enumerate(differing, 1)]
    return (*found, *_of_lines(lines, len(found)))


def _of_lines(lines: Alignment, before: int) -> Iterator[Difference]:
    for number, region in enumerate(lines.regions, before + 1):
        status: Status = "changed"
        if region.left[0] == region.left[1]:
            status = "right"
        elif region.right[0] == region.right[1]:
            status = "left"
        kind: DifferenceKind = "section" if region.group[0] in APART else "block"
        twin = None if region.twin is None else region.twin + before + 1
        yield Difference(number, kind, _heading(lines, region, status), status, region=region, twin=twin)


def _heading(lines: Alignment, region: Region, status: Status) -> str:
    """The heading of the section that a region is, or is in; at the left where it has lines there."""
    start, end = region.right if status == "right" else region.left
    sections = [pair.right if status == "right" else pair.left for pair in lines.sections]
    if region.group[0] in APART:
        return next((section.heading for section in sections if section and start <= section.start < end), "")
    return next((section.heading for section in sections if section and section.start <= start < section.end), "")
