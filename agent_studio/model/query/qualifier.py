"""Qualifier: the word in front of a colon, and how what stands behind it becomes a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import translate
from re import compile as compiled

from agent_studio.model.agent import Agent
from agent_studio.model.facts import Facts, Need

from .expression import BadExpression
from .number import AGES, COUNTS, within
from .regex import Search
from .token import Token

Test = Callable[[Agent, Facts], bool]
Read = Callable[[Agent, Facts], Iterable[str]]
"""The values that an agent has; none where there is none."""
Count = Callable[[Agent, Facts], float | None]

SET, UNSET = "set", "unset"
"""Values that ask whether there is one at all."""


class BadValue(Exception):
    """A value that a qualifier does not take; the message says what it takes."""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What a qualifier is about, and the test that it makes of a term; that raises `BadValue`.

    `read` gives the values to suggest that an agent has, `offered` are suggested always. `needs` is what the test asks
    for beyond the agents; `costly` ones are asked last.
    """

    about: str
    test: Callable[[Token], Test]
    read: Read | None = None
    offered: tuple[str, ...] = ()
    needs: Need | None = None
    costly: bool = False


def texts(token: Token) -> tuple[str, ...]:
    """The values of a comma list, as they are compared; raises `BadValue` for a regular expression."""
    if token.form == "regex":
        raise BadValue(f"{token.qualifier}: takes values, not a regular expression")
    return tuple(value for value in token.value.casefold().split(",") if value)


def known(token: Token, words: Iterable[str]) -> tuple[str, ...]:
    """The values of a comma list, each of which is one of some words; raises `BadValue`."""
    given = texts(token)
    if unknown := next((value for value in given if value not in words), None):
        raise BadValue(f"{token.qualifier}:{unknown} means nothing: there are {', '.join(words)}")
    return given


def one_of(read: Read) -> Callable[[Token], Test]:
    """Tests for any of some values; `*` in one stands for any text."""

    def test(token: Token) -> Test:
        wanted = texts(token)
        plain = frozenset(value for value in wanted if "*" not in value)
        patterns = [compiled(translate(value)).match for value in wanted if "*" in value]

        def found(agent: Agent, facts: Facts) -> bool:
            held = [value.casefold() for value in read(agent, facts)]
            if not held:
                return UNSET in plain
            return SET in plain or not plain.isdisjoint(held) or any(match(one) for match in patterns for one in held)

        return found

    return test


def contains(read: Read) -> Callable[[Token], Test]:
    """Tests for a stretch of text, or for what a regular expression finds in a line of it."""

    def test(token: Token) -> Test:
        if token.form == "regex":
            search = searched(token.value)
            return lambda agent, facts: any(map(search, read(agent, facts)))
        wanted = token.value.casefold()
        if wanted == UNSET and token.form == "bare":
            return lambda agent, facts: not any(read(agent, facts))
        return lambda agent, facts: any(wanted in text.casefold() for text in read(agent, facts))

    return test


def searched(expression: str) -> Search:
    """The search for a regular expression; raises `BadValue`."""
    try:
        return Search(expression)
    except BadExpression as bad:
        raise BadValue(f"/{expression}/: {bad}") from None


def number(count: Count, units: Mapping[str, float] = COUNTS) -> Callable[[Token], Test]:
    """Tests for a number; an agent that has none is found by `unset` alone. An age without a sign is at most that."""

    def test(token: Token) -> Test:
        text = ",".join(texts(token))
        if text in {SET, UNSET}:
            return lambda agent, facts: (count(agent, facts) is None) == (text == UNSET)
        is_age = units is AGES
        compare = within(f"<={text}" if is_age and text[:1].isdigit() and ".." not in text else text, units)
        if compare is None:
            raise BadValue(
                f"{token.qualifier}: takes a number, as {'<7d, >2w, 1d..3mo' if is_age else '>200, <=2k, 10..20'}"
            )

        def found(agent: Agent, facts: Facts) -> bool:
            number = count(agent, facts)
            return number is not None and compare(number)

        return found

    return test
