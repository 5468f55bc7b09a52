"""YAML as nodes: values by YAML 1.2, spans that end where values end, and bounds on what hostile text can do."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model import nodes
from agent_studio.model.nodes import MAX_DEPTH, MAX_WEIGHT, TOO_DEEP, BadYaml, Node


def root(source: str) -> Node:
    found = nodes.parse(source)
    assert found is not None
    return found


def leaves(value: object) -> int:
    """How many values one unfolds to."""
    return sum(map(leaves, value)) if isinstance(value, list) else 1


def value_of(text: str) -> object:
    """What `x: text` gives x."""
    value = root(f"x: {text}\n").value
    assert isinstance(value, dict)
    return value["x"]


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "no", "on", "off", "Yes", "y", "2024-01-01", "2024-01-01T10:00:00Z", "1_000", "12:30:45", "1.2.3"),
        "0b101",
        *("+", ".", "..", "e5", "1e", "0o8", "0xg", "tRUE", "nULL", ".INf", "1,000", "٣", "0x", "+.inF", "<<", "="),
    ],
)
def test_text_that_other_yaml_takes_for_something_else(text: str) -> None:
    assert nodes.resolved(text) == text
    assert value_of(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False)),
        *(("null", None), ("Null", None), ("NULL", None), ("~", None), ("", None)),
        *(("0", 0), ("-12", -12), ("+7", 7), ("017", 17), ("0o17", 15), ("0x1F", 31)),
        *(("1.5", 1.5), ("1.", 1.0), (".5", 0.5), ("-1e3", -1000.0), ("1E-2", 0.01)),
        *((".inf", math.inf), ("-.Inf", -math.inf), ("+.INF", math.inf)),
    ],
)
def test_other_types(text: str, value: object) -> None:
    read = value_of(text)
    assert read == value
    assert type(read) is type(value)


def test_not_a_number() -> None:
    assert all(math.isnan(read) for text in (".nan", ".NaN", ".NAN") if isinstance(read := value_of(text), float))
    assert isinstance(value_of(".nan"), float)


def test_large_numbers() -> None:
    assert value_of("9" * 5000) == math.inf
    assert value_of("9" * 200) == int("9" * 200)
    assert value_of("0x" + "f" * 16) == 2**64 - 1
    assert value_of("0x" + "f" * 17) == "0x" + "f" * 17


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("!!str 5", "5"), ("!!int 5", 5), ("!!int '5'", "5"), ("!!int x", "x"), ("!!int true", "true")),
        *(("!!bool True", True), ("!!bool yes", "yes"), ("!!null ~", None), ("!!null ''", ""), ("!!float 1", 1)),
        *(("!x 5", "5"), ("! 5", "5"), ("!<x:y> 5", "5"), ("!str 5", "5"), ("!!foo 5", "5"), ("!!str' 5", "5")),
        *(("!!seq a", "a"), ("!!map a", "a"), ("!!binary a", "a"), ("!!seq [a]", ["a"]), ("!x,y", ",y")),
        *(("!!str", ""), ("!", ""), ("!!int", None), ("!x", None), ("&a", None), ("&a !!str", ""), ("!!str ~", "~")),
        *(("'5'", "5"), ('"true"', "true"), ("&a 5", 5), ("&a !!str 5", "5"), ("&a ,x", ",x")),
    ],
)
def test_tags_and_anchors(text: str, value: object) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize("tag", ["python/name:os.system", "python/object/apply:os.system", "binary", "timestamp"])
def test_no_tag_makes_anything(tag: str) -> None:
    assert value_of(f"!!{tag} a") == "a"


@pytest.mark.parametrize(
    ("source", "style", "span"),
    [
        ("x: plain # c\n", "plain", "plain"),
        ("x: two\n  lines\ny: 1\n", "plain", "two\n  lines"),
        ("x: 'it''s'\n", "single", "'it''s'"),
        ('x: "a\\"b" # c\n', "double", '"a\\"b"'),
        ("x: |\n  a\n  b\n\n\ny: 1\n", "literal", "|\n  a\n  b"),
        ("x: >- # c\n  a\n  b\ny: 1\n", "folded", ">- # c\n  a\n  b"),
        ("x: [a, b] # c\n", "flow", "[a, b]"),
        ("x: {a: b}\n", "flow", "{a: b}"),
        ("x: [a,\n  b]\ny: 1\n", "flow", "[a,\n  b]"),
        ("x:\n  - a\n  - b # c\n\n# d\ny: 1\n", "block", "- a\n  - b"),
        ("x:\n- a\n- - b\n  - c\ny: 1\n", "block", "- a\n- - b\n  - c"),
        ("x:\n  a: 1\n  b:\n    c: 2\ny: 1\n", "block", "a: 1\n  b:\n    c: 2"),
        ("x: &a 5\ny: *a\n", "plain", "&a 5"),
        ("y: &a 5\nx: *a # c\n", "alias", "*a"),
        ("x:\ny: 1\n", "empty", ""),
        ("x: # c\ny: 1\n", "empty", ""),
        ("é: ü\nx: wörld 😀 # c\n", "plain", "wörld 😀"),
        ("y: 1\r\nx: a\r\nz: 2\r\n", "plain", "a"),
        ("y: 1\rx: a\rz: 2\r", "plain", "a"),
    ],
)
def test_style_and_span(source: str, style: str, span: str) -> None:
    value = next(value for key, value in root(source).pairs if key.value == "x")
    assert value.style == style
    assert source[value.start : value.end] == span


@pytest.mark.parametrize("source", ["", "\n", "# only a comment\n", "\ufeff", "\t\n"])
def test_no_content_has_no_value(source: str) -> None:
    found = nodes.parse(source)
    assert found is None or found.value is None


@pytest.mark.parametrize(
    "source",
    [
        *("x: [", "x: 'a", 'x: "a', "x: a: b", "x: *none", "a\nb: c", "x: @a", "x: %a", "\tx: a", "x: \x00"),
        *("a: 1\n---\nb: 2\n", "%", "x: !!a,b", "{", "}", "- a\nb: c", 'x: "a" b', "x: 'a' b", "? ["),
        "x: |2x\n  a",
    ],
)
def test_not_yaml(source: str) -> None:
    with pytest.raises(BadYaml) as caught:
        nodes.parse(source)
    assert caught.value.reason
    assert 0 <= caught.value.offset <= len(source)


@given(st.text(alphabet="ab:-?{}[],&*!|>'\"%@`#~ \n\t\r\\0é\u2028\x00\ufeff"))
def test_any_text_is_yaml_or_refused(source: str) -> None:
    try:
        found = nodes.parse(source)
    except BadYaml:
        return
    if found is not None:
        assert 0 <= found.start <= found.end <= len(source)


def test_the_last_of_two_keys_counts() -> None:
    assert root("x: 1\nx: 2\n").value == {"x": 2}
    assert len(root("x: 1\nx: 2\n").pairs) == 2


@pytest.mark.parametrize(
    ("key", "name"),
    [
        *(("5", "5"), ("0x1F", "31"), ("1.50", "1.5"), ("2.0", "2"), ("-.inf", "-Infinity"), ("true", "true")),
        *(("~", "null"), ("'5'", "5"), ("[a, [b], ~]", "a,b,"), ("{a: b}", "[object Object]"), ('"é"', "é")),
    ],
)
def test_keys_are_named_by_what_they_mean(key: str, name: str) -> None:
    assert nodes.key_text(root(f"? {key}\n: v\n").pairs[0][0]) == name


def test_an_alias_has_the_value_of_its_anchor_and_its_own_span() -> None:
    source = "a: &x [1, 2]\nb: *x\n"
    assert root(source).value == {"a": [1, 2], "b": [1, 2]}
    alias = root(source).pairs[1][1]
    assert source[alias.start : alias.end] == "*x"


def test_aliases_do_not_nest_without_end() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 2000))]
    assert "*a" in repr(root("\n".join(lines)).value)


def test_an_alias_to_what_holds_it_is_kept_as_it_is_written() -> None:
    assert root("a: &x [1, *x]\n").value == {"a": [1, "*x"]}


def test_aliases_do_not_unfold_without_end() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    values = [value.value for _, value in root("\n".join(lines)).pairs]
    assert isinstance(values[1], list)
    assert all(leaves(value) <= MAX_WEIGHT for value in values)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_deep_nesting_is_cut(opening: str, closing: str) -> None:
    value: object = root(f"x: {opening * 200}{closing * 200}\n").value
    depth = 0
    while isinstance(value, dict | list):
        value = next(iter(value.values() if isinstance(value, dict) else value))
        depth += 1
    assert depth == MAX_DEPTH
    assert value == TOO_DEEP
