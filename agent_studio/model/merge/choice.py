"""A choice: what becomes of one difference in a merge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from agent_studio.model.compare.difference import Difference
from agent_studio.model.compare.subsequence import changes, kept
from agent_studio.model.compare.values import members
from agent_studio.model.schema import Value

Side = Literal["left", "right"]

OTHER: dict[Side, Side] = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True)
class Own:
    """What a person wrote themselves: the value of a field, or lines of the body as one text."""

    value: Value


Choice = Literal["left", "right", "both"] | Own


def offered(difference: Difference) -> tuple[Choice, ...]:
    """What may be chosen without writing anything oneself; `both` are left and right one after the other."""
    both = difference.region is not None and difference.status == "changed"
    return ("left", "right", "both") if both or united(difference) else ("left", "right")


def united(difference: Difference) -> tuple[str, ...]:
    """The items of two lists of texts as one list in the order of both; none where a side is something else."""
    field = difference.field
    if field is None or field.left is None or field.right is None:
        return ()
    listed = [_texts(field.name, side.value) for side in (field.left, field.right)]
    return tuple(_united(*listed)) if all(listed) else ()


def _texts(key: str, value: object) -> tuple[str, ...]:
    """The items of a list of texts; none where one of them is not a text, since it could not be written as it is."""
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return ()
    return members(key, value) or ()


def _united(left: tuple[str, ...], right: tuple[str, ...]) -> Iterator[str]:
    at = other = 0
    regions, _ = changes(left, right)
    for i, j in [*kept(regions, len(left), len(right)), (len(left), len(right))]:
        yield from left[at:i]
        yield from (text for text in right[other:j] if text not in left)
        yield from left[i : i + 1]
        at, other = i + 1, j + 1
