"""Fields by key, compared as the host reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.compare.comparison import compare
from agent_studio.model.compare.fields import FieldPair, pair_fields
from agent_studio.model.compare.values import Written
from agent_studio.model.document import Document
from tests.model.compare.texts import texts


def fields(left: str, right: str) -> dict[str, FieldPair]:
    """The fields of two headers."""
    sides = (Document(f"---\n{header}\n---\nbody\n".encode()) for header in (left, right))
    return {field.name: field for field in compare(*sides).fields}


def only(left: str, right: str) -> FieldPair:
    (field,) = fields(left, right).values()
    return field


def shown(field: FieldPair) -> list[tuple[str, str, str]]:
    """The lines of a field as status, left and right, with what is marked in brackets."""
    return [
        (
            pair.status,
            "".join(f"[{p.text}]" if p.changed else p.text for p in pair.left_pieces),
            "".join(f"[{p.text}]" if p.changed else p.text for p in pair.right_pieces),
        )
        for pair in field.shown.pairs
    ]


def test_fields_come_in_schema_order_and_unknown_ones_after() -> None:
    found = fields("zeta: 1\ncolor: red\nalpha: 2\nname: a", "beta: 3\nalpha: 2\ntools: Read\nname: a")
    assert {name: field.status for name, field in found.items()} == {
        "name": "same",
        "tools": "only-b",
        "color": "only-a",
        "zeta": "only-a",
        "alpha": "same",
        "beta": "only-b",
    }
    assert list(found) == ["name", "tools", "color", "zeta", "alpha", "beta"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ('description: "a\\nb"', "description: 'a\\nb'"),
        ('description: "a\\\\nb"', "description: |-\n  a\n  b"),
        ("description: a\\nb", "description: |\n  a\n  b"),
        ("name: a", 'name: "a"'),
        ("tools: Read, Grep", "tools: [Read, Grep]"),
        ("tools: Read Grep", "tools:\n  - Read\n  - Grep"),
        ("tools:", "tools: []"),
        ("skills: a", "skills: [a]"),
        ("disallowedTools: Bash(rm *), Write", 'disallowedTools: ["Bash(rm *)", Write]'),
        ("model: opus", "model: ' Opus'"),
        ("effort: HIGH", "effort: high"),
        ("effort: |\n  High", "effort: high"),
        ("background: true", 'background: "true"'),
        ("maxTurns: 5", "maxTurns: '5'"),
        ("hooks: {b: 1, a: [x]}", "hooks:\n  a:\n    - x\n  b: 1"),
        ("tags: [a, b]", "tags:\n- a\n- b"),
        ("note: null", "note: ~"),
    ],
)
def test_another_spelling_of_the_same_is_a_quiet_mark(left: str, right: str) -> None:
    field = only(left, right)
    assert (field.status, field.respelled) == ("same", True)
    assert {pair.status for pair in field.shown.pairs} <= {"same"}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("name: a", "name: b"),
        ("name: 5", "name: '5'"),
        ("initialPrompt: a\\nb", 'initialPrompt: "a\\nb"'),
        ("description: a", 'description: "a\\n\\n"'),
        ("tools: Read, Grep", "tools: Grep, Read"),
        ("model: claude-A", "model: claude-a"),
        ("color: red", "color: Red"),
        ("hooks: {a: true}", "hooks: {a: 1}"),
        ("hooks: {a: [x, y]}", "hooks: {a: [y, x]}"),
        ("version: 1", "version: true"),
        ("version: 1", "version: '1'"),
        ("tags: [a]", "tags: a"),
    ],
)
def test_what_the_host_tells_apart_is_changed(left: str, right: str) -> None:
    field = only(left, right)
    assert (field.status, field.respelled) == ("changed", False)
    assert any(pair.status != "same" for pair in field.shown.pairs)


def test_the_same_spelling_has_no_mark() -> None:
    assert not only("tools: [Read]", "tools: [Read]").respelled


def test_a_long_value_is_unfolded_and_compared_by_paragraph_and_word() -> None:
    field = only(
        "description: 'Use it for code.\\n\\nExamples:\\nuser: \"hello there\"'",
        'description: |\n  Use it for all code.\n\n  Examples:\n  user: "hello you"',
    )
    assert shown(field) == [
        ("changed", "Use it for code.", "Use it for [all ]code."),
        ("same", "", ""),
        ("same", "Examples:", "Examples:"),
        ("changed", 'user: "hello [there]"', 'user: "hello [you]"'),
    ]


def test_lists_differ_by_member() -> None:
    assert shown(only("tools: Read, Grep, Bash, Edit", "tools: [Read, Bash, Write, Edit]")) == [
        ("changed", "Read, [Grep], Bash, Edit", "Read, Bash, [Write], Edit")
    ]
    assert shown(only("tags: [one, two]", "tags: [two, three, 4]")) == [("changed", "[one], two", "two, [three, 4]")]


def test_short_values_with_nothing_in_common_are_one_changed_line() -> None:
    assert shown(only("color: green", "color: blue")) == [("changed", "[green]", "[blue]")]
    assert shown(only("description: ''", "description: new")) == [("changed", "", "[new]")]


def test_values_that_look_alike_are_shown_as_they_are_spelled() -> None:
    assert shown(only("name: 5", "name: '5'")) == [("changed", "5", "[']5[']")]


def test_nested_values_are_compared_line_by_line() -> None:
    left = "hooks: {Stop: [{hooks: [{type: command, command: make}]}]}"
    right = "hooks: {Stop: [{hooks: [{type: command, command: make all}]}]}"
    assert shown(only(left, right)) == [
        ("same", "Stop:", "Stop:"),
        ("same", "  -", "  -"),
        ("same", "    hooks:", "    hooks:"),
        ("same", "      -", "      -"),
        ("changed", '        command: "make"', '        command: "make[ all]"'),
        ("same", '        type: "command"', '        type: "command"'),
    ]


def test_a_line_break_inside_a_list_item_does_not_break_the_line() -> None:
    field = only("tools: |-\n  Read\n  Grep", "tools: Read")
    assert shown(field) == [("changed", "[Read\u240aGrep]", "[Read]")]


def test_the_last_of_two_equal_keys_counts() -> None:
    assert fields("name: a\nname: b", "name: b")["name"].status == "same"


yaml_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
headers = st.dictionaries(
    st.sampled_from(["name", "description", "tools", "model", "effort", "maxTurns", "hooks", "zeta", "alpha"]),
    st.builds(Written, yaml_values, st.just("source"), st.integers(2, 9)),
)


@given(headers)
def test_a_header_is_the_same_as_itself(header: dict[str, Written]) -> None:
    assert {field.status for field in pair_fields(header, dict(header))} <= {"same"}


@given(headers, headers)
def test_every_field_is_there_once_and_swapping_swaps_it(left: dict[str, Written], right: dict[str, Written]) -> None:
    found = {field.name: field for field in pair_fields(left, right)}
    assert len(found) == len(pair_fields(left, right))
    assert found.keys() == left.keys() | right.keys()
    names = {"only-a": "only-b", "only-b": "only-a"}
    for other in pair_fields(right, left):
        field = found[other.name]
        assert (other.left, other.right) == (field.right, field.left)
        assert other.status == names.get(field.status, field.status)
        assert (other.shown.added, other.shown.removed) == (field.shown.removed, field.shown.added)


@given(headers, headers)
def test_only_changed_fields_have_changed_lines(left: dict[str, Written], right: dict[str, Written]) -> None:
    for field in pair_fields(left, right):
        if field.status == "same":
            assert field.shown.same
        elif field.status == "only-a":
            assert {pair.status for pair in field.shown.pairs} <= {"left"}


def test_examples_in_one_line_are_compared_as_blocks() -> None:
    one, two = "<example>user: 'fix it' assistant: 'so'</example>", "<example>user: 'plan the work'</example>"
    field = only(f'description: "Use it. {one} {two}"', f'description: "Use it. {two} {one}"')
    assert shown(field) == [
        ("same", "Use it.", "Use it."),
        ("right", "", two),
        ("same", one, one),
        ("left", two, ""),
    ]


def test_first_paragraphs_that_share_a_little_are_compared_by_word() -> None:
    left = "description: |\n  Use it for writing code from approved tasks.\n\n  Examples:\n  one"
    right = "description: |\n  Use it for reviewing features and designing routes.\n\n  Examples:\n  one"
    assert shown(only(left, right))[0] == (
        "changed",
        "Use it for [writing code from approved tasks].",
        "Use it for [reviewing features and designing routes].",
    )
