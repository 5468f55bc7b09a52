"""One agent file: its bytes are the model, everything else is read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from . import fences, frontmatter, view
from .decoded import Decoded
from .fences import Fences
from .frontmatter import RANK, Entry, Header, Reading
from .hosts.releases import LATEST
from .view import Splice

LARGEST = LATEST.largest
"""Bytes that Claude Code reads at most; a larger file is not loaded."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 text begins."""
_WIDE = "UTF-16 text: Claude Code reads UTF-8 only"
_BINARY = "binary data, not text"


class EditRefused(Exception):
    """An edit that cannot be made safely; the message says why. Nothing was changed."""


@dataclass(frozen=True)
class Document:
    """A file's bytes, and where its fields and its body lie in them.

    `whole` is false for a file over 1 MiB, of which only the first `LARGEST` bytes are at hand. Offsets are
    characters of `text`.
    """

    data: bytes
    whole: bool = True

    @property
    def _decoded(self) -> Decoded:
        return _decoded(self.data)

    @property
    def text(self) -> str:
        """The text as the host decodes it: UTF-8 without BOM, each invalid sequence as U+FFFD."""
        return self._decoded.text

    @property
    def head(self) -> str:
        """The text up to the end of the line on which the frontmatter ends; all of it without one."""
        return _head(self.data).text

    @cached_property
    def fences(self) -> Fences | None:
        """Where header and body lie, or None without a frontmatter."""
        return self._front[0] if "_known" in vars(self) else fences.find(self.head)

    @property
    def header(self) -> Header:
        """The header as read; without a frontmatter one without entries."""
        return self._front[1]

    @cached_property
    def _front(self) -> tuple[Fences | None, Header]:
        known: Callable[[], tuple[Fences, Header]] | None = vars(self).pop("_known", None)
        return known() if known else self._read(frontmatter.read)

    def remember(self, front: Callable[[], tuple[Fences, Header]]) -> None:
        """Take over, once that is asked for, where the header lies and how it reads from who knows without reading."""
        vars(self)["_known"] = front

    @cached_property
    def _plain(self) -> int:
        """Up to where each character is one byte: to the end of a header in ASCII, else nowhere (-1)."""
        close = self.fences.close if self.fences else -1
        return close if self.data[: close + 1].isascii() else -1  # nor does a byte order mark stand before it

    def _read(self, reader: Callable[[str, int], Header]) -> tuple[Fences | None, Header]:
        found = self.fences
        return found, reader(self.head[found.header : found.close], found.header) if found else Header("lines", ())

    @property
    def fields(self) -> tuple[Entry, ...]:
        """The fields in file order; a key that stands twice is there twice (the last one counts)."""
        return self.header.entries

    @property
    def reading(self) -> Reading:
        """How the header could be read."""
        return self.header.reading

    @cached_property
    def values(self) -> dict[str, object]:
        """Every key in file order with its decoded value."""
        return {entry.key: entry.value for entry in self.fields}

    def get(self, key: str) -> object:
        """The value of a field, None where it is null or absent."""
        return self.values.get(key)

    def has(self, key: str) -> bool:
        """Whether the header has this key."""
        return key in self.values

    def entry(self, key: str) -> Entry | None:
        """The entry that counts for a key: the last one."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, Entry]:
        return {entry.key: entry for entry in self.fields}

    def parsed(self, entry: Entry) -> Entry:
        """An entry with the node of its value, as the grammar reads it."""
        return self._read(frontmatter.parsed)[1].entries[self.fields.index(entry)] if self.header.flat else entry

    @property
    def body_at(self) -> int:
        """Where the body begins: after the closing fence's line, or behind the dashes where text follows them."""
        return self.fences.body if self.fences else 0

    @property
    def body(self) -> str:
        """Everything after the header as it stands, or the whole text without a frontmatter."""
        return _behind(self.data, self.body_at)

    @property
    def body_line(self) -> int:
        """The line of the file on which the body begins, counted from 1."""
        return self.line_at(self.body_at)

    def line_at(self, offset: int) -> int:
        """The line of the file, counted from 1, on which the character at `offset` stands."""
        return self._text_at(offset).count("\n", 0, offset) + 1

    def _text_at(self, offset: int) -> str:
        """The text up to the end of the line at `offset` or farther: of the body only where it stands there."""
        return self.head if self.fences and offset <= self.fences.close else self.text

    def source(self, entry: Entry) -> str:
        """An entry's value as it is written."""
        return self.between(entry.value_start, entry.value_end)

    def between(self, start: int, end: int) -> str:
        """`text[start:end]`; what stands behind it is not decoded where it can be told without."""
        return self.data[start:end].decode() if end <= self._plain else self._text_at(end)[start:end]

    @property
    def trouble(self) -> str | None:
        """Why the host sees no frontmatter in this file, in words; None when it sees one."""
        if not self.whole or len(self.data) > LARGEST:
            return "larger than 1 MiB: Claude Code does not read it"
        if self.fences is not None:
            return None
        if self.data.startswith(_UTF_16):
            return _WIDE
        if not self.text.strip(fences.JS_SPACE):
            return "the file is empty"
        if "\x00" in self.text:
            return _BINARY
        if fences.opening(f"{self.text}\n") is not None:
            return "the frontmatter is never closed: no second line of three dashes"
        if self.text.lstrip(fences.JS_SPACE).startswith(fences.DASHES) or self.text.startswith(fences.DASHES):
            return "the first line is not exactly three dashes, so there is no frontmatter"
        return "no frontmatter"

    @cached_property
    def locked(self) -> str | None:
        """Why the text cannot be edited here at all; None when it can."""
        if self.whole and b"\0" not in self.data and not self.data.startswith(_UTF_16):
            return None  # told without reading anything
        return self.trouble if not self.whole or self.trouble in {_BINARY, _WIDE} else None

    def spliced(self, splices: Iterable[Splice]) -> Document:
        """The document with some stretches of text replaced; every byte outside them stays. Raises `EditRefused`."""
        parts: list[bytes] = []
        at = 0
        splices = sorted(splices)
        byte = self._byte(splices[-1].end if splices else 0)
        for start, end, new in splices:
            parts += [self.data[at : byte(start)], _encoded(new)]
            at = byte(end)
        data = b"".join([*parts, self.data[at:]])
        if len(data) > LARGEST >= len(self.data):
            raise EditRefused("it would become larger than 1 MiB, and Claude Code would not read it")
        return Document(data)

    def _byte(self, last: int) -> Callable[[int], int]:
        """The way from the offsets of characters up to `last` to those of bytes."""
        if last <= self._plain:
            return int
        in_head = self.fences is not None and last <= self.fences.close
        return (_head(self.data) if in_head else self._decoded).byte

    @property
    def body_view(self) -> str:
        """The body as an editor may hold it."""
        return view.view_of(self.body)

    @property
    def text_view(self) -> str:
        """The whole text as an editor may hold it."""
        return view.view_of(self.text)

    def with_text(self, text: str) -> Document:
        """The document after its `text_view` was edited into `text`; lines left alone keep their bytes."""
        if self.locked:
            raise EditRefused(self.locked)
        result = self.spliced(view.splices(self.text, text))
        if result.locked:
            raise EditRefused(f"without its frontmatter it would count as {result.locked}")
        return result

    def with_body(self, text: str) -> Document:
        """The document after its `body_view` was edited into `text`; header and untouched lines keep their bytes."""
        if self.locked:
            raise EditRefused(self.locked)
        at = self.body_at
        splices = [Splice(at + s.start, at + s.end, s.new) for s in view.splices(self.body, text)]
        if self.fences and at == len(self.text) and splices and not self.text.endswith("\n"):
            newline = self.newline_at(at)
            splices = [Splice(at, at, newline + text.replace("\n", newline))]
        result = self.spliced(splices)
        if _header_span(result.fences) != _header_span(self.fences):
            raise EditRefused("this text at the start would become a frontmatter: edit it in the raw view")
        return result

    def newline_at(self, offset: int) -> str:
        """The line ending in use at `offset`."""
        text = self._text_at(offset)
        at = text.find("\n", offset)
        if at < 0:
            at = text.rfind("\n", 0, offset)
        return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"

    def reads_like(self, other: Document, except_for: str | None = None) -> bool:
        """Whether every field but one, and the body, read as in `other`, and no worse than there.

        Where the host drops `other` for its header, only the keys and their order can be compared: no value is read.
        """
        mine = {key: repr(value) for key, value in self.values.items() if key != except_for}
        theirs = {key: repr(value) for key, value in other.values.items() if key != except_for}
        same = list(mine) == list(theirs) if other.reading == "lines" else list(mine.items()) == list(theirs.items())
        return same and self.body == other.body and RANK[self.reading] >= RANK[other.reading]


@lru_cache(maxsize=64)
def _decoded(data: bytes) -> Decoded:
    """The text of the files that were asked for last: of fifty thousand it would take as much memory as their bytes."""
    return Decoded.of(data)


@lru_cache(maxsize=4)
def _behind(data: bytes, at: int) -> str:
    """A text from a character on, each time the same object for the files that were asked for last: it is looked up."""
    return _decoded(data).text[at:]


@lru_cache(maxsize=64)
def _head(data: bytes) -> Decoded:
    """The text of a file up to the end of the line on which its frontmatter ends; all of it without one."""
    close = data.find(b"---", data.find(b"---") + 3)
    end = data.find(b"\n", close) + 1
    return Decoded.of(data[:end]) if close >= 0 and end else _decoded(data)


def _header_span(found: Fences | None) -> tuple[int, int] | None:
    return (found.header, found.close) if found else None


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise EditRefused(f"{text[error.start]!a} is half a character: it cannot be written as UTF-8") from None
