"""What may be typed next in a query, from what occurs in a library."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from agent_studio.model.facts import Facts
from agent_studio.model.grouping import GROUPINGS
from agent_studio.model.sort import ORDERS

from .qualifiers import EVERY
from .token import Token, tokens

_MOST = 50
_SHOWN = {"sort": ("The order of the list.", ORDERS), "group": ("The sections of the list.", GROUPINGS)}
_APART = re.compile(r'[\s|"]')
"""What ends a value that is not quoted."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A text for `[start, end)` of a query; `note` says what it means, or how many agents have it."""

    start: int
    end: int
    text: str
    note: str


class Occurring:
    """The values that occur, counted once for each qualifier as long as neither files nor problems change."""

    def __init__(self) -> None:
        self._of = Facts()
        self._counts: dict[str, Counter[str]] = {}

    def counts(self, name: str, facts: Facts) -> Counter[str]:
        """The values of a qualifier, with how many agents have each."""
        if facts.library is not self._of.library or facts.problems is not self._of.problems:
            self._of, self._counts = facts, {}
        if name not in self._counts:
            self._counts[name] = _counted(name, facts)
        return self._counts[name]


def completions(text: str, cursor: int, facts: Facts, occurring: Occurring | None = None) -> tuple[Completion, ...]:
    """What the term in front of the cursor may become, the likeliest first: a qualifier, or one of its values.

    Who asks again and again hands in what was counted `occurring`.
    """
    last = next(iter([*tokens(text[:cursor])][::-1]), None)
    token = last if last and last.end == cursor and not last.bar else Token(cursor, cursor)
    if token.form == "regex":
        return ()
    if token.qualifier:
        found = _values(token, cursor, (occurring or Occurring()).counts(token.qualifier, facts))
    else:
        found = _qualifiers(token, cursor)
    return tuple(one for one, _ in zip(found, range(_MOST), strict=False))


def _qualifiers(token: Token, cursor: int) -> Iterator[Completion]:
    """The qualifiers that begin with a word."""
    typed = token.value.casefold()
    abouts = {**{name: qualifier.about for name, qualifier in EVERY.items()}, **{n: a for n, (a, _) in _SHOWN.items()}}
    for name, about in abouts.items():
        if name.startswith(typed) and token.form == "bare":
            yield Completion(cursor - len(token.value), cursor, f"{name}:", about)


def _values(token: Token, cursor: int, counts: Counter[str]) -> Iterator[Completion]:
    """The values that go on as what stands behind the last comma, most frequent first, then those that hold it."""
    before, _, typed = token.value.rpartition(",")
    start = token.value_start + len(token.value) - len(typed)
    if start + len(typed) != cursor:
        return  # behind a closing quote
    typed, given = typed.casefold(), set(before.casefold().split(","))

    def order(value: str) -> tuple[bool, int, str]:
        return not value.casefold().startswith(typed), -counts[value], value if counts[value] else ""

    for value in sorted(counts, key=order):
        apart = _APART.search(value) is not None
        if typed in value.casefold() and value.casefold() not in given and not (apart and before):
            number = counts[value]
            note = f"{number:,} agent{'s' * (number != 1)}" if number else ""
            yield Completion(start, cursor, f'"{value}"' if apart and token.form == "bare" else value, note)


def _counted(name: str, facts: Facts) -> Counter[str]:
    """The values of a qualifier, with how many agents have each."""
    if name in _SHOWN:
        return Counter(dict.fromkeys(_SHOWN[name][1], 0))
    qualifier = EVERY.get(name)
    if qualifier is None:
        return Counter()
    counts = Counter(dict.fromkeys(qualifier.offered, 0))
    if qualifier.read:
        counts.update(value for agent in facts.library for value in set(qualifier.read(agent, facts)))
    return counts
