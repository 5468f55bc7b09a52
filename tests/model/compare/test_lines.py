"""Lines are split at LF, CRLF and CR, nowhere else."""

from __future__ import annotations

from hypothesis import given

from agent_studio.model.compare.lines import split
from tests.model.compare.texts import texts


def test_only_line_endings_split() -> None:
    text = "a\r\nb\rc\n\x0b\x0c\x1c\x85\u2028\u2029d\n\nlast"
    assert [(line.text, line.ending) for line in split(text)] == [
        ("a", "\r\n"),
        ("b", "\r"),
        ("c", "\n"),
        ("\x0b\x0c\x1c\x85\u2028\u2029d", "\n"),
        ("", "\n"),
        ("last", ""),
    ]


def test_a_final_ending_begins_no_line() -> None:
    assert [line.text for line in split("a\n")] == ["a"]
    assert split("") == ()


@given(texts())
def test_lines_and_endings_concatenate_to_the_text(text: str) -> None:
    lines = split(text)
    assert "".join(line.text + line.ending for line in lines) == text
    assert [line.place for line in lines] == list(range(len(lines)))
    assert all(line.ending for line in lines[:-1])
