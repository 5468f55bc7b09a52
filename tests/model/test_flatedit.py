"""A field set by its lines alone: as if everything had been read again."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent_studio.model import fieldedit, flatedit
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.frontmatter import Entry
from agent_studio.model.schema import Value, items_of
from agent_studio.model.view import Splice
from tests.model.documents import document, headed
from tests.model.headers import values
from tests.model.test_flat import flat_headers, told

FIELDS = "name: a\ndescription: It is used\nmodel: opus\n"
KEYS = ("name", "a", "model", "x-1", "color", "description", "tools")

_headers = st.one_of(
    flat_headers,
    flat_headers.map(lambda header: header.replace("\n", "\r\n")),
    flat_headers.map("x: y: z\n{}".format),
    flat_headers.map("{}x: y: z\n".format),
    flat_headers.map("x: y: z\n{}a: [b: c\n".format),
)
_pieces = st.sampled_from(("\n", "\r\n", "\n ", "\n- ", "a: ", "x: ", "b", " # c", "---", "|", '"', "[", "]", "5"))
_texts = st.lists(_pieces, max_size=6).map("".join)


def agrees(held: Document) -> bool:
    """Whether a document knows of itself what is read of its bytes."""
    read = Document(held.data)
    return told(held.header) == told(read.header) and held.fences == read.fences


def outcome(held: Document, key: str, value: Value | None) -> Document | str:
    """What comes of an edit, or why it is refused."""
    try:
        if value is None:
            return fieldedit.without_field(held, key)
        return fieldedit.with_field(held, key, value)
    except EditRefused as refused:
        return str(refused)


@given(_headers, st.sampled_from(KEYS), st.one_of(st.none(), values))
def test_fields_are_set_as_if_all_was_read(header: str, key: str, value: Value | None) -> None:
    held = headed(header, "Body\n---\n")
    short = outcome(held, key, value)
    with patch.object(flatedit, "edited", return_value=None):
        assert short == outcome(held, key, value)
    assert isinstance(short, str) or agrees(short)


@st.composite
def edits(draw: st.DrawFn) -> tuple[Document, str, Entry | None, Splice]:
    """A flat header, and any text in the place of some of a field, or put in as a field that it has not."""
    held = headed(draw(_headers), "Body\n---\n")
    assume(held.header.flat)
    assert held.fences
    if draw(st.booleans()):
        entry = draw(st.sampled_from(held.fields))
        starts, ends = (st.one_of(st.just(at), st.integers(entry.start, entry.value_end)) for at in entry[4:6])
        start, end = sorted((draw(starts), draw(ends)))
        return held, entry.key, entry, Splice(start, end, draw(_texts))
    key = draw(st.sampled_from([key for key in KEYS if not held.has(key)]))
    starts = st.sampled_from([*(entry.start for entry in held.fields), held.fences.close])
    place = draw(st.one_of(starts, starts, st.integers(held.fences.header, held.fences.close)))
    newline = draw(st.sampled_from((held.newline_at(held.fences.header), "\n", "")))
    return held, key, None, Splice(place, place, f"{key}: {draw(_texts)}{newline}")


@given(edits())
def test_whatever_comes_in_reads_by_itself_as_among_all(edit: tuple[Document, str, Entry | None, Splice]) -> None:
    held, key, entry, splice = edit
    after = held.spliced([splice])
    value = after.get(key)
    meant = items_of(value) if isinstance(value, list) else value
    if not isinstance(meant, str | int | float | tuple | None):
        return
    known = flatedit.edited(held, key, meant, entry, [splice])
    if known is not None:
        assert known == after
        assert agrees(known)
        assert after.reads_like(held, key)


def shortly(held: Document, key: str, value: Value | None) -> Document | None:
    """A field set, or removed, where its lines alone prove it."""
    with patch.object(fieldedit, "_edited", return_value=None):
        result = outcome(held, key, value)
    return None if isinstance(result, str) else result


@pytest.mark.parametrize("value", ["opus", "a b", "5", "yes", 5, True, "x: y", "it's", "", "naïve ✅", ("a", "b(c d)")])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("key", ["name", "description", "skills", "color"])
def test_what_people_write_is_done_by_its_lines(key: str, newline: str, value: Value) -> None:
    held = document(headed(FIELDS, "Body\n").text.replace("\n", newline))
    after = shortly(held, key, value)
    assert after is not None
    assert after.text.count(newline) == after.text.count("\n")
    assert after.header.flat


@pytest.mark.parametrize(
    ("header", "value"),
    [
        *((FIELDS, "a"), (FIELDS, None), ("model: 'a'\n", "b"), ("model: a\nmodel: b\n", "c")),
        *(("x: a: b\nmodel: c\n", "d"), ("x: a: b\n", "c*d"), ("model: [a]\nb: c: d\n", ("e", "f"))),
        *(("model: |\n  a\n\n  b\nname: c\n", "d\ne\n"), ("model:\n- a\nname: b\n", "c"), ("a:\n- b\n", "c")),
        *(("model:\nname: a\n", "b"), ("model: a\n# c\nb: d\n", None), ("a: b: c\n", ("d",))),
    ],
)
def test_so_are_other_styles(header: str, value: Value | None) -> None:
    held = headed(header)
    after = shortly(held, "model", value)
    assert after is not None
    assert agrees(after)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        *(("model: &x opus\n", "a"), ("model: opus # c\n", "a"), ("model: two\n  lines\n", "b")),
        *(("model: a: b\nb: c: d\n", "b"), ("model: a\n\nb: c\n", "d"), ("model: a\n", None), ("{a: b}\n", "c")),
        *(("model: a\nmodel: b\n", None), ("model: |\n  b\n  \n", "c")),
    ],
)
def test_for_the_rest_everything_is_read(header: str, value: str | None) -> None:
    assert shortly(headed(header), "model", value) is None


@pytest.mark.parametrize(
    ("header", "at", "new", "end"),
    [
        *(("a: b\nc: d\n", 6, "color: d\n", 6), ("a: b\nc: d\n", 4, "\ncolor: d\n", 4)),  # within a line
        *(("a:\n- b\n- c\n", 7, "color: d\n", 7), ("a: |\n  b\n\n  c\n", 9, "color: d\n", 9)),  # within a field
        ("a: |\n  b\n \nc: d\n", 9, "color: d\n", 9),  # before a line that could belong to it
        *(("a: b\n", 5, "color: d\r\n", 5), ("a: b\r\n", 6, "color: d\n", 6)),  # with another end
        *(("a: b\n", 5, "color: d\n# ---\n", 5), ("a: b\n", 5, "color: d", 5), ("a: b\n", 0, "\ncolor: d\n", 0)),
        *(("a: b\n", 5, "color: e\n", 5), ("a: b\n", 5, "c: d\n", 5), ("a: b\n", 5, "color: d\nc: d\n", 5)),
        *(("a: b\n", 5, "color: d # e\n", 5), ("a: b\n", 5, "color: d\te\n", 5), ("a: b\n", 5, "color: d\ud800\n", 5)),
    ],
)
def test_what_more_could_be_read_with_is_not_proved(header: str, at: int, new: str, end: int) -> None:
    held = headed(header)
    assert held.fences
    splices = [Splice(held.fences.header + at, held.fences.header + end, new)]
    assert flatedit.edited(held, "color", "d", None, splices) is None


@pytest.mark.parametrize(("start", "new", "end"), [(-2, "x\nc: e", 0), (0, "c: e\n", 6)])
def test_another_field_is_not_touched(start: int, new: str, end: int) -> None:
    held = headed("a: b\nc: d\ne: f\n")
    entry = held.fields[1]
    splices = [Splice(entry.start + start, entry.value_end + end, new)]
    assert flatedit.edited(held, "c", "e", entry, splices) is None
