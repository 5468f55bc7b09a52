"""Lines that will be written: words are set off where they differ, never letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.ui.editors.written_view import Row, marked, rows_of


def spelled(row: Row) -> str:
    """The text of a row, what is set off in brackets."""
    content = marked(row, 0, len(row.line.text))
    cuts = {span.start: "[" for span in content.spans} | {span.end: "]" for span in content.spans}
    return "".join(cuts.get(place, "") + char for place, char in enumerate(f"{content.plain} "))[:-1]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("color: green", "color: grey", ["color: [green]", "color: [grey]"]),
        ("tools: Read, Grep", "tools: Read, Glob, Grep", ["tools: Read, Grep", "tools: Read,[ Glob,] Grep"]),
        ("one two", "quite another line", ["one two", "quite another line"]),
    ],
)
def test_words_that_differ_are_set_off(before: str, after: str, said: list[str]) -> None:
    assert [spelled(row).removesuffix(" ") for row in rows_of((before, after))] == said


@given(st.text("ab ,"), st.text("ab ,"), st.integers(0, 9), st.integers(0, 9))
def test_a_stretch_is_shown_as_it_stands(before: str, after: str, start: int, more: int) -> None:
    for row in rows_of((before, after)):
        end = min(start + more, len(row.line.text))
        assert marked(row, min(start, end), end).plain == row.line.text[start:end]
