"""What belongs to what: indentation, keys, lists, brackets, anchors and tags, as the host has it."""

from __future__ import annotations

import pytest

from agent_studio.model import nodes
from agent_studio.model.nodes import BadYaml
from tests.model.yaml_reading import REFUSED, read, read_value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("a: b\nc:\n  d: e\n  f:\n    - g\n", {"a": "b", "c": {"d": "e", "f": ["g"]}}),
        ("  a: b\n  c: d\n", {"a": "b", "c": "d"}),
        ("a:\n- b\n- c\nd: e\n", {"a": ["b", "c"], "d": "e"}),
        ("a:\n - b: c\n   d: e\n - - f\n   - g\n", {"a": [{"b": "c", "d": "e"}, ["f", "g"]]}),
        ("-\n- a\n- # c\n", [None, "a", None]),
        ("a:\nb: # c\nc: ~\n", {"a": None, "b": None, "c": None}),
        ("a: b\n\n# c\n  # d\ne: f\n", {"a": "b", "e": "f"}),
        ("a\t: b\nc:\td\n", {"a": "b", "c": "d"}),
        ("a: b\n  c: d\n", REFUSED),
        ("  a: b\n c: d\n", REFUSED),
        ("a: b\nc\n", REFUSED),
        ("a\nb: c\n", REFUSED),
        ("- a\nb: c\n", REFUSED),
        ("a: - b\n", REFUSED),
        ("a: b: c\n", REFUSED),
        ("a: b\n- c\n", REFUSED),
        (": a\n", {"null": "a"}),
        ("a: b\n: c\n", {"a": "b", "null": "c"}),
    ],
)
def test_blocks(source: str, value: object) -> None:
    assert read(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("? a\n: b\n? c\n", {"a": "b", "c": None}),
        ("? a\n? b\nc: d\n", {"a": None, "b": None, "c": "d"}),
        ("? - a\n  - b\n: c\n", {"a,b": "c"}),
        ("? a: b\n: c\n", {"[object Object]": "c"}),
        ("?\n  a\n:\n  b\n", {"a": "b"}),
        ("a: b\n? z: : c\n", REFUSED),
        ("? a\n : b\n", REFUSED),
        ("[a]: b\n", {"a": "b"}),
        ("{a: b}: c\n", {"[object Object]": "c"}),
        ("'a': b\n\"c\" : d\n", {"a": "b", "c": "d"}),
        ('"a\n b": c\n', REFUSED),
        ("1: a\ntrue: b\n", {"1": "a", "true": "b"}),
    ],
)
def test_keys(source: str, value: object) -> None:
    assert read(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("a:\n\tb: c\n", REFUSED),
        ("a:\n \tb\n", {"a": "b"}),
        ("a:\n \tb: c\n", REFUSED),
        ("-\ta\n", ["a"]),
        ("-\t- a\n", REFUSED),
        ("- \ta: b\n", REFUSED),
        ("a: b\n\t# c\n \t\nd: e\n", {"a": "b", "d": "e"}),
        ("a: 'b'\n\t# c\nd: e\n", {"a": "b", "d": "e"}),
        ("z: 1\na: 'b'\n\t# c\nd: e\n", REFUSED),
        ("a: [\n \tb]\n", {"a": ["b"]}),
        ("a: [\n\tb]\n", REFUSED),
    ],
)
def test_tabs(source: str, value: object) -> None:
    assert read(source) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("[]", []), ("{}", {}), ("[a, b]", ["a", "b"]), ("[a, b,]", ["a", "b"]), ("[a b, [c]]", ["a b", ["c"]])),
        *(("[a,\n b\n]", ["a", "b"]), ("[ # c\n a # d\n ]", ["a"]), ("[a,\nb]", REFUSED), ("[a\n, b]", ["a", "b"])),
        *(
            ("[,]", REFUSED),
            ("[a, , b]", REFUSED),
            ("[a", REFUSED),
            ("[a]]", REFUSED),
            ("[a] b", REFUSED),
            ("[a]#b", REFUSED),
        ),
        *(
            ("{a: b, c}", {"a": "b", "c": None}),
            ("{a:b}", {"a:b": None}),
            ('{"a":b}', {"a": "b"}),
            ("{a: }", {"a": None}),
        ),
        *(("{: a}", {"null": "a"}), ("{:a}", {":a": None}), ("{a :b}", {"a :b": None}), ("{[a]:b}", {"a": "b"})),
        *(
            ("{? a : b, ? c}", {"a": "b", "c": None}),
            ("{a: b: c}", REFUSED),
            ("{a: b\n}", {"a": "b"}),
            ("{-}", REFUSED),
        ),
        *(
            ("[a: b, c]", [{"a": "b"}, "c"]),
            ('["a":b]', [{"a": "b"}]),
            ("[? a : b]", [{"a": "b"}]),
            ("[: a]", [{"null": "a"}]),
        ),
        *(
            ("[a: ]", [{"a": None}]),
            ("[a\n : b]", REFUSED),
            ("{!x a: &b c, d: *b}", {"a": "c", "d": "c"}),
            ("[!!str , a]", ["", "a"]),
        ),
    ],
)
def test_brackets(text: str, value: object) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("a: &x b\nc: *x\n", {"a": "b", "c": "b"}),
        ("&x a: b\nc: *x\n", {"a": "b", "c": "a"}),
        ("a: &x\n  b: c\nd: *x\n", {"a": {"b": "c"}, "d": {"b": "c"}}),
        ("a: &x\n- b\nc: *x\n", {"a": ["b"], "c": ["b"]}),
        ("a: &x\nb: *x\n", {"a": None, "b": None}),
        ("*x : a\n", REFUSED),
        ("a: &x b\n*x : c\n", {"a": "b", "b": "c"}),
        ("a: &x *x\n", REFUSED),
        ("a: &x &y b\n", REFUSED),
        ("a: !x !y b\n", REFUSED),
        ("a: &x\n  &y b: c\nd: [*x, *y]\n", {"a": {"b": "c"}, "d": [{"b": "c"}, "b"]}),
        ("a: &x - b\n", REFUSED),
        ("a: **b**\n", REFUSED),
        ("!!map\na: !!str\nb: c\n", {"a": "", "b": "c"}),
        ("a: &x b\n...\nc: *x\n", REFUSED),
    ],
)
def test_anchors_and_tags(source: str, value: object) -> None:
    assert read(source) == value


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        ("&a k: !x v\n", ["&a k", "!x v"]),
        ("!!map\nk: &a\n  b: c\n", ["k", "&a\n  b: c"]),
        ("k: !!str\nl: 1", ["k", "!!str", "l", "1"]),
        ("? k\n: v", ["k", "v"]),
        ("k: ,a # c\n", ["k", ",a"]),
        ('k: "a\r\n b"\r\n', ["k", '"a\r\n b"']),
        ("k: [a,\n  b: c]\t# d\n", ["k", "[a,\n  b: c]"]),
        ("k: >\t# c\n  a\n\n\n# d\n", ["k", ">\t# c\n  a"]),
        ("k:\ta\u2028 \n", ["k", "a\u2028"]),
    ],
)
def test_spans(source: str, spans: list[str]) -> None:
    root = nodes.parse(source)
    assert root is not None
    assert [source[part.start : part.end] for pair in root.pairs for part in pair] == spans


@pytest.mark.parametrize("piece", ["[", "{a: ", "- ", "? ", "[a, {b: ", "a:\n{indent}"])
def test_nesting_without_end_is_refused(piece: str) -> None:
    source = "".join(piece.replace("{indent}", " " * n) for n in range(2_500))
    with pytest.raises(BadYaml):
        nodes.parse(source)


@pytest.mark.parametrize(
    ("source", "place", "reason"),
    [
        ("a: b: c\n", ": c", "a colon and a blank"),
        ("a: b\nc d\ne: f\n", "c d", "without a colon"),
        ("a: 'it's'\n", "s'", "behind a closing quote"),
        ('a: "b\nc: d\n', '"b', "not closed"),
        ("a: [b, c\nd: e\n", "[b", "not closed"),
        ("a: b\n\tc: d\n", "c: d", "tab"),
        ("a: @b\n", "@b", "@"),
        ("a: |b\n", "b\n", "several lines"),
        ('a: "\\q"\n', 'q"', "backslash"),
        ("  a: b\n c: d\n", "c: d", "indented"),
    ],
)
def test_where_and_why_a_text_is_refused(source: str, place: str, reason: str) -> None:
    with pytest.raises(BadYaml, match=reason) as caught:
        nodes.parse(source)
    assert source.startswith(place, caught.value.offset)
