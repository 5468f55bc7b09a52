"""Lines that will be written: words are set off where they differ, never letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from agent_studio.model.change import Change, Edit
from agent_studio.model.plans import Plan
from agent_studio.model.ref import Ref
from agent_studio.ui.dialogs.change_view import ChangeView, lines_of
from agent_studio.ui.editors.written_view import Row, marked, rows_of
from tests.ui.waiting import until


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


def seen(app: App[None]) -> str:
    """What is on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_a_change_of_a_name_alone_is_seen_before_it_is_made() -> None:
    change = Change("t", (Edit(Ref("folder", "old.md"), b"one", None), Edit(Ref("folder", "new.md"), None, b"one")))
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ChangeView(Plan(change), lines_of(change)))
        await until(pilot, lambda: "old.md → new.md" in seen(app))
        assert "1 file, one undo" in seen(app)
        assert "+" not in seen(app)
