"""A field set by its lines alone: as if everything had been read again."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent_studio.model import fieldedit, flat, flatedit
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.fences import DASHES
from agent_studio.model.flat import Unusual
from agent_studio.model.nodes import BadYaml
from agent_studio.model.schema import Value
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


@given(_headers, flat_headers, st.data())
def test_the_lines_of_a_field_read_so_among_all(header: str, lines: str, data: st.DataObject) -> None:
    held = headed(header)
    read = flat.read_repaired if held.reading == "tolerant" else flat.read
    new = lines.replace("\n", "\r\n" if "\r" in header else "\n")
    assume(held.header.flat and held.fences and DASHES not in new)
    assert held.fences
    starts = [*(entry.start for entry in held.fields), held.fences.close]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(starts), st.sampled_from(starts))))
    try:
        flat.read(new)
        own = read(new)
    except (BadYaml, Unusual):
        return
    at = held.header.error_at
    assume(own[0].start == 0 and not (at is not None and start <= at < end))
    after = held.spliced([Splice(start, end, new)])
    wanted = [
        *(one for one in held.fields if one.start < start),
        *own,
        *(one for one in held.fields if one.start >= end),
    ]
    assert [(one.key, repr(one.value), one[6:]) for one in after.fields] == [
        (one.key, repr(one.value), one[6:]) for one in wanted
    ]
    assert (after.reading, after.header.flat, after.body) == (held.reading, True, held.body)


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
        *(("x: a: b\nmodel: c\n", "d"), ("name: a\nx: a: b\n", "c*d"), ("model: [a]\nb: c: d\n", ("e", "f"))),
        *(("model: |\n  a\n\n  b\nname: c\n", "d\ne\n"), ("model:\n- a\nname: b\n", "c"), ("name:\n- b\n", "c")),
        *(("model:\nname: a\n", "b"), ("model: a\n\n# c\nb: d\n", "e"), ("name: b: c\n", ("d",))),
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
        *(("model: a: b\nb: c: d\n", "b"), ("name: a\n\nb: c\n", "d"), ("model: a\n", None), ("{a: b}\n", "c")),
        *(("model: a\nmodel: b\n", None), ("model: |\n  b\n  \n", "c"), ("model: a\n# c\n", None)),
        *(("b: c\n", "d"), ("a: b\n", "c\ud800"), ("name: a\n", "b\tc\x07"), ("model: a # ---", "b")),
    ],
)
def test_for_the_rest_everything_is_read(header: str, value: str | None) -> None:
    assert shortly(headed(header), "model", value) is None


@pytest.mark.parametrize(
    ("lines", "newline", "repaired"),
    [
        *(
            ("a: ---\n", "\n", False),
            ("a: b\n# ---\n", "\n", False),
            ("a: b: c\n", "\n", False),
            ("a: b: c\n", "\n", True),
        ),
        *(("a: b\r\n", "\n", False), ("a: b\n", "\r\n", False), ("a: b", "\n", False), ("- a\n", "\n", False)),
    ],
)
def test_what_is_not_read_alone_is_not_proved(lines: str, newline: str, repaired: bool) -> None:
    assert flatedit._read(lines, newline, repaired) is None
