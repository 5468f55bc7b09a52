"""Lines of a text with their endings, split only where the host and editors split."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

_WORD = re.compile(r"\w")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")


class Line(NamedTuple):
    """One line: its place in the text, counted from 0, its text, and its ending (empty at the end of a text)."""

    place: int
    text: str
    ending: str

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands in it."""
        return not self.text.strip()

    @property
    def wordless(self) -> bool:
        """Whether it is blank or punctuation only: a fence, a rule, a lone bracket."""
        return not has_word(self.text)


def has_word(text: str) -> bool:
    """Whether anything but white space and punctuation stands in a text."""
    return _WORD.search(text) is not None


def split(text: str) -> tuple[Line, ...]:
    """The lines of `text`, ended by LF, CRLF or CR only; what follows the last ending is a line unless it is empty."""
    texts: Sequence[str]
    if "\r" in text:
        texts, endings = zip(*_LINE.findall(text), strict=True)
    else:
        texts = text.split("\n")
        endings = ("\n",) * (len(texts) - 1) + ("",)
    if not (texts[-1] or endings[-1]):
        texts = texts[:-1]
    return tuple(map(Line._make, zip(count(), texts, endings)))
