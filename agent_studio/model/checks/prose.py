"""What an agent file says in its own voice: its text with code and quotations blanked out, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from agent_studio.model.checks.hidden import strange
from agent_studio.model.document import Document

_FENCE = re.compile(r"(```+|~~~+)([^\n]*)")
_USUAL_FENCE = re.compile(r"(```+)([^\n]*)")
_LEADS = " \t>*+-.)0123456789"
"""What may stand before a fence: blanks, and the marks of quotations and lists."""
_INLINE = re.compile(r"(``?)[^`\n]+\1")
_QUOTATION = re.compile(
    r"""\"[^"\n]{1,400}"|“[^“”\n]{1,400}”|«[^«»\n]{1,400}»|'(?<!\w')[^'\n]{1,400}'(?!\w)|>(?<=^>)[^\n]*""", re.MULTILINE
)
_BREAK = re.compile(r"\\{1,2}n")
_STOP = re.compile(r"[.!?;:](?=\s)|\n[ \t]*(?=\n|[-*#>|+]|\d{1,3}[.)])")
_GAP = re.compile(r"\n[ \t\r]*\n")
_MARKS = " \t\r\n-*#>|+_.!?;:()[]0123456789"


class Fence(NamedTuple):
    """A block of code in fences: `[start, end)` with them; `closed` is false where it runs on to the end."""

    start: int
    end: int
    closed: bool


@lru_cache(maxsize=4)
def fences(text: str) -> tuple[Fence, ...]:
    """The fenced blocks of a text, in order."""
    # One character is found in no time, three of them take a while.
    pattern = _FENCE if "~" in text and "~~~" in text else _USUAL_FENCE if "`" in text and "```" in text else None
    return tuple(_fences(text, pattern)) if pattern else ()


def _fences(text: str, pattern: re.Pattern[str]) -> Iterator[Fence]:
    opened: re.Match[str] | None = None
    for found in pattern.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if line and line.strip(_LEADS):
            continue
        if opened is None:
            if found[1][0] not in found[2]:
                opened = found
        elif found[1].startswith(opened[1]) and not found[2].strip():
            yield Fence(opened.start(), found.end(), True)
            opened = None
    if opened is not None:
        yield Fence(opened.start(), len(text), False)


def _blanked(text: str) -> str:
    """Blanks in the place of everything but line feeds."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _blank(found: re.Match[str]) -> str:
    """Blanks in the place of what was found on one line."""
    return " " * (found.end() - found.start())


@lru_cache(maxsize=4)
def without_code(text: str) -> str:
    """A text with blanks in the place of code; every other character stays where it is."""
    parts: list[str] = []
    at = 0
    for fence in fences(text):
        parts += [_INLINE.sub(_blank, text[at : fence.start]), _blanked(text[fence.start : fence.end])]
        at = fence.end
    return "".join([*parts, _INLINE.sub(_blank, text[at:])])


@lru_cache(maxsize=4)
def _said(text: str) -> str:
    return _QUOTATION.sub(_blank, without_code(text))


_SMALL = {"\u212a": b"k", "\u0130": b"i\xcc\x87"}
"""The characters that are none of ASCII and hold such a letter in lower case: Kelvin, and I with a dot."""


@lru_cache(maxsize=4)
def small(document: Document) -> bytes:
    """A file's bytes with all ASCII letters in lower case."""
    data = document.data.lower()
    for char in _SMALL.keys() & strange(document):
        data = data.replace(char.encode(), _SMALL[char])
    return data


@lru_cache(maxsize=4)
def plain(document: Document) -> str:
    """A text with all ASCII letters in lower case, which patterns read faster than any case."""
    return small(document).decode("utf-8", "replace")


_LETTERS = bytes(byte if byte in b"abcdefghijklmnopqrstuvwxyz" else 0x20 for byte in range(0x100))
_sought: set[bytes] = set()


@lru_cache(maxsize=4)
def _vocabulary(document: Document, sought: int) -> set[bytes]:  # noqa: ARG001  # the cache tells by it
    """Which of the words that were ever looked for stand in a text: to keep all of them would take twice as long.

    `sought` is their number: what was told of fewer is not told again, whichever thread asked for it.
    """
    return _sought.intersection(_runs(small(document)))


@cache
def _words(phrase: str) -> frozenset[bytes]:
    """The words of a phrase, which vocabularies tell of from now on."""
    words = frozenset(_runs(phrase.lower().encode()))
    _sought.update(words)
    return words


def _runs(data: bytes) -> list[bytes]:
    """Words: the runs of ASCII letters in a text of small ones."""
    return data.translate(_LETTERS).split()


@cache
def _phrases(
    phrases: tuple[str, ...],
) -> tuple[frozenset[bytes], dict[bytes, list[tuple[str, bytes, frozenset[bytes]]]]]:
    """The longest word of each phrase, and for each of those the phrases with their bytes and words."""
    found: dict[bytes, list[tuple[str, bytes, frozenset[bytes]]]] = {}
    for phrase in phrases:
        words = _words(phrase)
        found.setdefault(max(words, key=len), []).append((phrase, phrase.lower().encode(), words))
    return frozenset(found), found


def among(document: Document, phrases: tuple[str, ...]) -> Iterator[str]:
    """Those of some phrases that stand in a text, with whole words, in any case: a sieve for what begins with them."""
    longest, of_word = _phrases(phrases)
    there = _vocabulary(document, len(_sought))
    may_be = chain.from_iterable(of_word[word] for word in longest & there)
    return (phrase for phrase, plain, words in may_be if words <= there and plain in small(document))


def holds(document: Document, phrases: tuple[str, ...]) -> bool:
    """Whether one of some phrases stands in the text, with whole words: another sieve."""
    return any(phrase in document.text for phrase in among(document, phrases))


def begins(document: Document, words: tuple[str, ...], pattern: re.Pattern[str]) -> bool:
    """Whether a pattern fits where one of some words stands in the text in small letters: a sieve as well."""
    for word in among(document, words):
        text = plain(document)
        at = text.find(word)
        while at >= 0:
            if pattern.match(text, at):
                return True
            at = text.find(word, at + 1)
    return False


class Passage(NamedTuple):
    """A stretch of prose: its text begins at the character `start` of the file's text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in the file's text."""
        return self.start + len(self.text)

    @property
    def plain(self) -> str:
        """Its text in small letters."""
        return self.text.lower()


@lru_cache(maxsize=4)
def passages(document: Document) -> tuple[Passage, ...]:
    """The prose that reaches a model, the description and the body: without code and quotations."""
    found = [Passage(document.body_at, _said(document.body))]
    entry = document.entry("description")
    if entry and isinstance(entry.value, str):
        cut = 1 if entry.style in {"single", "double"} and not entry.literal else 0
        source = document.text[entry.value_start + cut : entry.value_end - cut]
        lines = _BREAK.sub(lambda escape: " " * (len(escape[0]) - 1) + "\n", source)
        found.insert(0, Passage(entry.value_start + cut, _said(lines)))
    return tuple(found)


@lru_cache(maxsize=4)
def sentences(document: Document) -> tuple[Passage, ...]:
    """The sentences and list items of the prose, without marks and blanks before them."""
    found: list[Passage] = []
    for passage in passages(document):
        at = 0
        for end in [*(match.end() for match in _STOP.finditer(passage.text)), len(passage.text)]:
            text = passage.text[at:end]
            bare = text.lstrip(_MARKS)
            if bare:
                found.append(Passage(passage.start + end - len(bare), bare.rstrip()))
            at = end
    return tuple(found)


@lru_cache(maxsize=4)
def paragraphs(document: Document) -> tuple[Passage, ...]:
    """The paragraphs of the body as they stand, code included."""
    body, at = document.body, document.body_at
    ends = [match.end() for match in _GAP.finditer(body)]
    return tuple(Passage(at + start, body[start:end]) for start, end in pairwise([0, *ends, len(body)]) if start < end)
