"""What both sides of a merge changed, each in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agent_studio.model.document import Document

Where = Literal["field", "header", "body", "file"]

BOTH = "both sides changed it"
"""Why most things conflict."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of one side: the line of the file on which it begins, counted from 1, and its text as written."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field, the header, a stretch of body lines or the whole file, in which the merged document holds mine.

    `field` is the key of a field, empty elsewhere. A side is None where it does not have the field. The line of `mine`
    is one of the merged document, the others are of their own files. Body lines have their line ending, even a last
    one that has none; where the sides end their lines differently it is a line feed.
    """

    where: Where
    reason: str
    base: Stretch | None
    mine: Stretch | None
    theirs: Stretch | None
    field: str = ""


def whole(where: Where, reason: str, base: Document, mine: Document, theirs: Document) -> Conflict:
    """The conflict of three whole texts."""
    return Conflict(where, reason, Stretch(1, base.text), Stretch(1, mine.text), Stretch(1, theirs.text))
