"""Merging: a comparison with what was chosen for its differences, and the bytes that come of it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from agent_studio.model.compare import Comparison, Difference, compare, lines
from agent_studio.model.document import Document

from .choice import OTHER, Choice, Own, Side, offered
from .conflict import Conflict, Stretch
from .merge import merged
from .result import Result, built


@dataclass(frozen=True)
class Merging:
    """A comparison, the side that is written to, and what was chosen for some of the differences, by their numbers.

    What is undecided stays as it is on the side that is written to.
    """

    comparison: Comparison
    into: Side = "left"
    choices: Mapping[int, Choice] = field(default_factory=dict)

    @property
    def undecided(self) -> tuple[int, ...]:
        """The numbers of the differences for which nothing was chosen."""
        return tuple(d.number for d in self.comparison.differences if d.number not in self.choices)

    def difference(self, number: int) -> Difference:
        """The difference of a number."""
        return self.comparison.differences[number - 1]

    def offered(self, number: int) -> tuple[Choice, ...]:
        """What may be chosen for a difference without writing anything oneself."""
        return offered(self.difference(number))

    def chosen(self, number: int, choice: Choice | None) -> Merging:
        """With a choice for a difference, None for none; lines that moved come and go at both places at once."""
        twin = None if isinstance(choice, Own) else self.difference(number).twin
        numbers = {number, twin or number}
        choices = {n: held for n, held in self.choices.items() if n not in numbers}
        return replace(self, choices=choices if choice is None else choices | dict.fromkeys(numbers, choice))

    def toggled(self, number: int) -> Merging:
        """With the next of the choices that are offered; the first is the side that is not written to."""
        order = sorted(self.offered(number), key=lambda choice: choice == self.into)
        now = self.choices.get(number)
        return self.chosen(number, order[(order.index(now) + 1) % len(order)] if now in order else order[0])

    def all(self, side: Side) -> Merging:
        """With one side for everything that is undecided."""
        return replace(self, choices={**self.choices, **dict.fromkeys(self.undecided, side)})

    def over(self, comparison: Comparison) -> Merging:
        """The choices for what differs in another comparison as it does in this one."""
        held: defaultdict[tuple[str, str, str], deque[Choice | None]] = defaultdict(deque)
        for number, told in _told(self.comparison):
            held[told].append(self.choices.get(number))
        found = ((number, held[told].popleft() if held[told] else None) for number, told in _told(comparison))
        return Merging(comparison, self.into, {number: choice for number, choice in found if choice is not None})

    def mirrored(self, comparison: Comparison) -> Merging:
        """The same choices in the comparison of the same files with their sides swapped.

        Where runs of both sides stand between the same two lines, that of the left goes first: there the order changes.
        """
        numbers = {_where(difference, mirrored=True): difference.number for difference in comparison.differences}
        choices = {numbers[_where(self.difference(n))]: _mirrored(choice) for n, choice in self.choices.items()}
        return Merging(comparison, OTHER[self.into], choices)

    @cached_property
    def result(self) -> Result:
        """What the choices make of the side that is written to."""
        return built(self.comparison, self.into, self.choices)


def _mirrored(choice: Choice) -> Choice:
    return OTHER[choice] if choice in ("left", "right") else choice


def _where(difference: Difference, mirrored: bool = False) -> tuple[object, ...]:
    """The field, or the lines of each side that has some, that a difference is about."""
    if (region := difference.region) is None:
        return (difference.name,)
    sides = [lines if lines[0] < lines[1] else None for lines in (region.left, region.right)]
    return tuple(reversed(sides) if mirrored else sides)


def _told(comparison: Comparison) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """The number of each difference and what tells it from others: its field, what stands at the left and right."""
    texts = [[line.text for line in lines.split(side.body)] for side in (comparison.left, comparison.right)]
    for difference in comparison.differences:
        if field := difference.field:
            sides = [repr(side and side.value) for side in (field.left, field.right)]
        else:
            assert difference.region is not None
            spans = (difference.region.left, difference.region.right)
            sides = ["\n".join(text[slice(*span)]) for text, span in zip(texts, spans, strict=True)]
        yield difference.number, (difference.name if difference.field else "", sides[0], sides[1])


def three_way(base: Document, mine: Document, theirs: Document) -> Merging:
    """Mine with what only theirs changed since `base`, compared with theirs: only what both changed is undecided.

    Mine stands wherever both changed something, until it is decided.
    """
    merge = merged(base, mine, theirs)
    comparison = compare(merge.document, theirs)
    asked = {d.number for d in comparison.differences if any(_about(c, d, comparison) for c in merge.conflicts)}
    asked |= {d.twin for d in comparison.differences if d.twin and d.number in asked}
    return Merging(comparison, choices={d.number: "left" for d in comparison.differences if d.number not in asked})


def _about(conflict: Conflict, difference: Difference, comparison: Comparison) -> bool:
    """Whether a difference has a part in a conflict."""
    if conflict.where == "file":
        return True
    if difference.region is None:
        return conflict.where == "header" or conflict.field == difference.name
    if conflict.where != "body":
        return False
    spans = difference.region.left, difference.region.right
    stretches = conflict.mine, conflict.theirs
    return any(map(_touch, stretches, spans, comparison.first))


def _touch(stretch: Stretch | None, span: tuple[int, int], first: int) -> bool:
    """Whether a stretch of a file and a span of its body have a line in common, or one of them is empty and at it."""
    if stretch is None:
        return False
    start = stretch.line - first
    end = start + len(lines.split(stretch.text))
    if start == end or span[0] == span[1]:
        return start <= span[1] and span[0] <= end
    return start < span[1] and span[0] < end
