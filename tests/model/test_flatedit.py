"""A field set by its line alone: as if everything had been read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.document import Document
from agent_studio.model.flatedit import with_line, with_plain
from agent_studio.model.schema import Value
from tests.model.documents import confined, document, headed
from tests.model.headers import values
from tests.model.test_flat import flat_headers

FIELDS = "name: a\ndescription: It is used\nmodel: opus\n"


_headers = st.one_of(
    flat_headers,
    flat_headers.map(lambda header: header.replace("\n", "\r\n")),
    flat_headers.map("x: y: z\n{}".format),
    flat_headers.map("{}x: y: z\n".format),
)


@given(_headers, st.sampled_from(("name", "a", "model", "x-1", "color", "description")), values)
def test_nothing_else_is_read_otherwise(header: str, key: str, value: Value) -> None:
    before = Document(headed(header, "Body\n---\n").data)
    entry = before.entry(key)
    if isinstance(value, tuple) or (entry and before.get(key) == value):
        return
    places = [None, *before.fields]
    tried = [with_plain(before, entry, value)] if entry else [with_line(before, key, value, place) for place in places]
    for after in filter(None, tried):
        assert repr(after.get(key)) == repr(value)
        assert after.reads_like(before, key)
        assert confined(before, after, key)


@pytest.mark.parametrize("value", ["opus", "a b", "5", "yes", 5, True, "x: y", "it's", "", "naïve ✅"])
def test_what_people_write_is_done_by_its_line(value: str | float) -> None:
    held = document(headed(FIELDS, "Body\n").text)
    entry = held.entry("name")
    assert entry is not None
    assert with_plain(held, entry, value) is not None
    assert with_line(held, "color", value, held.fields[-1]) is not None


@pytest.mark.parametrize("place", [-1, 0])
def test_a_line_ends_as_the_others_do(place: int) -> None:
    held = document(headed(FIELDS).text.replace("\n", "\r\n"))
    after = with_line(held, "color", "red", held.fields[place] if place else None)
    assert after is not None
    assert after.text.count("\n") == after.text.count("\r\n") == held.text.count("\n") + 1
    assert after.header.flat


@pytest.mark.parametrize(
    ("header", "value"),
    [
        *((FIELDS, "a\ud800"), ("model: &x opus\n", "a"), ("model: opus # c\n", "a")),
        *(("model: a\nmodel: b\n", "c"), ("model: 'a'\n", "b"), ("model: a: b\nb: c: d\n", "b")),
        ("model: two\n  lines\n", "b"),
    ],
)
def test_for_the_rest_everything_is_read(header: str, value: str) -> None:
    held = document(headed(header, "Body\n").text)
    entry = held.entry("model")
    assert entry is not None
    assert with_plain(held, entry, value) is None
