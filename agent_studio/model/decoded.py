"""Bytes as text and back: which bytes each character of a file stands for."""

from __future__ import annotations

import codecs
import threading
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

BOM = b"\xef\xbb\xbf"
_ERRORS = "agent_studio.recorded"
_local = threading.local()


def _recorded(error: UnicodeError) -> tuple[str, int]:
    """Decode error handler: U+FFFD for each invalid sequence, as the host does, and a note of where it stood."""
    assert isinstance(error, UnicodeDecodeError)
    _local.bad.append((error.start, error.end))
    return "\ufffd", error.end


codecs.register_error(_ERRORS, _recorded)


class Decoded(NamedTuple):
    """A file's text as UTF-8 without its BOM, invalid sequences as U+FFFD, and the way back to byte offsets.

    `bad` holds (index of the character, first byte after the sequence) for each invalid sequence.
    """

    text: str
    start: int
    bad: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, data: bytes) -> Decoded:
        """The text of `data`; never fails."""
        start = len(BOM) if data.startswith(BOM) else 0
        try:
            return cls(data[start:].decode(), start)
        except UnicodeDecodeError:
            return cls._damaged(data, start)

    @classmethod
    def _damaged(cls, data: bytes, start: int) -> Decoded:
        _local.bad = []
        text = data[start:].decode("utf-8", _ERRORS)
        bad: list[tuple[int, int]] = []
        index = after = 0
        for first, last in _local.bad:
            index += len(data[start + after : start + first].decode())
            bad.append((index, start + last))
            index, after = index + 1, last
        return cls(text, start, tuple(bad))

    def byte(self, index: int) -> int:
        """The offset in the file of the first byte of the character at `index` (or the end)."""
        if before := bisect_left(self.bad, (index, 0)):
            char, after = self.bad[before - 1]
            return after + _encoded(self.text, index) - _encoded(self.text, char + 1)
        return self.start + _encoded(self.text, index)


_STEP = 1_024
"""Characters between two places of a text whose bytes are counted once."""


def _encoded(text: str, index: int) -> int:
    """The bytes that the characters before `index` take in UTF-8; many places of one text are told in time."""
    if text.isascii():
        return index
    mark = index // _STEP
    return (_marks(text)[mark] if mark else 0) + len(text[mark * _STEP : index].encode())


@lru_cache(maxsize=4)
def _marks(text: str) -> tuple[int, ...]:
    """The bytes before every place of a text that is a multiple of `_STEP`."""
    lengths = (len(text[at : at + _STEP].encode()) for at in range(0, len(text), _STEP))
    return tuple(accumulate(lengths, initial=0))
