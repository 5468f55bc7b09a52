"""Headers as entries: strictly, as the host repairs them, and line by line."""

from __future__ import annotations

import pytest
from hypothesis import given

from agent_studio.model import frontmatter
from agent_studio.model.frontmatter import Header
from tests.model.headers import headers

Spelled = list[tuple[str, str]]


def spelled(source: str, header: Header, at: int = 0) -> Spelled:
    """Each key and value as it is written."""
    text = " " * at + source
    return [(text[e.start : e.key_end], text[e.value_start : e.value_end]) for e in header.entries]


def read(source: str) -> tuple[Header, Spelled]:
    header = frontmatter.read(source, 7)
    return header, spelled(source, header, 7)


@pytest.mark.parametrize(
    ("source", "entries"),
    [
        ("name: a\nmodel: opus # c\n", [("name", "a"), ("model", "opus")]),
        ("\"name\": a\n'model' : opus\n", [('"name"', "a"), ("'model'", "opus")]),
        ("  name: a\n  model: opus\n", [("name", "a"), ("model", "opus")]),
        ("# c\n\nname: a\n# d\nmodel: opus\n# e\n", [("name", "a"), ("model", "opus")]),
        ("? name\n: a\n? model\n: opus\n", [("name", "a"), ("model", "opus")]),
        ("{name: a, model: opus}\n", [("name", "a"), ("model", "opus")]),
        ('{"name": "a", "model": ["x"]}\n', [('"name"', '"a"'), ('"model"', '["x"]')]),
        ("name:\nmodel: # c\ncolor: ~\n", [("name", ""), ("model", ""), ("color", "~")]),
        ("name: a\nname: b\n", [("name", "a"), ("name", "b")]),
        ("name: &x a\nmodel: *x\n", [("name", "&x a"), ("model", "*x")]),
        ("name: a\r\nmodel: opus\r\n", [("name", "a"), ("model", "opus")]),
        ("name: a\rmodel: opus\r", [("name", "a"), ("model", "opus")]),
        ("tools:\n  - a # c\n  # d\n  - b\nmodel: x\n", [("tools", "- a # c\n  # d\n  - b"), ("model", "x")]),
        ("description: |\n  a\n\n\nmodel: x\n", [("description", "|\n  a"), ("model", "x")]),
        ("name: a", [("name", "a")]),
        ("\ufeffname: a\nmodel: opus\n", [("name", "a"), ("model", "opus")]),
    ],
)
def test_strict(source: str, entries: Spelled) -> None:
    header, found = read(source)
    assert header.reading == "strict"
    assert header.error is None
    assert found == entries


@pytest.mark.parametrize("source", ["", "\n", "# only\n# comments\n", "   \n \n"])
def test_a_header_without_fields(source: str) -> None:
    header = frontmatter.read(source, 4)
    assert (header.reading, header.entries, header.mapping) == ("strict", (), True)


@pytest.mark.parametrize("source", ["just text\n", "- a\n- b\n", "5\n", "[a, b]\n", "true\n", "'quoted'\n"])
def test_a_header_that_is_no_mapping(source: str) -> None:
    header = frontmatter.read(source, 4)
    assert (header.entries, header.mapping) == ((), False)


def test_braces_at_the_root() -> None:
    assert frontmatter.read("{name: a}\n", 4).flow == (4, 13)
    assert frontmatter.read("name: {a: b}\n", 4).flow is None


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("description: Use when: x\n", {"description": "Use when: x"}),
        ("description: a: b # c   \n", {"description": "a: b # c   "}),
        ('description: say "hi": \\n\n', {"description": 'say "hi": \\n'}),
        ("description: a: b\nmodel: opus # fast\n", {"description": "a: b", "model": "opus # fast"}),
        ("description: a: b\nmodel: opus\n", {"description": "a: b", "model": "opus"}),
        ("description: a: b\nmodel: 'opus'\nname: \"x\"\n", {"description": "a: b", "model": "opus", "name": "x"}),
        ("description: a: b\ntools: [Read, Grep]\n", {"description": "a: b", "tools": ["Read", "Grep"]}),
        ("description: a: b\ntools: [Read\n", {"description": "a: b", "tools": "[Read"}),
        ("description: a: b\ntools:\n  - Read\n  - Grep\n", {"description": "a: b", "tools": ["Read", "Grep"]}),
        (
            "description: a: b\nbackground: true\nmaxTurns: 5\n",
            {"description": "a: b", "background": True, "maxTurns": 5},
        ),
        ("description: a: b\nname: @x\n", {"description": "a: b", "name": "@x"}),
        ("description: a: b\nname:    x!   \n", {"description": "a: b", "name": "x!   "}),
        ("description: a: b\nmy-key_X: %x\n", {"description": "a: b", "my-key_X": "%x"}),
        ("description: a: b\nname:\n", {"description": "a: b", "name": None}),
        ("tools:\n\t- a\n\t- b\n", {"tools": ["a", "b"]}),
        ("description: a: b\nx: &y 5\n", {"description": "a: b", "x": "&y 5"}),
        ("description: a: b\nx: |\n", {"description": "a: b", "x": "|"}),
        ("description: a: b\nname: a\nname: b\n", {"description": "a: b", "name": "b"}),
    ],
)
def test_the_hosts_repair(source: str, values: dict[str, object]) -> None:
    header = frontmatter.read(source, 0)
    assert header.reading == "tolerant"
    assert {entry.key: entry.value for entry in header.entries} == values


@pytest.mark.parametrize(
    ("source", "entries"),
    [
        ("description: a: b  # c\nmodel: opus\n", [("description", "a: b  # c"), ("model", "opus")]),
        ("description:   a: b\nmodel:  {x\n", [("description", "a: b"), ("model", "{x")]),
        ('description: a: b\nmodel: "x" # c\n', [("description", "a: b"), ("model", '"x" # c')]),
        ("description: a: b\ntools: [a, b]\n", [("description", "a: b"), ("tools", "[a, b]")]),
        ("description: a: b\ntools:\n\t- a\n\t- b\nmodel: x\n", [("tools", "- a\n\t- b"), ("model", "x")]),
        ("description: é: ü 😀\nmodel: \\x\nname: ö\n", [("description", "é: ü 😀"), ("model", "\\x"), ("name", "ö")]),
        ("description: a: b\nname:\nmodel: x", [("description", "a: b"), ("name", ""), ("model", "x")]),
    ],
)
def test_repaired_entries_stand_where_they_are_written(source: str, entries: Spelled) -> None:
    header, found = read(source)
    assert header.reading == "tolerant"
    assert found[-len(entries) :] == entries
    assert header.error


@pytest.mark.parametrize(
    ("source", "entries"),
    [
        ('description: "x" y\nmodel: opus\n', [("description", '"x" y'), ("model", "opus")]),
        ("description: a: b\nx: 'it's'\n", [("description", "a: b"), ("x", "'it's'")]),
        ("description: a: b\r\nmodel: opus\r\n", [("description", "a: b"), ("model", "opus")]),
        (
            "description: Examples:\n  more: x: y\ncolor: red\n",
            [("description", "Examples:\n  more: x: y"), ("color", "red")],
        ),
        ("name: a\ndescription: 'open\nmodel: opus\n", [("name", "a"), ("description", "'open"), ("model", "opus")]),
        ('x: "a" b\nname:   \nmodel:\n', [("x", '"a" b'), ("name", ""), ("model", "")]),
        (
            'x: "a" b\ntools:\n- Read\n- Grep # c\nmodel: y\n',
            [("x", '"a" b'), ("tools", "- Read\n- Grep"), ("model", "y")],
        ),
        ('x: "a" b\n# comment\nmodel: y\n', [("x", '"a" b'), ("model", "y")]),
        ('x: "a" b\n"quoted": z\nmodel: y\n', [("x", '"a" b'), ("model", "y")]),
        ('x: "a" b\n1st: z\nmodel: y\n', [("x", '"a" b'), ("model", "y")]),
    ],
)
def test_line_by_line(source: str, entries: Spelled) -> None:
    header, found = read(source)
    assert header.reading == "lines"
    assert header.error
    assert found == entries


@pytest.mark.parametrize(
    "source", ["{\n", "[\n", "%", '"open\n', "'", "- a\nb\n: c\n", "  x: a: b: 'c\n", "\x00", "@\n"]
)
def test_a_broken_header_without_any_key_has_no_fields(source: str) -> None:
    header = frontmatter.read(source, 4)
    assert header.reading in {"lines", "tolerant"}
    assert header.entries == ()


def test_where_and_why_it_is_not_yaml() -> None:
    header = frontmatter.read("name: a\ndescription: b: c\n", 4)
    assert header.error
    assert header.error_at == 4 + len("name: a\ndescription: b")


@given(headers)
def test_any_header_is_read_and_every_entry_has_its_place(source: str) -> None:
    header, _ = read(source)
    at = 7
    for entry in header.entries:
        assert at <= entry.start <= entry.key_end <= entry.value_start <= entry.value_end <= 7 + len(source)
        at = entry.value_end
    assert (header.error is None) == (header.reading == "strict")


@given(headers)
def test_a_key_stands_where_its_entry_says(source: str) -> None:
    header, found = read(source)
    for entry, (key, _) in zip(header.entries, found, strict=True):
        if key[:1].isalpha() and not entry.key.startswith(("{", "[")):
            assert key.strip() == entry.key or entry.style == "alias" or entry.key in {"True", "False", "null"}
