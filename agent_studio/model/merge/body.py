"""The body of a merge: two descendants of a text joined line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent_studio.model.compare.subsequence import Span, changes
from agent_studio.model.document import Document

from .conflict import BOTH, Conflict, Stretch
from .hunks import hunks

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class MergedBody:
    """A body's text, what conflicts in it, and how many stretches of it are theirs.

    The lines of `mine` in the conflicts count from the start of the body.
    """

    text: str
    conflicts: tuple[Conflict, ...] = ()
    taken: int = 0


def merged_body(base: Document, mine: Document, theirs: Document) -> MergedBody:
    """Mine with what only theirs changed; every line ends as on the side that it comes from.

    Whether the last line ends at all is a property of the text, and merged as such: what is appended below a last
    line that does not end goes on a line of its own.
    """
    old, own, other = map(_lines, (base, mine, theirs))
    found: list[str] = []
    conflicts: list[Conflict] = []
    at = taken = 0
    for hunk in hunks(old, own, other):
        found += own[at : hunk.mine[0]]
        at = hunk.mine[1]
        kept, new = own[slice(*hunk.mine)], other[slice(*hunk.theirs)]
        if hunk.by == "both" and kept != new:
            stretches = _stretch(base, old, hunk.base), Stretch(1 + len(found), "".join(kept))
            conflicts.append(Conflict("body", BOTH, *stretches, _stretch(theirs, other, hunk.theirs)))
        taken += hunk.by == "theirs"
        found += new if hunk.by == "theirs" else kept
    found += own[at:]
    was, is_so, others = (_ends(side.body) for side in (base, mine, theirs))
    text = _joined(found, is_so if conflicts or is_so != was else others)
    if len(_LINE.findall(text)) == len(found):
        return MergedBody(text, tuple(conflicts), taken)
    # A lone carriage return came to stand before a line feed: the two would be one line end.
    reason = "the line endings of both sides do not go together"
    whole = Stretch(base.body_line, base.body), Stretch(1, mine.body), Stretch(theirs.body_line, theirs.body)
    return MergedBody(mine.body, (Conflict("body", reason, *whole),))


def stretches_changed(base: Document, other: Document) -> int:
    """How many stretches of the body differ."""
    return len(changes(_lines(base), _lines(other))[0])


def _lines(document: Document) -> list[str]:
    """The lines of a body with their endings; a last one that has none is given the one in use there."""
    found: list[str] = _LINE.findall(document.body)
    if not _ends(document.body):
        found[-1] += document.newline_at(len(document.text))
    return found


def _ends(text: str) -> bool:
    return not text or text[-1] in "\r\n"


def _joined(found: list[str], ends: bool) -> str:
    text = "".join(found)
    if ends or not found or not found[-1].strip("\r\n"):
        return text
    return text.removesuffix("\n").removesuffix("\r")


def _stretch(document: Document, found: list[str], span: Span) -> Stretch:
    return Stretch(document.body_line + span[0], "".join(found[slice(*span)]))
