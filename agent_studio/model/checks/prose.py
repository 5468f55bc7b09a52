"""What an agent file says in its own voice: its text with code and quotations blanked out, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from agent_studio.model.checks.pattern import pattern
from agent_studio.model.document import Document

_FENCE = re.compile(r"(```+|~~~+)([^\n]*)")
_USUAL_FENCE = re.compile(r"(```+)([^\n]*)")
_LEADS = " \t>*+-.)0123456789"
"""What may stand before a fence: blanks, and the marks of quotations and lists."""
_COMMENT = re.compile(r"^[ \t>*+.)0-9-]*<!--", re.MULTILINE)
_INLINE = re.compile(r"(`(?<!\\`)`?)[^`\n]+\1")
_QUOTATION = re.compile(
    r"""\"[^"\n]{1,400}"|“[^“”\n]{1,400}”|«[^«»\n]{1,400}»|「[^「」\n]{1,400}」|'(?<!\w')[^'\n]{1,400}'(?!\w)|>(?<=^>)[^\n]*""",
    re.MULTILINE,
)
_BREAK = re.compile(r"\\{1,2}n")
_STOP = re.compile(r"[.!?;:](?=\s)|\n[ \t]*(?=\n|[-*#>|+]|\d{1,3}[.)])")
_GAP = re.compile(r"\n[ \t\r]*\n")
GAP = r"\s{1,4}"
"""What stands between two words, for patterns: less than what is left of the shortest code."""
_MARKS = " \t\r\n-*#>|+_.!?;:()[]0123456789"


class Fence(NamedTuple):
    """A block of code in fences: `[start, end)` with them; `closed` is false where it runs on to the end."""

    start: int
    end: int
    closed: bool


@lru_cache(maxsize=4)
def fences(text: str) -> tuple[Fence, ...]:
    """The fenced blocks of a text, in order."""
    return tuple(_fences(text))


def fence_lines(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The lines from a place on that may open or close a block: their marks, and the words behind them."""
    # One character is found in no time, three of them take a while.
    pattern = _FENCE if "~" in text and "~~~" in text else _USUAL_FENCE if "`" in text and "```" in text else None
    for line in pattern.finditer(text, start) if pattern else ():
        lead = text[text.rfind("\n", 0, line.start()) + 1 : line.start()]
        if not lead or not lead.strip(_LEADS):
            yield line


def _fences(text: str) -> Iterator[Fence]:
    opened: re.Match[str] | None = None
    at, commented = 0, "<!--" in text
    for line in fence_lines(text):
        marks, words = line.groups()
        if opened is None:
            at = _past_comments(text, at, line.start()) if commented else at
            if at <= line.start() and marks[0] not in words:
                opened = line
        elif marks.startswith(opened[1]) and not words.strip():
            yield Fence(opened.start(), line.end(), True)
            opened = None
            at = line.end()
    if opened is not None:
        yield Fence(opened.start(), len(text), False)


def _past_comments(text: str, at: int, end: int) -> int:
    """`end`, or where a comment ends that begins on a line between `at` and there: no fence opens in a comment."""
    while found := _COMMENT.search(text, at, end):
        closed = text.find("-->", found.end())
        at = len(text) if closed < 0 else closed + 3
    return max(at, end)


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
def without_blocks(text: str) -> str:
    """A text with blanks in the place of its fenced blocks only."""
    parts: list[str] = []
    at = 0
    for fence in fences(text):
        parts += [text[at : fence.start], _blanked(text[fence.start : fence.end])]
        at = fence.end
    return "".join([*parts, text[at:]])


@lru_cache(maxsize=4)
def _said(text: str) -> str:
    return _QUOTATION.sub(_blank, without_code(text))


_BEFORE = 200
_FAR = 600
"""Characters in which the line is looked for that led to a place."""


def line_before(text: str, at: int) -> str:
    """What stands before a place on its line, at most 200 characters: it may say how the place is meant."""
    return text[max(at - _BEFORE, 0) : at].rpartition("\n")[2]


_WARNING = pattern(
    r"\b(?:never|do not|don['’]t|must not|avoid|reject|refuse|flag|alerts?|detect\w{0,3}|block|deny|forbid\w{0,5}"
    r"|dangerous|malicious|unsafe|insecure|suspicious|hostile|vulnerab\w+|attack\w{0,3}|exploit\w{0,4}"
    r"|exfiltration|harvesting|injection|anti-?patterns?|bad|wrong"
    r"|red flags?|risks?|risky|threats?|patterns?|look for|search for|scan for"
    r"|check for|grep|such as|e\.g)\b|❌|🚫|⛔|⚠",
    re.IGNORECASE,
)
_LEAD = pattern(
    r"^(?:[ \t>]*#{1,6}[ \t][^\n]*|[^\n]*[:*❌🚫⛔⚠]\ufe0f?[ \t\r]*|[ \t]*(?:❌|🚫|⛔)[^\n]*)$", re.MULTILINE
)
"""A line that says what follows: a heading, or one that ends in a colon or in bold."""


def warned(text: str, at: int) -> bool:
    """Whether a place is an example of what is wrong: its line says so before it, or the last line that led there."""
    if _WARNING.search(line_before(text, at)):
        return True
    begin = text.rfind("\n", 0, at) + 1
    leads = _LEAD.findall(text[max(begin - _FAR, 0) : max(begin - 1, 0)])
    return bool(leads) and _WARNING.search(leads[-1]) is not None


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


_FIELDS = ("description", "initialPrompt", "observerMessage")
"""Fields that models read."""


@lru_cache(maxsize=4)
def passages(document: Document) -> tuple[Passage, ...]:
    """The prose that reaches a model, a few fields and the body: without code and quotations."""
    written = [*_in_fields(document), Passage(document.body_at, document.body)]
    return tuple(Passage(start, _said(text)) for start, text in written)


def _in_fields(document: Document) -> Iterator[Passage]:
    """The text of the fields that models read, as it stands, with lines where it has some."""
    for entry in filter(None, map(document.entry, _FIELDS)):
        if isinstance(entry.value, str):
            cut = 1 if entry.style in {"single", "double"} and not entry.literal else 0
            source = document.text[entry.value_start + cut : entry.value_end - cut]
            yield Passage(entry.value_start + cut, _BREAK.sub(lambda escape: " " * (len(escape[0]) - 1) + "\n", source))


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
    """The paragraphs that reach a model as they stand, code included."""
    found: list[Passage] = []
    for at, text in (*_in_fields(document), Passage(document.body_at, document.body)):
        ends = [match.end() for match in _GAP.finditer(text)]
        found += (Passage(at + start, text[start:end]) for start, end in pairwise([0, *ends, len(text)]) if start < end)
    return tuple(found)
