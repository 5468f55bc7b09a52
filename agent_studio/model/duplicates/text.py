"""The text of a prompt: its words, however it is wrapped, spelled or damaged, and a sketch by which copies are met."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

from agent_studio.model.checks import mojibake

_RUN = 5
"""Words of a run."""
_KEPT = 20
"""Hashes of a sketch."""
_BITS = 2_048
_ANCHOR, _GRAM = b" c", 40
"""A sketch is made of stretches of so many bytes at words that begin so: about every twelfth in English."""

_OTHERS = "".join(chr(byte) for byte in range(0x80) if not (chr(byte).isalnum() or chr(byte) == "_"))
_WORDS = bytes(range(0x100)).lower().translate(bytes.maketrans(_OTHERS.encode(), b" " * len(_OTHERS)))
"""Byte -> itself in lower case, a blank for an ASCII character that belongs to no word."""
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")


class _Letters(dict[bytes, bytes]):
    """Characters that are not ASCII -> those of them that belong to words, in lower case."""

    def __missing__(self, run: bytes) -> bytes:
        if len(self) > 10_000:
            self.clear()
        text = run.decode("utf-8", "surrogatepass").lower()
        kept = "".join(char if char.isalnum() or char == "_" else " " for char in text)
        self[run] = found = kept.encode("utf-8", "surrogatepass")
        return found


_LETTERS = _Letters()


def words(text: str) -> list[bytes]:
    """The words of a text in lower case, its damage mended: letters and digits side by side."""
    if text.isascii():
        return text.encode().translate(_WORDS).split()
    data = mojibake.repaired(text).encode("utf-8", "surrogatepass")
    return _NOT_ASCII.sub(lambda match: _LETTERS[match[0]], data).translate(_WORDS).split()


class Runs(NamedTuple):
    """The runs of five words of a text, as hashes of this process, and a sample of them."""

    all: frozenset[int]
    some: frozenset[int]


def runs(text: str) -> Runs:
    """The runs of a text."""
    found = words(text)
    hashes = frozenset(map(hash, zip(*(found[start:] for start in range(_RUN)), strict=False)))
    return Runs(hashes, frozenset([run for run in hashes if not run % 4]))


def alike(one: Runs, other: Runs) -> float:
    """The share of runs that two texts have in common (Jaccard), 0 to 1; two texts without runs are not alike."""
    return _share(one.all, other.all)


def may_be_alike(one: Runs, other: Runs, least: float) -> bool:
    """Whether two texts may have a share of their runs in common; one in a hundred million is told wrong."""
    size = len(one.some) + len(other.some)
    return not size or _share(one.some, other.some) >= least - 3 / sqrt(size)


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


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


def sketch(text: str, letters: Iterable[bytes]) -> Sketch:
    """The sketch of a text, given its runs of ASCII letters: neither damage nor numbers leave a trace there."""
    anchored = set(_grams(b" " + b" ".join(letters), _ANCHOR))
    found = sorted(anchored)[:_KEPT]
    if len(found) < _KEPT:
        more = set(_grams(b" " + b" ".join(words(text)), b" ")).difference(found)
        found += sorted(more)[: _KEPT - len(found)]
    parity = 0
    for gram in anchored:
        parity ^= 1 << gram % _BITS
    return Sketch(tuple(found), parity, len(anchored))


def _grams(text: bytes, anchor: bytes) -> list[int]:
    """The hashes of what stands at each anchor."""
    found: list[int] = []
    at = text.find(anchor)
    while at >= 0:
        found.append(zlib.crc32(text[at : at + _GRAM]))
        at = text.find(anchor, at + 1)
    return found
