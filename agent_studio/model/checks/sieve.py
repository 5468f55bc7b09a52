"""What rules look for in a text, all of it found in one pass: a sieve before patterns, which take long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick, Implementation

from agent_studio.model.checks.hidden import strange
from agent_studio.model.document import Document

_FAR = 400
"""Bytes behind the beginning of a phrase in which a pattern ends that begins with it."""
_SMALL = {"\u212a": b"k", "\u0130": b"i\xcc\x87"}
"""The characters that are none of ASCII and hold such a letter in lower case: Kelvin, and I with a dot."""


@lru_cache(maxsize=4)
def small(document: Document) -> bytes:
    """A file's bytes with all ASCII letters in lower case."""
    data = document.data.lower()
    for char in _SMALL.keys() & strange(document):
        data = data.replace(char.encode(), _SMALL[char])
    return data


_numbers: dict[bytes, int] = {}
"""The phrases of all rules in lower case, each with its number."""
_edges: list[tuple[bool, bool]] = []
"""For each number, whether no letter may stand before and behind the phrase."""


class Phrases:
    """Phrases that a rule looks for in any case, with whole words; where not `whole`, more letters may follow.

    Only ASCII letters count. What is found is a sieve: a pattern tells whether it is what is meant.
    """

    def __init__(self, *phrases: str, whole: bool = True) -> None:
        self._phrases = {_number(phrase.lower().encode(), whole): phrase for phrase in phrases}

    def among(self, document: Document) -> Iterator[str]:
        """Those that stand in a file."""
        return (self._phrases[number] for number in self._phrases.keys() & _found(document).keys())

    def stand_in(self, document: Document) -> bool:
        """Whether one of them stands in a file."""
        return not self._phrases.keys().isdisjoint(_found(document))

    def stand_so_in(self, document: Document) -> bool:
        """Whether one of them stands in a file as it is spelled here."""
        return any(phrase in document.text for phrase in self.among(document))

    def around(self, document: Document, before: int, behind: int) -> Iterator[str]:
        """The text in lower case around each place where one stands, from and to so many bytes from its beginning."""
        data, found = small(document), _found(document)
        for number in self._phrases.keys() & found.keys():
            for at in found[number]:
                yield data[max(at - before, 0) : at + behind].decode("utf-8", "replace")

    def begin(self, document: Document, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern fits, in lower case, where one of them stands."""
        return any(map(pattern.match, self.around(document, 0, _FAR)))


def _number(phrase: bytes, whole: bool) -> int:
    if phrase not in _numbers:
        _numbers[phrase] = len(_edges)
        _edges.append((phrase[:1].isalpha(), whole and phrase[-1:].isalpha()))
    return _numbers[phrase]


def _found(document: Document) -> dict[int, list[int]]:
    """The numbers of the phrases that stand in a file, with the bytes where they begin."""
    return _look(document, len(_edges))


@lru_cache(maxsize=1)
def _automaton(known: int) -> BytesAhoCorasick:  # noqa: ARG001  # it is another one for more phrases
    return BytesAhoCorasick(list(_numbers), implementation=Implementation.DFA)


@lru_cache(maxsize=4)
def _look(document: Document, known: int) -> dict[int, list[int]]:
    data = small(document)
    found: dict[int, list[int]] = {}
    for number, start, end in _automaton(known).find_matches_as_indexes(data, overlapping=True):
        before, behind = _edges[number]
        if not (before and data[start - 1 : start].isalpha()) and not (behind and data[end : end + 1].isalpha()):
            found.setdefault(number, []).append(start)
    return found
