"""The terms of a query as they are typed, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Form = Literal["bare", "quoted", "regex"]

_TERM = re.compile(
    r"(?P<bar>\|)"
    r"|(?P<minus>[-!]?)(?:(?!regex:)(?P<qualifier>[A-Za-z][A-Za-z-]*):)?"
    r"(?:regex:/(?P<regex>(?:\\.|[^\\/])*)/?"
    r"|'?\"(?P<quoted>[^\"]*)\"?"
    r"|(?P<bare>[^\s|]*))",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One term: `[start, end)` of the query, and its value as it is meant, which begins at `value_start`.

    `qualifier` is in lower case, None for a bare word. `bar` is a lone `|`, which joins its neighbours.
    """

    start: int
    end: int
    negated: bool = False
    qualifier: str | None = None
    value: str = ""
    value_start: int = 0
    form: Form = "bare"
    bar: bool = False


def tokens(text: str) -> Iterator[Token]:
    """The terms of a query, from left to right."""
    for match in _TERM.finditer(text):
        if match["bar"]:
            yield Token(match.start(), match.end(), bar=True)
        elif match[0]:
            yield _token(match)


def _token(match: re.Match[str]) -> Token:
    form: Form = "bare" if match["bare"] is not None else "quoted" if match["quoted"] is not None else "regex"
    qualifier = match["qualifier"]
    return Token(
        match.start(),
        match.end(),
        bool(match["minus"]),
        None if qualifier is None else qualifier.lower(),
        match[form],
        match.start(form),
        form,
    )
