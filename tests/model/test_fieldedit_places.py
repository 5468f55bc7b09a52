"""A field that is new, and a field that goes: one line comes or goes, at its place."""

from __future__ import annotations

import pytest

from agent_studio.model.document import EditRefused
from agent_studio.model.fieldedit import with_field, without_field
from agent_studio.model.schema import Value
from tests.model.documents import differing, document, headed, others


def header_with(header: str, key: str, value: Value, newline: str = "\n") -> str:
    """The header with a new field; that only new bytes came in is proved."""
    before = document(headed(header).text.replace("\n", newline))
    after = with_field(before, key, value)
    start, end, _ = differing(before.data, after.data)
    assert start == end
    assert (after.body, others(after, key)) == (before.body, others(before, key))
    assert after.fences is not None
    return after.text[after.fences.header : after.fences.close]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("header", "key", "after"),
    [
        ("name: a\ndescription: b\nmodel: x\n", "color", "name: a\ndescription: b\nmodel: x\ncolor: new\n"),
        ("name: a\ndescription: b\nmemory: user\n", "color", "name: a\ndescription: b\ncolor: new\nmemory: user\n"),
        ("name: a\ncategory: c\n", "color", "name: a\ncolor: new\ncategory: c\n"),
        ("category: c\nname: a\n", "color", "category: c\nname: a\ncolor: new\n"),
        ("model: x\nname: a\n", "color", "model: x\ncolor: new\nname: a\n"),
        ("memory: user\n", "color", "color: new\nmemory: user\n"),
        ("category: c\n", "color", "color: new\ncategory: c\n"),
        ("name: a\nmodel: x\n", "category", "name: a\nmodel: x\ncategory: new\n"),
        ("name: a\ncategory: x\nmodel: x\n", "tags", "name: a\ncategory: x\ntags: new\nmodel: x\n"),
        ("", "color", "color: new\n"),
        ("# only a comment\n", "color", "color: new\n# only a comment\n"),
        ("name: a # c\n# d\nmemory: x\n", "color", "name: a # c\ncolor: new\n# d\nmemory: x\n"),
        ("name: a\n\nmemory: x\n", "color", "name: a\ncolor: new\n\nmemory: x\n"),
        ("  name: a\n  memory: x\n", "color", "  name: a\n  color: new\n  memory: x\n"),
        ("tools:\n  - a\n  - b # c\nmemory: x\n", "color", "tools:\n  - a\n  - b # c\ncolor: new\nmemory: x\n"),
        ("description: |\n  a\n  b\n\nmemory: x\n", "color", "description: |\n  a\n  b\ncolor: new\n\nmemory: x\n"),
        ("description: two\n  lines\nmemory: x\n", "color", "description: two\n  lines\ncolor: new\nmemory: x\n"),
        ("model:\nmemory: x\n", "color", "model:\ncolor: new\nmemory: x\n"),
        ("model: # c\nmemory: x\n", "color", "model: # c\ncolor: new\nmemory: x\n"),
        ("description: a: b\nmemory: x\n", "color", "description: a: b\ncolor: new\nmemory: x\n"),
        ("name: a\nname: b\nmemory: x\n", "color", "name: a\nname: b\ncolor: new\nmemory: x\n"),
    ],
)
def test_a_new_line_at_its_place(header: str, key: str, after: str, newline: str) -> None:
    assert header_with(header, key, "new", newline) == after.replace("\n", newline)


def test_a_value_that_keeps_its_last_breaks_is_not_cut() -> None:
    header = "description: |+\n  a\n\n\nmemory: x\n"
    assert header_with(header, "color", "new") == "description: |+\n  a\n\n\ncolor: new\nmemory: x\n"
    assert header_with("description: |+\n  a\n\n", "color", "new") == "description: |+\n  a\n\ncolor: new\n"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("plain", "color: plain"),
        ("a: b", 'color: "a: b"'),
        ("", 'color: ""'),
        (5, "color: 5"),
        (True, "color: true"),
        (("a", "b"), "color: a, b"),
        ((), "color: []"),
    ],
)
def test_how_a_new_value_is_written(value: Value, line: str) -> None:
    after = with_field(headed("name: a\n"), "color", value)
    assert after.text == f"---\nname: a\n{line}\n---\nBody.\n"


def test_prose_is_written_in_double_quotes() -> None:
    after = with_field(headed("name: a\n"), "description", "Use when\nasked")
    assert after.text == '---\nname: a\ndescription: "Use when\\nasked"\n---\nBody.\n'
    assert with_field(headed("name: a\n"), "description", "Use").source(after.fields[0]) == "a"
    assert 'description: "Use"' in with_field(headed("name: a\n"), "description", "Use").text


@pytest.mark.parametrize(
    ("data", "after"),
    [
        (b"---\nname: a ---\nBody", b"---\nname: a \ncolor: new\n---\nBody"),
        (b"---\nname: a---", b"---\nname: a\ncolor: new\n---"),
        (b"---\n---\n", b"---\ncolor: new\n---\n"),
        (b"---\n---", b"---\ncolor: new\n---"),
        (b"---\r\nname: a\r\n---\r\n", b"---\r\nname: a\r\ncolor: new\r\n---\r\n"),
        (b"---\nname: a\n  ---\n", b"---\nname: a\ncolor: new\n  ---\n"),
        (b"\xef\xbb\xbf---\nname: \xff\n---\n\xff", b"\xef\xbb\xbf---\nname: \xff\ncolor: new\n---\n\xff"),
        (b"---\n\n\nname: a\n---\n", b"---\n\n\nname: a\ncolor: new\n---\n"),
        (b"---\n\n\n---\n", b"---\n\n\ncolor: new\n---\n"),
    ],
)
def test_between_odd_fences(data: bytes, after: bytes) -> None:
    assert with_field(document(data), "color", "new").data == after


@pytest.mark.parametrize(
    ("header", "after"),
    [
        ("{name: a}\n", "{name: a, color: new}\n"),
        ("{name: a, memory: x}\n", "{name: a, color: new, memory: x}\n"),
        ("{}\n", "{color: new}\n"),
        ("{memory: x}\n", "{color: new, memory: x}\n"),
        ('{"name": "a",\n "memory": "x"\n}\n', '{"name": "a", color: new,\n "memory": "x"\n}\n'),
    ],
)
def test_in_braces(header: str, after: str) -> None:
    assert header_with(header, "color", "new") == after


@pytest.mark.parametrize("key", ["", "a b", "a: b", "- a", "é", "5", "true", "#x", "a\nb", "?", "a---b", "x" * 200])
def test_a_key_is_written_so_that_it_is_that_key_or_refused(key: str) -> None:
    try:
        after = with_field(headed("name: a\n"), key, "new")
    except EditRefused:
        return
    assert after.values == {"name": "a", key: "new"}


def header_without(header: str, key: str, newline: str = "\n") -> str:
    """The header without a field; that only bytes went is proved."""
    before = document(headed(header).text.replace("\n", newline))
    after = without_field(before, key)
    assert not after.has(key)
    assert (after.body, others(after, key)) == (before.body, others(before, key))
    assert after.fences is not None
    return after.text[after.fences.header : after.fences.close]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("line", "rest"),
    [
        *(
            (f"color: {value}\n", "")
            for value in ("red", "'red'", '"red" # c', "[a, b]", "{a: b}", "~", "# c", "&x red")
        ),
        *((f"color:{value}\n", "") for value in ("", " |\n  a\n  b", " >-\n  a\n\n  b", " two\n  lines", " [a,\n  b]")),
        *((f"color:\n{value}\n", "") for value in ("  - a # c\n  # d\n  - b", "- a\n- b", "  a:\n    b: c")),
        *((line, "") for line in ("'color': x\n", "color : x\n", "color: red\ncolor: blue\n")),
        *((f"{line}\n# after\n", "\n# after\n") for line in ("color: red\n", "color: |\n  a\n", "color:\n  - a\n")),
        ("# before\ncolor: red\n", "# before\n"),
    ],
)
def test_a_field_goes_with_its_lines(line: str, rest: str, newline: str) -> None:
    assert header_without(f"name: a\n{line}model: x\n", "color", newline) == f"name: a\n{rest}model: x\n".replace(
        "\n", newline
    )


@pytest.mark.parametrize(
    ("header", "after"),
    [
        ("color: red\n", ""),
        ("color: red\nname: a\n", "name: a\n"),
        ("name: a\ncolor: red\n", "name: a\n"),
        ("name: a\ncolor: red", "name: a\n"),
        ("  color: red\n  name: a\n", "  name: a\n"),
        ("color: a\nname: b\ncolor: c\n", "name: b\n"),
        ("description: a: b\ncolor: red\nname: a\n", "description: a: b\nname: a\n"),
        ('description: "x" y\ncolor: red\nname: a\n', 'description: "x" y\nname: a\n'),
        ("{name: a, color: red}\n", "{name: a}\n"),
        ("{color: red, name: a}\n", "{name: a}\n"),
        ("{color: red}\n", "{}\n"),
        ("{name: a, color: red, model: x}\n", "{name: a, model: x}\n"),
        ("{name: a, color: [b, c], model: x}\n", "{name: a, model: x}\n"),
    ],
)
def test_removal(header: str, after: str) -> None:
    assert header_without(header, "color") == after


def test_removing_from_braces_keeps_the_comments_beside_other_fields() -> None:
    assert "# c" in header_without("{color: red, # c\n name: a}\n", "color")


def test_the_last_line_of_a_kept_block_goes_without_a_trace_in_other_fields() -> None:
    assert header_without("color: |+\n  a\n\nname: b\n", "color").strip() == "name: b"


def test_removing_what_is_not_there_changes_nothing() -> None:
    held = headed("name: a\n")
    assert without_field(held, "color") is held


@pytest.mark.parametrize("header", ["color: &x red\nname: *x\n", "? color\n: red\n", "? color\n", "{color, name: a}\n"])
def test_a_field_that_cannot_go_alone_is_refused(header: str) -> None:
    held = headed(header)
    try:
        after = without_field(held, "color")
    except EditRefused:
        return
    assert others(after, "color") == others(held, "color")
    assert not after.has("color")


@pytest.mark.parametrize("data", [b"", b"text", b"---\nopen", b"---\n- a\n---\n"])
def test_removing_from_what_has_no_fields_is_refused(data: bytes) -> None:
    with pytest.raises(EditRefused):
        without_field(document(data), "color")
