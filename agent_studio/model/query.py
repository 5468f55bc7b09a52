"""The filter language: words, and `qualifier:value` pairs that must all hold.

A word matches where it stands in the name or the description, or where its letters stand in the name in that order.
A value may be a comma list (any of them); `unset` means that the field is absent; a leading `-` negates. Case does
not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .agent import Agent

Test = Callable[[Agent], bool]


class BadQuery(Exception):
    """A query that cannot be understood; the message says what is known instead."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed filter: the tests that an agent must pass."""

    text: str = ""
    tests: tuple[Test, ...] = ()

    def matches(self, agent: Agent) -> bool:
        """Whether an agent passes every test."""
        return all(test(agent) for test in self.tests)


_TOKEN = re.compile(r'(-?)(?:([A-Za-z]+):)?("[^"]*"?|\S+)?')


def parse(text: str) -> Query:
    """The query that `text` spells; raises `BadQuery` for an unknown qualifier or a qualifier without a value."""
    tests: list[Test] = []
    for match in _TOKEN.finditer(text):
        minus, qualifier, value = match[1], match[2], (match[3] or "").strip('"').casefold()
        if qualifier is None:
            if not value and minus:
                value, minus = minus, ""
            test = _word(value) if value else None
        else:
            test = _qualified(qualifier.lower(), value)
        if test is not None:
            tests.append(_negated(test) if minus else test)
    return Query(text, tuple(tests))


def _negated(test: Test) -> Test:
    return lambda agent: not test(agent)


def _word(word: str) -> Test:
    def test(agent: Agent) -> bool:
        name = agent.name.casefold()
        return word in name or word in agent.description.casefold() or _in_order(word, name)

    return test


def _in_order(letters: str, text: str) -> bool:
    """Whether all letters stand in a text one after the other."""
    rest = iter(text)
    return len(letters) > 1 and all(letter in rest for letter in letters)


def _equals(read: Callable[[Agent], str | None]) -> Callable[[str], Test]:
    def test(values: str) -> Test:
        wanted = {None if value == "unset" else value for value in values.split(",") if value}
        return lambda agent: (found := read(agent)) in wanted or (found or "").casefold() in wanted

    return test


QUALIFIERS: dict[str, Callable[[str], Test]] = {
    "model": _equals(lambda agent: agent.reading.model),
    "color": _equals(lambda agent: agent.reading.color),
    "scope": _equals(lambda agent: agent.ref.root.partition("/")[0]),
    "name": lambda value: lambda agent: value in agent.name.casefold(),
    "desc": lambda value: lambda agent: value in agent.description.casefold(),
}
"""Qualifier -> value -> test."""


def _qualified(qualifier: str, value: str) -> Test:
    if qualifier not in QUALIFIERS:
        raise BadQuery(f"no filter is called {qualifier}: — there are {', '.join(name + ':' for name in QUALIFIERS)}")
    if not value:
        raise BadQuery(f"{qualifier}: wants a value")
    return QUALIFIERS[qualifier](value)
