"""The text of a prompt: its words, however it is wrapped, spelled or damaged, and a sketch by which copies are met."""

from __future__ import annotations

import codecs
import re
import zlib
from functools import lru_cache
from typing import NamedTuple

from agent_studio.model.checks import mojibake

_KEPT = 20
"""Hashes of a sketch."""
_BITS = 2_048
_ANCHORED = re.compile(rb"st(?=(.{,30}))")
"""The stretches of letters that a sketch is made of: there is one about every 64 letters in English."""
_AT_WORDS = re.compile(rb" (?=(.{,40}))")
"""Those that it has besides where they are few."""

_ASCII = bytes(range(0x80))
_NO_LETTERS = bytes(byte for byte in range(0x100) if not _ASCII[byte : byte + 1].isalpha())
_IN_NO_WORD = bytes(byte for byte in _ASCII if not (chr(byte).isalnum() or chr(byte) == "_"))
_SMALL = bytes(range(0x100)).lower()
_SPACED = _SMALL.translate(bytes.maketrans(_IN_NO_WORD, b" " * len(_IN_NO_WORD)))
"""Byte -> itself in lower case, a blank for an ASCII character that belongs to no word."""


@lru_cache(maxsize=10_000)
def _letters(text: str) -> bytes:
    """Those of some characters that belong to words, in lower case."""
    kept = "".join(char if char.isalnum() or char == "_" else " " for char in text.lower())
    return kept.encode("utf-8", "surrogatepass")


def _lettered(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    return _letters(error.object[error.start : error.end]), error.end


_LETTERED = "agent_studio.lettered"
codecs.register_error(_LETTERED, _lettered)


def words(text: str) -> list[bytes]:
    """The words of a text in lower case, its damage mended: letters and digits side by side."""
    return mojibake.repaired(text).encode("ascii", _LETTERED).translate(_SPACED).split()


def runs(text: str) -> frozenset[int]:
    """The runs of five words of a text, as hashes of this process."""
    found = words(text)
    return frozenset(map(hash, zip(found, found[1:], found[2:], found[3:], found[4:], strict=False)))


def alike(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of runs that two texts have in common (Jaccard), 0 to 1; two texts without runs are not alike."""
    apart = len(one - other)  # of texts that are alike a smaller set than what they have in common
    common = len(one) - apart
    return common / (len(other) + apart) if common else 0.0


class Sketch(NamedTuple):
    """A few hashes of a text: two texts with most runs in common share most of them.

    `least` are the smallest of all at anchors; a text with few of those has further ones, at any words. `parity` has
    bits that differ from another text's for no more hashes at anchors than the two have not in common, of `size`.
    """

    least: tuple[int, ...]
    parity: int = 0
    size: int = 0

    def may_be_near(self, other: Sketch, least: float) -> bool:
        """Whether two texts may have the share `least` of their runs in common: one in a million is told wrong.

        Of the hashes at anchors about 1.6 times as many are lost as of the runs.
        """
        lost = (1 - least) / (1 + least) * (self.size + other.size)
        return (self.parity ^ other.parity).bit_count() <= 3 * lost + 5


def sketch(text: str) -> Sketch:
    """The sketch of a text, made of its ASCII letters: neither damage nor blanks nor numbers leave a trace there."""
    letters = text.encode("ascii", "ignore").translate(_SMALL, _NO_LETTERS)
    anchored = set(map(zlib.crc32, _ANCHORED.findall(letters)))
    found = sorted(anchored)[:_KEPT]
    if len(found) < _KEPT:
        more = set(map(zlib.crc32, _AT_WORDS.findall(b" " + b" ".join(words(text))))).difference(found)
        found += sorted(more)[: _KEPT - len(found)]
    parity = 0
    for gram in anchored:
        parity ^= 1 << gram % _BITS
    return Sketch(tuple(found), parity, len(anchored))
