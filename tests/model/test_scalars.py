"""Spellings of values: what each style can hold, and that YAML reads it back."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model import nodes, scalars
from agent_studio.model.nodes import Node
from tests.model.headers import texts

printable = texts.filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text))


def value_of(spelled: str) -> object:
    """What a spelling reads as behind a key."""
    return _value_node(f"x: {spelled}\ny: 1\n").value


def _value_node(source: str) -> Node:
    root = nodes.parse(source)
    assert root is not None
    assert len(root.pairs) == 2
    return root.pairs[0][1]


@given(printable)
def test_double_quotes_hold_everything(text: str) -> None:
    spelled = scalars.double(text)
    assert value_of(spelled) == text
    assert "---" not in spelled
    assert "\n" not in spelled
    assert yaml.safe_load(spelled) == text


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        *(('say "hi"', '"say \\"hi\\""'), ("C:\\new", '"C:\\\\new"'), ("a\nb\tc\rd", '"a\\nb\\tc\\rd"')),
        ("\x00", '"\\0"'),
        *(("naïve ✅ 😀", '"naïve ✅ 😀"'), ("a---b", '"a-\\x2d-b"'), ("\x1b", '"\\x1b"'), ("\u2028", '"\\u2028"')),
        *(("\x85", '"\\x85"'), ("\ufeff", '"\\ufeff"'), ("-----", '"-\\x2d-\\x2d-"'), ("--", '"--"')),
    ],
)
def test_double(text: str, spelled: str) -> None:
    assert scalars.double(text) == spelled


@given(printable)
def test_single_quotes_hold_what_they_take(text: str) -> None:
    spelled = scalars.single(text)
    if spelled is not None:
        assert value_of(spelled) == text
        assert "---" not in spelled


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "---", "\x1b", "a\u2028b"])
def test_single_quotes_refuse(text: str) -> None:
    assert scalars.single(text) is None


@pytest.mark.parametrize("flow", [False, True])
@given(text=printable)
def test_plain_text_holds_what_it_takes(text: str, flow: bool) -> None:
    spelled = scalars.plain(text, flow)
    if spelled is not None:
        assert spelled == text
        assert value_of(f"[{spelled}, b]" if flow else spelled) == ([text, "b"] if flow else text)
        assert yaml.safe_load(spelled) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", " a", "a ", "a: b", "a #b", "a:", "#a", "- a", "? a", ": a", "[a", "{a", "&a", "*a", "!a", "|", ">"),
        *("'a", '"a'),
        *("%a", "@a", "`a", "a\nb", "a\tb", "a---b", "true", "No", "on", "null", "~", "5", "1.5", "0x1f", ".inf"),
        *("1e3", "=a", "...", "... a"),
    ],
)
def test_plain_text_refuses(text: str) -> None:
    assert scalars.plain(text) is None


@pytest.mark.parametrize(
    "text", ["2024-01-01", "1_000", "12:30:45", "0b101", "010", "2001-12-14t21:59:43.10-05:00", "<<"]
)
def test_plain_text_refuses_what_older_readers_take_for_something_else(text: str) -> None:
    spelled = next(scalars.one(text, "plain"))
    assert yaml.safe_load(f"x: {spelled}") == {"x": text}


@pytest.mark.parametrize("text", ["a, b", "a]", "{a", "a:b"])
def test_plain_text_refuses_in_brackets(text: str) -> None:
    assert scalars.plain(text, flow=True) is None


@given(text=printable, style=st.sampled_from(["plain", "single", "double", "flow", "empty"]), flow=st.booleans())
def test_one_line_in_any_style(text: str, style: str, flow: bool) -> None:
    for spelled in scalars.one(text, style, flow):
        assert value_of(f"[{spelled}]" if flow else spelled) == ([text] if flow else text)


@pytest.mark.parametrize(
    ("style", "spelled"),
    [("plain", "new text"), ("single", "'new text'"), ("double", '"new text"'), ("empty", "new text")],
)
def test_the_style_that_stands_there_comes_first(style: str, spelled: str) -> None:
    assert next(scalars.scalar("new text", style, "old", "\n")) == spelled


@pytest.mark.parametrize(("value", "text"), [(True, "true"), (False, "false"), (5, "5"), (1.5, "1.5")])
def test_other_values(value: float, text: str) -> None:
    assert scalars.spelled(value) == text
    assert value_of(text) == value


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("source", "text", "first"),
    [
        ("|\n  old\n  lines", "one\ntwo\n", "|\n  one\n  two"),
        ("|-\n  old", "one\n\ntwo", "|-\n  one\n\n  two"),
        ("| # why\n    old", "one\n", "| # why\n    one"),
        (">\n  old text of some width\n  goes on", "one two\n", ">\n  one two"),
        (">-\n  some words here\n  go on", "aa bb cc dd ee ff gg hh", ">-\n  aa bb cc dd ee ff gg\n  hh"),
        (">-\n  a", "one\ntwo", ">-\n  one\n\n  two"),
    ],
)
def test_block(source: str, text: str, first: str, newline: str) -> None:
    spelled = next(scalars.block(text, source.replace("\n", newline), newline))
    assert spelled == first.replace("\n", newline)
    assert value_of(spelled) == text


@pytest.mark.parametrize("text", ["one\n", "one\n\n", "one\n\n\n"])
def test_a_block_that_keeps_its_last_breaks_may_use_the_blank_lines_below(text: str) -> None:
    spellings = list(scalars.block(text, "|+\n  old", "\n"))
    assert all(spelled.startswith("|") for spelled in spellings)
    assert any(value_of(spelled) == text for spelled in spellings)
    assert "|+\n  one" in spellings


@pytest.mark.parametrize(("text", "chomp"), [("a", "-"), ("a\n", ""), ("a\n\n", "+")])
def test_the_chomping_sign_changes_only_where_it_must(text: str, chomp: str) -> None:
    spellings = list(scalars.block(text, "|\n  old", "\n"))
    assert value_of(spellings[-1]) == text
    assert spellings[-1].startswith(f"|{chomp}\n")
    assert spellings[0].startswith("|\n")


@pytest.mark.parametrize("text", ["", "\n", "a---b", "a\rb", "\x1b", "   "])
def test_a_block_refuses(text: str) -> None:
    assert list(scalars.block(text, "|\n  old", "\n")) == []


@given(
    printable,
    st.sampled_from(["|\n  old", "|-\n old", "|+\n  old\n", ">\n  old text\n  more", ">-\n    x", "|2-\n  x"]),
)
def test_one_of_the_spellings_is_read_as_meant(text: str, source: str) -> None:
    style = "literal" if source.startswith("|") else "folded"
    assert any(_reads(spelled, text) for spelled in scalars.scalar(text, style, source, "\n"))


def _reads(spelled: str, text: str) -> bool:
    try:
        return value_of(spelled) == text
    except nodes.BadYaml:
        return False


def test_plain_text_over_several_lines_keeps_indentation_and_width() -> None:
    source = "some words that stand\n    on two lines"
    assert scalars.folded_plain("one two three four five six", source, "\n") == "one two three\n    four five six"
    assert scalars.folded_plain("one: two", source, "\n") is None
    assert scalars.folded_plain("one", "single line", "\n") is None


@pytest.mark.parametrize(
    ("source", "text"),
    [("", "a, b, c"), ("x, y", "a, b, c"), ("x,y", "a,b,c"), ("x y", "a b c"), ("x", "a, b, c"), (" x ", "a, b, c")],
)
def test_comma_text_is_separated_as_before(source: str, text: str) -> None:
    assert scalars.comma_text(("a", "b", "c"), source) == text


@pytest.mark.parametrize(
    ("source", "items", "spelled"),
    [
        ("[a, b]", ("a", "b", "c"), "[a, b, c]"),
        ("[a,b]", ("a", "c"), "[a,c]"),
        ("[ a, b ]", ("b",), "[ b ]"),
        ('["a", "b"]', ("b", "c"), '["b", "c"]'),
        ("['a', \"b\"]", ("b", "a", "c"), "[\"b\", 'a', 'c']"),
        ("[]", ("a", "b"), "[a, b]"),
        ("[a]", (), "[]"),
        ("[a, b]", ("x, y", "5"), '["x, y", "5"]'),
        ("[\n  a,\n  b\n]", ("a", "c"), "[\n  a,\n  c\n]"),
        ("[a, b,]", ("a",), "[a,]"),
    ],
)
def test_flow_list(source: str, items: tuple[str, ...], spelled: str) -> None:
    text = f"x: {source}\ny: 1\n"
    found = scalars.flow_list(items, _value_node(text), text)
    assert found == spelled
    assert value_of(found) == list(items)


@pytest.mark.parametrize(
    ("source", "items", "spelled"),
    [
        ("- a # one\n  - b # two\n", ("a", "b", "c"), "- a # one\n  - b # two\n  - c"),
        ("- a # one\n  - b # two\n", ("b", "a"), "- b # two\n  - a # one"),
        ("- a # one\n  - b\n", ("b",), "- b"),
        ('- "a"\n  - b\n', ("a", "c"), '- "a"\n  - "c"'),
        ("-   a\n  -   b\n", ("a",), "-   a"),
        ("- a\n  - a # again\n", ("a",), "- a"),
    ],
)
def test_block_list(source: str, items: tuple[str, ...], spelled: str) -> None:
    text = f"x:\n  {source}y: 1\n"
    node = _value_node(text)
    assert scalars.block_list(items, node, text, text.index("y: 1") - 1, "\n") == spelled
