"""Qualifier: the word in front of a colon, and how what stands behind it becomes a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import translate
from re import compile as compiled
from typing import TYPE_CHECKING

from agent_studio.model.agent import Agent
from agent_studio.model.facts import Facts, Need

from .number import AGES, COUNTS, within
from .token import Token

if TYPE_CHECKING:
    from .regex import Search

Test = Callable[[Agent, Facts], bool]
Read = Callable[[Agent, Facts], Iterable[str]]
"""The values that an agent has; none where there is none."""
Count = Callable[[Agent, Facts], float | None]

SET, UNSET = "set", "unset"
"""Values that ask whether there is one at all."""


class BadTerm(Exception):
    """A term that cannot be understood: why in a few words, and `hint`, what there is instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def unknown(message: str, word: str, words: Iterable[str]) -> BadTerm:
    """What to raise for a word that is none of some: the nearest of them is in the message, all are in the hint."""
    known = list(words)
    close = get_close_matches(word, known, n=1)
    return BadTerm(f"{message}, did you mean {close[0]}?" if close else message, f"there are {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What a qualifier is about, and the test that it makes of a term; that raises `BadTerm`.

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
    """The values of a comma list, as they are compared; raises `BadTerm` for a regular expression."""
    if token.form == "regex":
        raise BadTerm(f"{token.qualifier}: takes values, not a regular expression")
    return tuple(value for value in token.value.casefold().split(",") if value)


def known(token: Token, words: Iterable[str]) -> tuple[str, ...]:
    """The values of a comma list, each of which is one of some words; raises `BadTerm`."""
    given = texts(token)
    if strange := next((value for value in given if value not in words), None):
        raise unknown(f"{token.qualifier}:{strange} means nothing", strange, words)
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
    """The search for a regular expression; raises `BadTerm`."""
    from .expression import BadExpression  # noqa: PLC0415  # few filters have one
    from .regex import Search  # noqa: PLC0415

    try:
        return Search(expression)
    except BadExpression as bad:
        raise BadTerm(str(bad)) from None


def number(count: Count, units: Mapping[str, float] = COUNTS) -> Callable[[Token], Test]:
    """Tests for a number; an agent that has none is found by `unset` alone. An age without a sign is at most that."""

    def test(token: Token) -> Test:
        text = ",".join(texts(token))
        if text in {SET, UNSET}:
            return lambda agent, facts: (count(agent, facts) is None) == (text == UNSET)
        is_age = units is AGES
        compare = within(f"<={text}" if is_age and text[:1].isdigit() and ".." not in text else text, units)
        if compare is None:
            raise BadTerm(
                f"{token.qualifier}: takes {'an age, as <7d or 1d..3mo' if is_age else 'a number, as >200 or 1..20'}"
            )

        def found(agent: Agent, facts: Facts) -> bool:
            number = count(agent, facts)
            return number is not None and compare(number)

        return found

    return test
