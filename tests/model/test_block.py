"""Block scalars: indentation, folding, and the line breaks at the end."""

from __future__ import annotations

import pytest

from tests.model.yaml_reading import REFUSED, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("|\n a\n b\n", "a\nb\n"), ("|-\n a\n\n", "a"), ("|+\n a\n\n", "a\n\n"), ("|\n a", "a\n"), ("|+\n a", "a\n")),
        *(
            ("|\n", ""),
            ("|+\n\n\n", "\n\n"),
            ("|-\n\n", ""),
            ("|", ""),
            ("|+\n \n", "\n"),
            ("|+\n ", "\n"),
            ("|\n ", ""),
        ),
        *(("|\n  a\n   b\n", "a\n b\n"), ("|\n  a\n b\n", REFUSED), ("|\n\n a\n", "\na\n"), ("|\n  \n a\n", REFUSED)),
        *(
            ("|2\n   a\n", " a\n"),
            ("|2-\n  a\n", "a"),
            ("|-2\n  a\n", "a"),
            ("| 2\n   a\n", " a\n"),
            ("|9\n a\n", REFUSED),
        ),
        *(
            ("|22\n a\n", REFUSED),
            ("|+-\n a\n", REFUSED),
            ("|a\n", REFUSED),
            ("| # c\n a\n", "a\n"),
            ("|# c\n a\n", REFUSED),
        ),
        *(
            ("|\n # a\n# b\n", "# a\n"),
            ("|\r\n a\r\n b\r\n", "a\nb\n"),
            ("|\n a \n b\t\n", "a \nb\t\n"),
            ("|\na\n", REFUSED),
        ),
        *(("|\n\ta\n", REFUSED), ("|\n \ta\n", "\ta\n"), ("|\n a\n\tb\n", REFUSED), ("|\n a\n\n\t# b\n", REFUSED)),
        *(
            ("|\n \t\n  a\n", "\t\n a\n"),
            ("|\n a\x85b\x07\n", "a\x85b\x07\n"),
            ("|\n a\n...\n", "a\n"),
            ("|\n ... a\n", "... a\n"),
        ),
    ],
)
def test_literal(text: str, value: object) -> None:
    assert read(f"x: {text}") == (value if value is REFUSED else {"x": value})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            (">\n a\n b\n", "a b\n"),
            (">\n a\n\n b\n", "a\nb\n"),
            (">\n a\n\n\n b\n", "a\n\nb\n"),
            (">-\n a\n b\n\n", "a b"),
        ),
        *(
            (">\n a\n  b\n c\n", "a\n b\nc\n"),
            (">\n a\n\n  b\n\n c\n", "a\n\n b\n\nc\n"),
            (">\n a\n \tb\n c\n", "a\n\tb\nc\n"),
        ),
        *(
            (">\n\n a\n", "\na\n"),
            (">+\n a\n\n", "a\n\n"),
            (">2\n   a\n  b\n", " a\nb\n"),
            (">\n  a\n \n  b\n", "a\nb\n"),
        ),
    ],
)
def test_folded(text: str, value: str) -> None:
    assert read(f"x: {text}") == {"x": value}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("|\na\n b\n", "a\n b\n"),
        ("- |\n a\n- >\n b\n c\n", ["a\n", "b c\n"]),
        ("x:\n  - |\n    a\n  - b\n", {"x": ["a\n", "b"]}),
        ("x:\n  y: |2\n     a\n", {"x": {"y": " a\n"}}),
        ("x: |\ny: a\n", {"x": "", "y": "a"}),
        ("x: &a |\n a\ny: *a\n", {"x": "a\n", "y": "a\n"}),
        ("? |\n a\n: b\n", {"a\n": "b"}),
        ("x: !!int |\n 5\n", {"x": "5\n"}),
        ("[|\n a]", REFUSED),
    ],
)
def test_places(source: str, value: object) -> None:
    assert read(source) == value
