"""Finding text in a comparison."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from agent_studio.model.compare import compare
from agent_studio.model.visible import is_hidden
from tests.ui.compared import HOSTILE, LEFT, RIGHT, PaneApp, document, drawn


async def test_finding_goes_through_the_lines_that_hold_a_text_in_folds_too() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(80, 15)) as pilot:
        await drawn(pilot, app)
        assert not any("Line 7" in line for line in app.lines)
        app.pane.seek("line 7")
        assert app.style("Line 7").bold
        app.pane.seek("7")
        await pilot.press("n")
        assert app.style("7").bold
        assert app.line("Line 17") < app.pane.size.height
        await pilot.press("n", "n", "n")
        assert app.line("Line 7")
        await pilot.press("N")
        assert app.line("Line 37")
        app.pane.seek("Line 7 is not there")
        await pilot.press("n", "N")
        app.pane.seek("")
        hunk = app.pane.hunk
        await pilot.press("N")
        assert app.pane.hunk == hunk - 1


@pytest.mark.parametrize("text", HOSTILE)
async def test_finding_hostile_text_is_harmless(text: str) -> None:
    app = PaneApp(compare(document("\n".join(HOSTILE), name="a"), document("x", name="a")))
    async with app.run_test(size=(80, 15)) as pilot:
        await drawn(pilot, app)
        app.pane.seek(text[:20])
        for line in app.lines:
            assert cell_len(line) == 80
            assert not any(map(is_hidden, line))
