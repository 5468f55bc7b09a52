"""One field set or removed: the smallest splice that does it, proved by its lines, or by reading the result again."""

from __future__ import annotations

from . import candidates, flatedit
from .document import Document, EditRefused
from .frontmatter import Entry
from .schema import Value, means
from .view import Splice


def with_field(document: Document, key: str, value: Value) -> Document:
    """`document` with `key` set to `value` in the style that stands there; the document itself where it has that value.

    Raises `EditRefused` where no spelling leaves every other field and the body as they were.
    """
    _check(document)
    entry = document.entry(key)
    if entry and means(entry.value, value):
        return document
    if (result := flatedit.edited(document, key, value)) is not None:
        return result
    for splices in candidates.setting(document, key, value):
        if (result := _edited(document, key, value, splices)) is not None:
            return result
    raise EditRefused(_why_not(document, key))


def without_field(document: Document, key: str) -> Document:
    """`document` without `key` (every line of it, where it stands twice); the document itself where it has none."""
    _check(document)
    if not document.has(key):
        return document
    if (result := flatedit.edited(document, key, None)) is not None:
        return result
    found = [candidates.removing(document, entry) for entry in document.fields if entry.key == key]
    splices = [splice for splice in found if splice]
    result = _edited(document, key, None, splices) if len(splices) == len(found) else None
    if result is None:
        raise EditRefused(_why_not(document, key))
    return result


def _edited(document: Document, key: str, value: Value | None, splices: list[Splice]) -> Document | None:
    """`document` with splices that set a field or remove it (None), read again; None where they do anything else."""
    result = document.spliced(splices)
    done = result.has(key) == (value is not None) and means(result.get(key), value)
    return result if done and result.reads_like(document, key) else None


def restored(document: Document, base: Document, key: str) -> Document:
    """`document` with one field as it is written in `base`; raises `EditRefused`."""
    mine, theirs = document.entry(key), base.entry(key)
    if theirs is None:
        return without_field(document, key)
    if mine is not None:
        start, end = theirs.key_end, _value_end(base, theirs)
        result = document.spliced([Splice(mine.key_end, _value_end(document, mine), base.text[start:end])])
        if repr(result.get(key)) == repr(theirs.value) and result.reads_like(document, key):
            return result
    value = theirs.value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = tuple(value)
    if not isinstance(value, str | float | bool | tuple):
        raise EditRefused(f"{key} cannot be put back by itself: revert it in the raw view")
    return with_field(document, key, value)


def _value_end(document: Document, entry: Entry) -> int:
    """Where a field's value ends, or its colon where it has none."""
    if entry.value_end > entry.key_end:
        return entry.value_end
    return document.head.find(":", entry.key_end) + 1 or entry.key_end


def _check(document: Document) -> None:
    if document.trouble:
        raise EditRefused(document.trouble)
    if not document.header.mapping:
        raise EditRefused("the frontmatter is not a list of fields")


def _why_not(document: Document, key: str) -> str:
    if document.reading == "strict":
        return f"{key} cannot be changed without touching another field: edit it in the raw view"
    return (
        f"the frontmatter is not valid YAML, and changing {key} would change how its other fields are read:"
        " repair it in the raw view first"
    )
