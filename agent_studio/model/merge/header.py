"""The header of a merge: each field as the side that changed it has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agent_studio.model.document import Document, EditRefused
from agent_studio.model.fieldedit import restored, with_field

from .comments import unread, with_comments
from .conflict import BOTH, Conflict, Stretch, whole

LARGEST = 500_000
"""Characters of a header times its fields up to which it is merged by field: about half a second."""


@dataclass(frozen=True, slots=True)
class MergedHeader:
    """A document with the merged header and no body, what conflicts in it, and the fields that are theirs."""

    document: Document
    conflicts: tuple[Conflict, ...] = ()
    taken: tuple[str, ...] = ()


def merged_header(base: Document, mine: Document, theirs: Document) -> MergedHeader:
    """Mine with the fields that only theirs changed, as they are written there if they can stand so in mine.

    All three are documents without a body. Comments and blank lines that only theirs changed come along where the
    field below them (or before them on the line) is in the result and every field reads as before; elsewhere they stay
    as in mine, and that is no conflict. So does the order of the fields where both sides changed something.
    """
    if theirs.data == base.data:
        return MergedHeader(mine)
    if mine.data == base.data:
        return MergedHeader(theirs, (), changed(base, theirs))
    if reason := _unmergeable(base, mine, theirs):
        return MergedHeader(mine, (whole("header", reason, base, mine, theirs),))
    one, other = _Direction(base, mine, theirs), _Direction(base, theirs, mine)
    if not (one.proved and other.proved):
        reason = "the fields of both sides would not read as before in one header"
        return MergedHeader(mine, (whole("header", reason, base, mine, theirs),))
    # With the same fields on both sides, comments can be told from those of fields that came or went.
    document = with_comments(one.document, _carried(base, theirs, one.wanted)[0], theirs)
    reasons = dict.fromkeys(one.torn, BOTH) | one.refused | other.refused
    conflicts = [
        Conflict("field", why, _stretch(base, key), _stretch(document, key), _stretch(theirs, key), key)
        for key, why in reasons.items()
    ]
    return MergedHeader(document, tuple(conflicts), tuple(key for key in one.wanted if key not in one.refused))


def changed(base: Document, other: Document) -> tuple[str, ...]:
    """The fields that are not written as in `base`, added and removed ones among them."""
    old, new = _written(base), _written(other)
    return tuple(key for key in _keys(new, old) if old.get(key) != new.get(key))


def _unmergeable(*sides: Document) -> str | None:
    """Why headers that both sides changed cannot be merged by field."""
    if not all(side.header.mapping for side in sides):
        return "the frontmatter is not a list of fields"
    if any(len(side.text) * len(side.fields) > LARGEST for side in sides):
        return "the frontmatter is too long to be merged field by field"
    if any(unread(side) != unread(sides[0]) for side in sides):
        return "lines changed that belong to no field"
    return None


_Written = tuple[tuple[str, ...], str]
"""A field as it is written (once for each time that its key stands there) and as it reads."""

_ABSENT: _Written = ((), "")


class _Direction:
    """One side with what only the other changed; a merge is clean only where that goes both ways."""

    def __init__(self, base: Document, mine: Document, theirs: Document) -> None:
        self.sides = [_written(side) for side in (base, mine, theirs)]
        keys = _keys(*reversed(self.sides))
        self.torn = [key for key in keys if self._is_torn(key)]
        self.wanted = [key for key in keys if key not in self.torn and self._is_wanted(key)]
        self.document, self.refused = _carried(mine, theirs, self.wanted)

    def _is_torn(self, key: str) -> bool:
        sources, (was, own, other) = zip(*(side.get(key, _ABSENT) for side in self.sides), strict=True)
        return _all_differ(was, own, other) or (_all_differ(*sources) and own != other)

    def _is_wanted(self, key: str) -> bool:
        was, own, other = (side.get(key, _ABSENT)[0] for side in self.sides)
        return was == own != other

    @property
    def proved(self) -> bool:
        """Whether every field reads as on the side that changed it."""
        found = _written(self.document)
        for key in _keys(found, *self.sides):
            was, own, other = (side.get(key, _ABSENT)[1] for side in self.sides)
            stays = own != was or key in self.torn or key in self.refused
            if found.get(key, _ABSENT)[1] != (own if stays else other):
                return False
        return True


def _all_differ(one: object, two: object, three: object) -> bool:
    return one != two != three != one


def _keys(*fields: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(key for keys in fields for key in keys))


def _written(document: Document) -> dict[str, _Written]:
    found: dict[str, _Written] = {}
    for entry in document.fields:
        sources = found.get(entry.key, _ABSENT)[0]
        found[entry.key] = ((*sources, document.text[entry.key_end : entry.value_end]), repr(entry.value))
    return found


def _carried(document: Document, other: Document, keys: Iterable[str]) -> tuple[Document, dict[str, str]]:
    """The document with some fields as another one has them, and why for those that it cannot have so."""
    refused: dict[str, str] = {}
    for key in keys:
        try:
            document = carried(document, other, key)
        except EditRefused as why:
            refused[key] = str(why)
    return document, refused


def carried(document: Document, other: Document, key: str) -> Document:
    """The document with a field as another one has it, or without it where that has none; raises `EditRefused`."""
    # A new field is given its place first: then its value can be copied as it is written.
    place = with_field(document, key, "x") if other.has(key) and not document.has(key) else document
    return restored(place, other, key)


def _stretch(document: Document, key: str) -> Stretch | None:
    entry = document.entry(key)
    return Stretch(document.line_at(entry.start), document.source(entry)) if entry else None
