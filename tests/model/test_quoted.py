"""Scalars in quotes: escapes, and what a line break stands for."""

from __future__ import annotations

import pytest

from tests.model.yaml_reading import REFUSED, read, read_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((r"\n\t\r\0\a\b\v\f\e", "\n\t\r\0\a\b\v\f\x1b"), (r"\"\/\\\ ", '"/\\ '), ("\\\t", "\t")),
        *((r"\N\_\L\P", "\x85\xa0\u2028\u2029"), (r"\x41\u00e9\U0001F600", "Aé😀"), (r"\uD83D\uDE00", "😀")),
        *((r"\uD83D", REFUSED), (r"\uDE00\uD83D", REFUSED), (r"\U0000D83D", REFUSED), (r"\U00110000", REFUSED)),
        *((r"\q", REFUSED), (r"\xZ", REFUSED), (r"\u12", REFUSED), ("\\", REFUSED), ("it's", "it's"), ("", "")),
        *((" a\t", " a\t"), ("a # b: c", "a # b: c"), ("\x07\x85\ufeff", "\x07\x85\ufeff"), ("a\u2028b", "a\u2028b")),
    ],
)
def test_double_quotes(text: str, value: object) -> None:
    assert read_value(f'"{text}"') == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("it''s", "it's"), ("''", "'"), ("\\n", "\\n"), ('"', '"'), (" a ", " a "), ("it's", REFUSED), ("\x85", "\x85")],
)
def test_single_quotes(text: str, value: object) -> None:
    assert read_value(f"'{text}'") == value


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            ("a\n b", "a b"),
            ("a \t\n \tb", "a b"),
            ("a\n\n b", "a\nb"),
            ("a\n\t\n b", "a\nb"),
            ("\n ", " "),
            ("a\n b\n ", "a b "),
        ),
        *(("a\r\n b", "a\nb"), ("a\r\n\r\n b", "a\n\nb"), ("a\r b", "a b")),
        *(("a\nb", REFUSED), ("a\n", REFUSED), ("a\n\nb", REFUSED), ("a\n\tb", REFUSED), ("a\n ... b", "a ... b")),
    ],
)
def test_over_several_lines(quote: str, text: str, value: object) -> None:
    assert read_value(quote + text + quote) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a\\\n b", "ab"),
        ("a \\\n b", "a b"),
        ("a\\\n\n b", "a\nb"),
        ("a\\\n \\ b", "a b"),
        ("a\\\nb", REFUSED),
        ("a\\\r\n b", "a\nb"),
    ],
)
def test_an_escaped_line_break(text: str, value: object) -> None:
    assert read_value(f'"{text}"') == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        *(
            ('"a\nb"', "a b"),
            ('x: "a" b', REFUSED),
            ('x: "a"#b', REFUSED),
            ('x: "a" #b', {"x": "a"}),
            ('x: "a', REFUSED),
        ),
        *(
            ('"a\n...\n"', REFUSED),
            ('- "a\nb"', REFUSED),
            ('x:\n - "a\n b"', REFUSED),
            ('x:\n - "a\n  b"', {"x": ["a b"]}),
        ),
    ],
)
def test_what_is_around_quotes(source: str, value: object) -> None:
    assert read(source) == value
