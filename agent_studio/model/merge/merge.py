"""Two descendants of one document made into one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from agent_studio.model.decoded import BOM
from agent_studio.model.document import LARGEST, Document, EditRefused

from .body import merged_body, stretches_changed
from .conflict import Conflict, whole
from .header import changed, merged_header

_T = TypeVar("_T")
_Sides = tuple[Document, Document, Document]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came from theirs without a conflict: the names of fields, and how many stretches of the body.

    Comments and blank lines of the header, the byte order mark and the style of line endings are not counted.
    """

    fields: tuple[str, ...] = ()
    stretches: int = 0


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged document, what conflicts (there it holds mine), and what was taken from theirs."""

    document: Document
    conflicts: tuple[Conflict, ...] = ()
    taken: Taken = Taken()

    @property
    def clean(self) -> bool:
        """Whether nothing conflicts."""
        return not self.conflicts


def merged(base: Document, mine: Document, theirs: Document) -> Merge:
    """Mine with everything that only theirs changed since `base`; never fails.

    Fields are merged by key, the body by line; changes of neighbouring lines do not conflict. A byte order mark and
    one style of line endings for the whole file are changes like others. What cannot be merged so (a side without a
    frontmatter or with other fences, not UTF-8, over 1 MiB) is one conflict.
    """
    if theirs in (base, mine):
        return Merge(mine)
    if mine == base:
        return Merge(theirs, taken=Taken(changed(base, theirs), stretches_changed(base, theirs)))
    sides = (base, mine, theirs)
    plain, newline = _unified(*sides)
    if reason := _unmergeable(sides, plain):
        return _whole(reason, *sides)
    try:
        header = merged_header(*(Document(side.text[: side.body_at].encode()) for side in plain))
    except EditRefused as refused:
        return _whole(str(refused), *sides)
    body = merged_body(*plain)
    text = header.document.text + body.text
    found = Document(text.encode())
    if (found.text, found.body) != (text, body.text):
        return _whole("the frontmatter would begin or end elsewhere", *sides)
    bom = _kept(*(side.data.startswith(BOM) for side in sides))
    document = Document(BOM * bom + text.replace("\n", newline).encode())
    if len(document.data) > LARGEST:
        return _whole("the result would be larger than 1 MiB", *sides)
    below = (_moved(conflict, document.body_line - 1) for conflict in body.conflicts)
    return Merge(document, (*header.conflicts, *below), Taken(header.taken, body.taken))


def _unified(base: Document, mine: Document, theirs: Document) -> tuple[_Sides, str]:
    """The documents in one style of line endings if each has one, and what a line feed is to be in the result."""
    sides = (base, mine, theirs)
    newlines = [_newline(side.text) for side in sides]
    newline = _kept(*newlines)
    if newline is None or None in newlines or len(set(newlines)) == 1:
        return sides, "\n"
    old, own, other = (Document(side.data.replace(b"\r\n", b"\n")) for side in sides)
    return (old, own, other), newline


def _unmergeable(sides: _Sides, plain: _Sides) -> str | None:
    """Why documents cannot be merged in parts."""
    for side in sides:
        if side.locked or len(side.data) > LARGEST:
            return side.trouble
        try:
            side.data.decode()
        except UnicodeDecodeError:
            return "some of it is not UTF-8"
    if len(set(map(_fences, plain))) > 1:
        return "the frontmatter begins or ends in another way, or one side has none"
    if plain != sides and any(side.fences and side.reading != "strict" for side in sides):
        return "a frontmatter that is not valid YAML reads otherwise with other line endings"
    return None


def _kept(base: _T, mine: _T, theirs: _T) -> _T:
    """A property of the whole file: theirs where mine left it alone."""
    return theirs if mine == base else mine


def _newline(text: str) -> str | None:
    """The one line ending of a text, None where it has several."""
    pairs = text.count("\r\n")
    if pairs != text.count("\r"):
        return None
    return "\n" if not pairs else "\r\n" if pairs == text.count("\n") else None


def _fences(document: Document) -> tuple[str, str] | None:
    """How the frontmatter begins and ends, None without one."""
    found = document.fences
    return (document.text[: found.header], document.text[found.close : found.body]) if found else None


def _moved(conflict: Conflict, lines: int) -> Conflict:
    assert conflict.mine is not None
    return replace(conflict, mine=replace(conflict.mine, line=conflict.mine.line + lines))


def _whole(reason: str, base: Document, mine: Document, theirs: Document) -> Merge:
    return Merge(mine, (whole("file", reason, base, mine, theirs),))
