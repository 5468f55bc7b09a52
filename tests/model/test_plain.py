"""Plain scalars: what belongs to them, line by line."""

from __future__ import annotations

import pytest

from tests.model.yaml_reading import REFUSED, read, read_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((",a", ",a"), (",", ","), ("-a", "-a"), ("?a", "?a"), (":a", ":a"), ("a,b]}", "a,b]}"), ("a:b", "a:b")),
        *(("a#b", "a#b"), ("a #b", "a"), ("a\t#b", "a"), ("#b", None), ("a:#b", "a:#b"), ("a &b *c !d", "a &b *c !d")),
        *(("... a", "... a"), ("a ... b", "a ... b"), ("$", "$"), ("(a: )", REFUSED), ("a :b", "a :b"), ("=", "=")),
        *(("a\tb", "a\tb"), ("\ta", "a"), ("a\t", "a"), ("a \t ", "a"), ("\x07\x1b[31m", "\x07\x1b[31m")),
        *(
            ("a\x85b", "a\x85b"),
            ("a\u2028", "a\u2028"),
            ("\u2029a", "\u2029a"),
            ("\ufeffa", "\ufeffa"),
            ("\xa0", "\xa0"),
        ),
        *(("@a", REFUSED), ("`a`", REFUSED), ("%a", REFUSED), ("*a", REFUSED), ("&", REFUSED), ("- a", REFUSED)),
        *(("a: b", REFUSED), ("a:", REFUSED), ("]", REFUSED), ("}", REFUSED), ("? a", REFUSED), ("!!", REFUSED)),
    ],
)
def test_on_one_line(text: str, value: object) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("a\n b", "a b"), ("a\n\n b", "a\nb"), ("a\n\n\n b", "a\n\nb"), ("a  \n  b  \n c", "a b c"), ("\n a", "a")),
        *(("a\r\n b", "a b"), ("a\r b", "a b"), ("a\n \tb", "a b"), ("a\n\t\n b", "a\nb"), ("a\x85 b", "a\x85 b")),
        *(
            ("a\n # b\n", "a"),
            ("a\n #b\n c", REFUSED),
            ("a\n - b", "a - b"),
            ("a\n ? b", "a ? b"),
            ("a\n b: c", REFUSED),
        ),
        *(("a\n\tb", REFUSED), ("a\nb", REFUSED), ("a\n\t# b", "a"), ("1\n 2", "1 2"), ("null\n null", "null null")),
    ],
)
def test_over_several_lines(text: str, value: object) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("a:b", "a:b"), ("a\n b", "a b"), ("?a", "?a"), ("a?", "a?"), ("-a", "-a"), ("a #b\n", "a"), ("1", 1)),
        *(("http://x", "http://x"), ("-", REFUSED), ("- a", REFUSED), ("|", REFUSED), (":a", ":a"), ("a\nb", REFUSED)),
    ],
)
def test_inside_brackets(text: str, value: object) -> None:
    assert read_value(f"[{text}]") == (value if value is REFUSED else [value])


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("a\nb", "a b"),
        ("a\n\tb", "a b"),
        ("\ta", "a"),
        ("a: b\n...\nc", [{"a": "b"}, "c"]),
        ("...\na: b", [None, {"a": "b"}]),
    ],
)
def test_without_a_mapping_around_it(source: str, value: object) -> None:
    assert read(source) == value
