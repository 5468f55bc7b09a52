"""Text that was UTF-8 and was read as something else: where it stands, and what it was."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_NON_ASCII = re.compile(r"[^\x00-\x7f]{2,}")
"""Runs that may be damaged: a single character never is, for its byte alone is no UTF-8."""
_MATHS = frozenset("√π∑∏∂∫Ω∞≤≥≠±µ≈")
"""Characters that also follow one another in formulas: `√π` read back from Mac Roman would be `ù`."""
_CLOSING = re.compile(r"(?<=[A-Z])[ÃĂ][“”’…–—](?!\w)")
"""A letter at the end of a word in capitals, and what comes behind a word: `AMANHÃ…`."""
_DISTINCT = 3
"""Different runs of another script that a file must have before they count as damaged."""


def _table(name: str) -> dict[int, int]:
    """Character -> byte of a code page; bytes that it leaves undefined stand for themselves, as in browsers."""
    return {ord(bytes([byte]).decode(name, "ignore") or chr(byte)): byte for byte in range(0x80, 0x100)}


_TABLES = {
    "Windows-1252": _table("cp1252"),
    "Latin-1": _table("latin-1"),
    "Mac Roman": _table("mac_roman"),
    "Windows-1250": _table("cp1250"),
    "Windows-1254": _table("cp1254"),
    "Windows-1251": _table("cp1251"),
    "DOS 437": _table("cp437"),
    "DOS 850": _table("cp850"),
}
_APART = frozenset(("Windows-1251", "DOS 437", "DOS 850"))
"""Pages whose letters or lines stand side by side in right text, too: only what was plain counts."""


_BYTES = (range(0xC2, 0xF5), range(0x80, 0xC0))
"""The first byte of a character in UTF-8, and further ones."""


class Run(NamedTuple):
    """Damaged text `[start, end)`, what it was, and the code page that it was read as.

    `sure` is whether nothing else could be meant by it.
    """

    start: int
    end: int
    text: str
    page: str
    sure: bool


_CYRILLIC = "в[Ђ‚„†‡€‰Љ‹њљќћ]|рџ"
"""How punctuation, symbols and emoji begin where they were read as Windows-1251."""
_LINES = frozenset(map(chr, range(0x2500, 0x25A0)))
"""What boxes are drawn with, in DOS and elsewhere."""


Start = tuple[frozenset[str], frozenset[str], str]
"""How damage begins: the characters of the first byte, those of further ones, and a pattern of both."""


def _start(first: frozenset[str], further: frozenset[str]) -> Start:
    return first, further, f"[{re.escape(''.join(first))}][{re.escape(''.join(further))}]"


def _starts(*pages: str) -> Iterator[Start]:
    """How damage by some pages begins, but by two characters that draw boxes."""
    first, further = (
        frozenset(chr(char) for page in pages for char, byte in _TABLES[page].items() if byte in span)
        for span in _BYTES
    )
    yield _start(first - _LINES, further)
    if first & _LINES:
        yield _start(first & _LINES, further - _LINES)


_STARTS = (
    *_starts("Windows-1252", "Latin-1", "Windows-1250", "Windows-1254"),
    *_starts("Mac Roman"),
    *_starts("DOS 437"),
    *_starts("DOS 850"),
    (frozenset("вр"), frozenset("Ђ‚„†‡€‰Љ‹њљќћџ"), _CYRILLIC),
)
_ASCII = bytes(range(0x80))


def suspected(text: str) -> bool:
    """Whether a text, or one of which this is what is not ASCII, may be damaged: a sieve."""
    chars = set(text)
    return any(
        not first.isdisjoint(chars) and not further.isdisjoint(chars) and re.search(pattern, text)
        for first, further, pattern in _STARTS
    )


@lru_cache(maxsize=16)
def runs(text: str) -> tuple[Run, ...]:
    """The damaged runs of a text: non-ASCII characters whose bytes in one of the code pages are UTF-8."""
    # Without ASCII little is left to look through, though what stood apart may stand together then.
    if text.isascii() or not suspected(text.encode().translate(None, _ASCII).decode()):
        return ()
    matches = [(match, match[0]) for match in _NON_ASCII.finditer(text) if match.start()]
    readings = {run: _look(run, False) for run in {run for _, run in matches}}
    found = [Run(match.start(), match.end(), *reading) for match, run in matches if (reading := readings[run])]
    found = [run._replace(sure=False) if _CLOSING.match(text, run.start) else run for run in found]
    if (first := _NON_ASCII.match(text)) and (reading := _look(first[0], True)):
        found.insert(0, Run(0, first.end(), *reading))
    proven = {run.page for run in found if run.sure}
    scripts = {text: _script(text) for text in {run.text for run in found if not run.sure}}
    doubtful = Counter(scripts.values())
    return tuple(
        run
        for run in found
        if run.sure or (doubtful[script] >= _DISTINCT if (script := scripts[run.text]) else run.page in proven)
    )


def _script(text: str) -> str | None:
    """The script of a text by the name of its first letter that is not Latin-1; None where it has none."""
    letter = next((char for char in text if char > "\xff" and unicodedata.category(char)[0] in "LMN"), None)
    script = unicodedata.name(letter, "").partition(" ")[0] if letter else None
    return "CJK" if script in {"HIRAGANA", "KATAKANA", "HALFWIDTH", "FULLWIDTH"} else script


def repaired(text: str) -> str:
    """A text with its damaged runs as they were."""
    parts: list[str] = []
    at = 0
    for run in runs(text):
        parts += [text[at : run.start], run.text]
        at = run.end
    return "".join([*parts, text[at:]])


def _reading(text: str, first: bool) -> tuple[str, str, bool] | None:
    """What a run was, the code page, and whether that is sure; `first` at the start of a file, where a BOM may be."""
    readings = [
        (page, before)
        for page in _TABLES
        if (before := _inverse(text, page)) is not None and (page not in _APART or _is_plain(before, first))
    ]
    readings.sort(key=lambda reading: not _is_plain(reading[1], first))
    if not readings:
        return None
    page, before = readings[0]
    while (again := _inverse(before, page)) is not None and _is_plain(again, first):
        before = again
    several = len({other for _, other in readings if _is_plain(other, first)}) > 1
    sure = _is_plain(before, first) and not several and not _MATHS.issuperset(text)
    return before, page, sure and (page not in _APART or _tells(text, page))


def _tells(text: str, page: str) -> bool:
    """Whether a run of a page of letters or lines is none of right text: no two letters, and not lines alone."""
    return re.search(_CYRILLIC, text) is not None if page == "Windows-1251" else not _LINES.issuperset(text)


_SHORT = 16
_usual = lru_cache(maxsize=1_024)(_reading)
"""Nearly all runs are a character or two, and the same ones come again and again."""


def _look(text: str, first: bool) -> tuple[str, str, bool] | None:
    return (_usual if len(text) <= _SHORT else _reading)(text, first)


def _inverse(text: str, page: str) -> str | None:
    """What a run was before it was read as `page`; None where its bytes are no UTF-8, or nothing that one writes."""
    if _TABLES[page].get(ord(text[0])) not in _BYTES[0]:
        return None
    try:
        data, _ = codecs.charmap_encode(text, "strict", _TABLES[page])
        before = data.decode()
    except UnicodeError:
        return None
    return before if all(_is_written(char) for char in before) else None


def _is_written(char: str) -> bool:
    """Whether a character may stand in a text that was not damaged."""
    return char in "\u200d\ufeff" or (char != "\ufffd" and unicodedata.category(char)[0] != "C")


def _is_plain(text: str, first: bool) -> bool:
    """Whether a text is Latin-1 letters, punctuation, arrows, maths, symbols, and emoji; a BOM only at the start.

    Punctuation of one script alone is none of it: a Syriac colon read as Windows-1252 is `Ü…`, as in a German menu.
    """
    return all(
        "\xa0" <= char <= "\xff"
        or char in "\u200d\ufe0f\u20e3"
        or (unicodedata.category(char)[0] in "PSZ" and not ("\u0300" <= char < "\u2000" or "\u2c00" <= char < "\u2e00"))
        or (char == "\ufeff" and first and place == 0)
        for place, char in enumerate(text)
    )
