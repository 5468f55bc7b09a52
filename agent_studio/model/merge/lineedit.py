"""Lines of a body replaced: only their bytes change, proved by reading the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from agent_studio.model.compare import lines
from agent_studio.model.compare.lines import Line
from agent_studio.model.compare.subsequence import Span
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.view import Splice


@dataclass(frozen=True, slots=True)
class LineEdit:
    """Lines of a body, counted from 0, and the texts that come in their place, without endings."""

    span: Span
    texts: Sequence[str]


def with_lines(document: Document, edits: Sequence[LineEdit]) -> Document:
    """The document with some lines of its body replaced, which end as lines do there; raises `EditRefused`.

    Edits are in order and do not overlap.
    """
    if not edits:
        return document
    if document.locked:
        raise EditRefused(document.locked)
    held = lines.split(document.body)
    wanted = list(_wanted([line.text for line in held], edits))
    newline = document.newline_at(document.body_at)
    result = document.spliced(_splices(document, held, edits, newline))
    if _reads(result, document, wanted):
        return result
    # Where a lone carriage return came to stand before a line feed the two would be one line end.
    whole = Splice(document.body_at, len(document.text), "".join(text + newline for text in wanted))
    if _reads(result := document.spliced([whole]), document, wanted):
        return result
    raise EditRefused("with these lines the frontmatter would begin or end elsewhere")


def _wanted(texts: Sequence[str], edits: Sequence[LineEdit]) -> Iterator[str]:
    at = 0
    for edit in edits:
        yield from (*texts[at : edit.span[0]], *edit.texts)
        at = edit.span[1]
    yield from texts[at:]


def _splices(document: Document, held: Sequence[Line], edits: Sequence[LineEdit], newline: str) -> Iterator[Splice]:
    offsets = list(accumulate((len(line.text + line.ending) for line in held), initial=document.body_at))
    for edit in edits:
        start, end = edit.span
        text = "".join(line + newline for line in edit.texts)
        unended = end == len(held) and document.text != "" and document.text[-1] not in "\r\n"
        if unended and start == end and edit.texts:
            text = newline + text  # a line of its own behind one that does not end
        if unended and edit.texts and edit.texts[-1]:
            text = text.removesuffix(newline)
        yield Splice(offsets[start], offsets[end], text)


def _reads(result: Document, document: Document, wanted: Sequence[str]) -> bool:
    """Whether the body of a result has the lines that were wanted, and its header is as it was."""
    if [line.text for line in lines.split(result.body)] != wanted or result.body_at < document.body_at:
        return False
    return result.reading == document.reading and result.values == document.values
