"""One field set to a text, a number or a truth value: in the style that stands there, and nothing else changes."""

from __future__ import annotations

import pytest

from agent_studio.model.document import Document, EditRefused
from agent_studio.model.fieldedit import with_field
from agent_studio.model.schema import Value
from tests.model.documents import confined, document, headed, others


def header_after(header: str, key: str, value: Value, newline: str = "\n") -> str:
    """The header after a field was set; everything else is proved to be as it was."""
    before = document(headed(header, "Body.\n").text.replace("\n", newline))
    after = with_field(before, key, value)
    assert confined(before, after, key)
    assert after.body == before.body
    assert others(after, key) == others(before, key) or before.reading == "lines"
    assert after.get(key) == (list(value) if isinstance(value, tuple) and isinstance(after.get(key), list) else value)
    assert type(after.get(key)) is not bool or isinstance(value, bool)
    assert after.fences is not None
    return after.text[after.fences.header : after.fences.close]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("color: red\nname: a\n", "blue", "color: blue\nname: a\n"),
        ("color:    red   \nname: a\n", "blue", "color:    blue   \nname: a\n"),
        ("color: red # c\nname: a\n", "blue", "color: blue # c\nname: a\n"),
        ("color: 'red' # c\nname: a\n", "blue", "color: 'blue' # c\nname: a\n"),
        ('color: "red"# c\nname: a\n', "blue", "color: blue\nname: a\n"),  # no comment to the host, but text
        ("color : red\nname: a\n", "blue", "color : blue\nname: a\n"),
        ("'color': red\nname: a\n", "blue", "'color': blue\nname: a\n"),
        ('"color": red\nname: a\n', "blue", '"color": blue\nname: a\n'),
        ("  color: red\n  name: a\n", "blue", "  color: blue\n  name: a\n"),
        ("# c\n\ncolor: red\n\n# d\nname: a\n", "blue", "# c\n\ncolor: blue\n\n# d\nname: a\n"),
        ("? color\n: red\n? name\n: a\n", "blue", "? color\n: blue\n? name\n: a\n"),
        ("color: red\ncolor: green\nname: a\n", "blue", "color: red\ncolor: blue\nname: a\n"),
        ("color: two\n  lines\nname: a\n", "blue", "color: blue\nname: a\n"),
        ("color:\n  red\nname: a\n", "blue", "color:\n  blue\nname: a\n"),
        ("color: 5\nname: a\n", "blue", "color: blue\nname: a\n"),
        ("color: ~\nname: a\n", "blue", "color: blue\nname: a\n"),
        ("color: null # c\nname: a\n", "blue", "color: blue # c\nname: a\n"),
        ("color:\nname: a\n", "blue", "color: blue\nname: a\n"),
        ("color:   \nname: a\n", "blue", "color: blue   \nname: a\n"),
        ("color: # c\nname: a\n", "blue", "color: blue # c\nname: a\n"),
        ("name: a\ncolor:", "blue", "name: a\ncolor: blue "),
        ("color: |\n  red\n  green\nname: a\n", "blue\n", "color: |\n  blue\nname: a\n"),
        ("color: |-\n    red\nname: a\n", "blue\n\ngreen", "color: |-\n    blue\n\n    green\nname: a\n"),
        ("color: >\n  red\nname: a\n", "blue\n", "color: >\n  blue\nname: a\n"),
        ("color: |+\n  red\n\nname: a\n", "blue\n\n", "color: |+\n  blue\n\nname: a\n"),
        ("color: | # c\n  red\nname: a\n", "blue\n", "color: | # c\n  blue\nname: a\n"),
        ("color: |\n  red\nname: a\n", "blue", "color: |-\n  blue\nname: a\n"),
        ("color: |\n  red\nname: a\n", "a --- b\n", 'color: "a -\\x2d- b\\n"\nname: a\n'),
        ("color: {r: 1}\nname: a\n", "blue", "color: blue\nname: a\n"),
        ("color: [red, green]\nname: a\n", "blue", "color: blue\nname: a\n"),
        ("color:\n  r: 1\n  g: 2\nname: a\n", "blue", "color: blue\nname: a\n"),
        ("color:\n  - red\n  - green\nname: a\n", "blue", "color: blue\nname: a\n"),
        ("color:\n- red\n- green\nname: a\n", "blue", "color: blue\nname: a\n"),
        ("name: a\ncolor: red", "blue", "name: a\ncolor: blue"),
    ],
)
def test_text_in_each_style(before: str, value: str, after: str, newline: str) -> None:
    found = header_after(before, "color", value, newline)
    assert found == after.replace("\n", newline)


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("color: red\n", "a: b", 'color: "a: b"\n'),
        ("color: red\n", "a # b", 'color: "a # b"\n'),
        ("color: red\n", "", 'color: ""\n'),
        ("color: red\n", "5", 'color: "5"\n'),
        ("color: red\n", "true", 'color: "true"\n'),
        ("color: red\n", "null", 'color: "null"\n'),
        ("color: red\n", "two\nlines", 'color: "two\\nlines"\n'),
        ("color: red\n", "a --- b", 'color: "a -\\x2d- b"\n'),
        ("color: red\n", "\x1b[31m", 'color: "\\x1b[31m"\n'),
        ("color: 'red'\n", "it's", "color: 'it''s'\n"),
        ("color: 'red'\n", "two\nlines", 'color: "two\\nlines"\n'),
        ('color: "red"\n', 'say "hi" \\n', 'color: "say \\"hi\\" \\\\n"\n'),
        ("color:\n", "- x", 'color: "- x"\n'),
        ("color: one two three\n  four five\n", "some other words here", "color: some other\n  words here\n"),
    ],
)
def test_text_that_the_style_cannot_hold_takes_a_safer_one(before: str, value: str, after: str) -> None:
    assert header_after("name: a\n" + before, "color", value) == "name: a\n" + after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("maxTurns: 5 # c\n", 7, "maxTurns: 7 # c\n"),
        ("maxTurns: '5'\n", 7, "maxTurns: 7\n"),
        ("maxTurns:\n", 7, "maxTurns: 7\n"),
        ("maxTurns: 5\n", -1, "maxTurns: -1\n"),
        ("maxTurns: 5\n", 1.5, "maxTurns: 1.5\n"),
        ("maxTurns: 5\n", True, "maxTurns: true\n"),
        ("maxTurns: true\n", False, "maxTurns: false\n"),
        ("maxTurns: 1\n", True, "maxTurns: true\n"),
        ("maxTurns: |\n  5\n", 7, "maxTurns: 7\n"),
    ],
)
def test_numbers_and_truth_values(before: str, value: Value, after: str) -> None:
    assert header_after("name: a\n" + before, "maxTurns", value) == "name: a\n" + after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("{name: a, color: red}\n", "blue", "{name: a, color: blue}\n"),
        ("{name: a, color: red # c\n}\n", "blue", "{name: a, color: blue # c\n}\n"),
        ('{"name": "a", "color": "red"}\n', "blue", '{"name": "a", "color": "blue"}\n'),
        ("{name: a, color: }\n", "blue", "{name: a, color: blue }\n"),
        ("{name: a, color: red}\n", "a, b", '{name: a, color: "a, b"}\n'),
        ("{color: [red], name: a}\n", "blue", "{color: blue, name: a}\n"),
    ],
)
def test_a_header_in_braces(before: str, value: str, after: str) -> None:
    assert header_after(before, "color", value) == after


@pytest.mark.parametrize("header", ["name: a\n? color\n", "{name: a, color}\n", "{color, name: a}\n"])
def test_a_key_without_a_colon_gets_its_value_or_is_refused(header: str) -> None:
    try:
        after = header_after(header, "color", "blue")
    except EditRefused:
        return
    assert "blue" in after


@pytest.mark.parametrize(
    ("before", "key", "value", "after"),
    [
        ("description: a: b\ncolor: red\n", "color", "blue", "description: a: b\ncolor: blue\n"),
        ("description: a: b\ncolor: red # c\n", "color", "blue", "description: a: b\ncolor: blue\n"),
        ("description: a: b\nname: x!\n", "name", "y", "description: a: b\nname: y\n"),
        ("description: a: b # c\n", "description", "new: text", 'description: "new: text"\n'),
        ("description: a: b\nmodel:\n", "model", "opus", "description: a: b\nmodel: opus\n"),
        ("description: a: b\ntools:\n\t- a\nmodel: x\n", "model", "y", "description: a: b\ntools:\n\t- a\nmodel: y\n"),
    ],
)
def test_headers_that_only_the_host_repairs(before: str, key: str, value: str, after: str) -> None:
    assert header_after(before, key, value) == after


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ('name: a\ndescription: "x" y\ncolor: red # c\n', "color", 'name: a\ndescription: "x" y\ncolor: new # c\n'),
        ('name: a\ndescription: "x" y\ncolor:\n', "color", 'name: a\ndescription: "x" y\ncolor: new\n'),
        (
            'name: a\ndescription: "x" y\n# keep\ncolor: red\n',
            "description",
            "name: a\ndescription: new\n# keep\ncolor: red\n",
        ),
        ("description: Examples:\n  x: y: z\ncolor: red\n", "color", "description: Examples:\n  x: y: z\ncolor: new\n"),
        ("description: 'open\ncolor: red\n", "description", "description: new\ncolor: red\n"),
        ("x: 'open\ncolor: red\n", "color", "x: 'open\ncolor: new\n"),
    ],
)
def test_headers_that_the_host_refuses(before: str, key: str, after: str) -> None:
    assert header_after(before, key, "new") == after


@pytest.mark.parametrize("line", ['"tools": Read', "'tools': Read", "1st: x", "# comment", "key.with.dots: x", "é: x"])
def test_a_broken_value_does_not_swallow_the_line_after_it(line: str) -> None:
    before = headed(f'name: a\ndescription: "x" y\n{line}\nmodel: opus\n')
    try:
        after = with_field(before, "description", "new")
    except EditRefused:
        return
    assert f"\n{line}\n" in after.text


def test_a_crlf_header_that_the_host_refuses_can_be_made_to_load() -> None:
    before = document(b"---\r\nname: a\r\ndescription: Use when: x\r\n---\r\nBody\r\n")
    assert before.reading == "lines"
    after = with_field(before, "description", "Use when: x")
    assert after.data == b'---\r\nname: a\r\ndescription: "Use when: x"\r\n---\r\nBody\r\n' or after is before
    assert with_field(before, "description", "Use when: y").reading == "strict"


@pytest.mark.parametrize(
    ("data", "after"),
    [
        (b"\xef\xbb\xbf---\ncolor: red\n---\n", b"\xef\xbb\xbf---\ncolor: blue\n---\n"),
        (b"---\nx: \xff\xfe\ncolor: red\n---\n\xff", b"---\nx: \xff\xfe\ncolor: blue\n---\n\xff"),
        (b"---\ncolor: r\xe9d # \xff\n---\n", b"---\ncolor: blue # \xff\n---\n"),
        ("---\nx: ü😀\ncolor: red\n---\né".encode(), "---\nx: ü😀\ncolor: blue\n---\né".encode()),
        (b"---\ncolor: red ---\nBody", b"---\ncolor: blue ---\nBody"),
        (b"---\ncolor: red\n  ---\nBody", b"---\ncolor: blue\n  ---\nBody"),
        (b"---\ncolor: red\n---- x\n", b"---\ncolor: blue\n---- x\n"),
        (b"---\ncolor: red---", b"---\ncolor: blue---"),
        (b"---\r\nx: y\ncolor: red\r\n---\n", b"---\r\nx: y\ncolor: blue\r\n---\n"),
        (b"---\nx: y\rcolor: red\rz: 1\n---\n", b"---\nx: y\rcolor: blue\rz: 1\n---\n"),
        (b"---\n\xef\xbb\xbfx: y\ncolor: red\n---\n", b"---\n\xef\xbb\xbfx: y\ncolor: blue\n---\n"),
        (b"---\n\n  \ncolor: red\n---\n", b"---\n\n  \ncolor: blue\n---\n"),
        (b"---\nx: &a red\ncolor: *a\n---\n", b"---\nx: &a red\ncolor: blue\n---\n"),
        (b"---\ncolor: !!str red\n---\n", b"---\ncolor: blue\n---\n"),
    ],
)
def test_odd_bytes_around_the_value_stay(data: bytes, after: bytes) -> None:
    assert with_field(document(data), "color", "blue").data == after


def test_an_anchor_that_another_field_needs_is_not_taken_away() -> None:
    before = headed("color: &a red\nx: *a\n")
    try:
        after = with_field(before, "color", "blue")
    except EditRefused:
        return
    assert others(after, "color") == others(before, "color")


@pytest.mark.parametrize(
    ("header", "key", "value"),
    [
        ("color: red\n", "color", "red"),
        ("color: 'red'\n", "color", "red"),
        ("maxTurns: 0x05\n", "maxTurns", 5),
        ("background: TRUE\n", "background", True),
        ("tools: Read,Grep\n", "tools", ("Read", "Grep")),
        ("tools: [Read, Grep]\n", "tools", ("Read", "Grep")),
        ("description: a: b\n", "description", "a: b"),
    ],
)
def test_a_value_that_stands_there_changes_nothing(header: str, key: str, value: Value) -> None:
    held = headed(header)
    assert with_field(held, key, value) is held


@pytest.mark.parametrize(
    "data", [b"", b"text", b"---\nopen", b"\x00", b"---\n- a list\n---\n", b"---\njust text\n---\n", b"---\n[]\n---\n"]
)
def test_what_has_no_fields_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(EditRefused, match=r"\w+ \w+"):
        with_field(Document(data), "color", "blue")


@pytest.mark.parametrize("text", ["\ud800", "x\udcff"])
@pytest.mark.parametrize("header", ["color: red\n", "name: a\n", "color: a: b\n", "color: |\n  x\n", "color: 'x\n"])
def test_text_that_is_no_unicode_is_refused(header: str, text: str) -> None:
    with pytest.raises(EditRefused):
        with_field(headed(header), "color", text)


@pytest.mark.parametrize(
    "text", ["a\x85b", "a\u2028b", "\ufeffa", "\x00", "\x7f", "\ufffe", "\U0010ffff", "\u200b", "\t", "\r"]
)
@pytest.mark.parametrize(
    "header", ["color: red\n", "color: |\n  x\n", "color: >\n  x\n", "color: 'x'\n", "x: a: b\ncolor: r\n"]
)
def test_odd_characters_are_read_back(header: str, text: str) -> None:
    after = with_field(headed(header), "color", text)
    assert after.get("color") == text
    assert after.reading == headed(header).reading
