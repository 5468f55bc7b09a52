"""The compare pane: what it draws, and how one moves in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events

from agent_studio.model.compare import compare
from agent_studio.model.document import Document
from agent_studio.model.visible import is_hidden
from agent_studio.ui.panes.compare import ComparePane
from tests.ui.compared import HOSTILE, LEFT, MOVED, MOVED_THERE, RIGHT, PaneApp, document, drawn
from tests.ui.waiting import until

REPLACED = "One thing was here.\nAnd another.", "Quite different words stand there instead.\nSo they do.\nYes."


async def test_two_columns_from_100_columns_else_one() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(99, 24)) as pilot:
        await drawn(pilot, app)
        assert any("- model        opus" in line for line in app.lines)
        assert any("+ model        sonnet" in line for line in app.lines)
        await pilot.resize_terminal(100, 24)
        await until(pilot, lambda: app.pane.view == "side")
        assert any("opus" in line and "sonnet" in line for line in app.lines)


async def test_the_chosen_view_stays() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(120, 40)) as pilot:
        await drawn(pilot, app)
        await pilot.press("v")
        assert app.pane.view == "unified"
        await pilot.resize_terminal(140, 40)
        await until(pilot, lambda: app.pane.size.width == 140)
        assert app.pane.view == "unified"


async def test_the_view_of_the_fields_alone() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(120, 40)) as pilot:
        await drawn(pilot, app)
        await pilot.press("v", "v")
        lines = [line for line in app.lines if line.strip(" │█")]
        assert lines[0].startswith("── FRONTMATTER  2 of 3 fields differ: model, color ──")
        assert lines[-1].startswith("── BODY  40 → 41 lines  +2 −1 ──")
        assert "opus" in lines[2]
        assert "sonnet" in lines[2]
        await pilot.press("v")
        assert app.pane.view == "side"


async def test_signs_and_hatches_say_which_side_a_line_is_on() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(120, 50)) as pilot:
        await drawn(pilot, app)
        changed, right = app.lines[app.line("of the text.")], app.lines[app.line("Only at")]
        assert changed.count("▌ Line 20 of the") == 2
        assert "▶ Only at the right." in right
        assert "╱" * 40 in right
        await pilot.press("v")
        assert "- Line 20 of the body." in app.lines[app.line("20 of the body.")]
        assert "+ Line 20 of the text." in app.lines[app.line("20 of the text.")]


async def test_in_one_column_what_only_gained_or_lost_words_stands_once() -> None:
    left, right = document("One long line here.\n\nIt ends so, too.\n"), document("One line here.\n\nIt ends so.\n")
    app = PaneApp(compare(left, right))
    async with app.run_test(size=(80, 20)) as pilot:
        await drawn(pilot, app)
        assert "-" in app.lines[app.line("One long line here.")].split("One")[0]
        assert sum("line here." in line for line in app.lines) == 1
        assert app.lines[app.line("One long")].split()[:3] == ["┃", "3", "3"]
    app = PaneApp(compare(right, left))
    async with app.run_test(size=(80, 20)) as pilot:
        await drawn(pilot, app)
        assert "+" in app.lines[app.line("One long line here.")].split("One")[0]
        assert sum("line here." in line for line in app.lines) == 1


async def test_other_line_endings_everywhere_are_said_once() -> None:
    app = PaneApp(compare(document("One.\r\nTwo.\r\nThree.\r\n"), document("One.\nTwo.\nFour.\n")))
    async with app.run_test(size=(100, 20)) as pilot:
        await drawn(pilot, app)
        assert "with other line endings" in app.lines[app.line("BODY")]
        assert not any("≈" in line for line in app.lines)


async def test_replaced_lines_stand_beside_each_other() -> None:
    app = PaneApp(compare(*map(document, REPLACED)))
    async with app.run_test(size=(120, 20)) as pilot:
        await drawn(pilot, app)
        first = app.line("One thing")
        assert "◀ One thing was here." in app.lines[first]
        assert "▶ Quite different words" in app.lines[first]
        assert "◀ And another." in app.lines[first + 1]
        assert "▶ So they do." in app.lines[first + 1]
        assert "╱╱" in app.lines[first + 2]
        assert "▶ Yes." in app.lines[first + 2]


async def test_changed_words_have_a_background_and_colors_their_tag() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(120, 50)) as pilot:
        await drawn(pilot, app)
        plain, removed, added = app.style("Line 20 of the "), app.style("opus"), app.style("sonnet")
        assert removed.bold
        assert added.bold
        assert len({plain.bgcolor, removed.bgcolor, added.bgcolor}) == 3
        colors = app.lines[app.line("color  ")]
        assert "GR green" in colors
        assert "BL blue" in colors
        assert app.style("GR").color != plain.color


@pytest.mark.parametrize("theme", ["textual-dark", "ansi-dark"])
async def test_without_color_changed_words_are_underlined(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = PaneApp(compare(LEFT, RIGHT))
    app.theme = theme
    async with app.run_test(size=(120, 30)) as pilot:
        await drawn(pilot, app)
        assert app.style("opus").underline
        assert app.style("sonnet").underline
        assert not app.style("Line 19 of the body.").underline


async def test_next_and_previous_difference() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(80, 15)) as pilot:
        await drawn(pilot, app)
        assert app.pane.hunk == 1
        assert "┃" in app.lines[app.line("opus")]
        await pilot.press("N")
        assert app.pane.hunk == 1
        await pilot.press("n", "n")
        assert app.pane.hunk == 3
        assert app.line("- Line 20") <= 5
        assert app.lines[app.line("- Line 20")].startswith("┃")
        await pilot.press("n", "n", "n")
        assert app.pane.hunk == 4
        assert app.lines[app.line("+ Only at")].startswith("┃")
        await pilot.press("N")
        assert app.pane.hunk == 3
        await until(pilot, lambda: app.heard[-1:] == [3])


async def test_the_current_difference_follows_scrolling() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(80, 10)) as pilot:
        await drawn(pilot, app)
        await pilot.press("G")
        assert app.pane.hunk == 4
        await pilot.press("g")
        assert app.pane.hunk == 1
        await pilot.press("j", "j", "k")
        assert app.pane.scroll_offset.y == 1
        await pilot.press("ctrl+d", "pagedown", "ctrl+u")
        assert app.pane.scroll_offset.y == 6


async def test_the_wheel_scrolls() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(80, 12)) as pilot:
        await drawn(pilot, app)
        assert await pilot._post_mouse_events([events.MouseScrollDown], ComparePane, offset=(5, 5))
        await until(pilot, lambda: app.pane.scroll_offset.y > 0)


async def test_more_context_keeps_the_current_difference_where_it_is() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(80, 20)) as pilot:
        await drawn(pilot, app)
        await pilot.press("n", "n")
        before = app.line("- Line 20")
        assert not any("Line 14" in line for line in app.lines)
        await pilot.press("c")
        assert app.line("- Line 20") == before
        assert any("Line 16" in line for line in app.lines)
        height = app.pane.virtual_size.height
        await pilot.press("c")
        assert app.line("- Line 20") == before
        assert app.pane.virtual_size.height > height
        await pilot.press("c")
        assert app.pane.context == 3
        assert app.line("- Line 20") == before
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: app.pane.size.width == 60)
        assert app.line("- Line 20") == before


async def test_enter_unfolds_the_fold_nearest_to_the_current_difference() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(80, 40)) as pilot:
        await drawn(pilot, app)
        folds = [y for y, line in enumerate(app.lines) if "identical lines ⋯" in line]
        assert len(folds) == 3
        assert [y for y in folds if "⏎ expand" in app.lines[y]] == folds[:1]
        await pilot.press("n", "n", "n")
        nearest = next(y for y in folds if "⏎ expand" in app.lines[y])
        assert nearest == folds[1]
        await pilot.press("enter")
        assert "Line 24 of the body." in app.lines[nearest]
        assert sum("identical lines ⋯" in line for line in app.lines) == 2


async def test_next_and_previous_field_or_section() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(80, 15)) as pilot:
        await drawn(pilot, app)
        visited = [app.pane.hunk]
        for key in ("right_square_bracket",) * 3 + ("n",) + ("left_square_bracket",) * 3:
            await pilot.press(key)
            visited.append(app.pane.hunk)
        assert visited == [1, 2, 3, 3, 4, 3, 2, 1]


@pytest.mark.parametrize("size", [(120, 40), (80, 40)])
async def test_a_section_that_moved_or_was_renamed_is_said_to_have(size: tuple[int, int]) -> None:
    app = PaneApp(compare(document(MOVED, name="a"), document(MOVED_THERE, name="a")))
    async with app.run_test(size=size) as pilot:
        await drawn(pilot, app)
        assert "⇅ ## One  (moved to line 14 of B)" in app.lines[app.line("(moved to")]
        assert "⇅ ## One  (moved from line 6 of A)" in app.lines[app.line("(moved from")]
        assert any("14 → 14 lines  +1 −1, 5 moved" in line for line in app.lines)
        assert "## Last  (renamed)" in app.lines[app.line("(renamed)")]
        folds = [line for line in app.lines if "lines moved, else the same ⋯" in line]
        assert len(folds) == 2
        first = app.pane.hunk
        await pilot.press("percent_sign")
        assert app.lines[app.line("(moved from" if first == 1 else "(moved to")].startswith("┃")
        await pilot.press("percent_sign")
        assert app.pane.hunk == first


async def test_a_heading_of_another_level_is_said_to_be() -> None:
    app = PaneApp(compare(document("# One\n\nText.\n", name="a"), document("## One\n\nText.\n", name="a")))
    async with app.run_test(size=(120, 20)) as pilot:
        await drawn(pilot, app)
        assert "## One  (now level 2)" in app.lines[app.line("(now")]


async def test_what_is_said_beside_a_heading_is_not_copied() -> None:
    app = PaneApp(compare(document(MOVED, name="a"), document(MOVED_THERE, name="a")))
    async with app.run_test(size=(120, 40)) as pilot:
        await drawn(pilot, app)
        y = app.line("(moved to")
        await pilot.mouse_down(ComparePane, offset=(app.lines[y].index("One"), y))
        await pilot.hover(ComparePane, offset=(50, y))
        await pilot.mouse_up(ComparePane, offset=(50, y))
        assert app.screen.get_selected_text() == "One"


async def test_a_click_unfolds_or_makes_a_difference_the_current_one() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(80, 40)) as pilot:
        await drawn(pilot, app)
        fold = max(y for y, line in enumerate(app.lines) if "identical lines ⋯" in line)
        await pilot.click(ComparePane, offset=(30, app.line("+ Line 20")))
        assert app.pane.hunk == 3
        await pilot.click(ComparePane, offset=(30, app.line("color  ")), times=2)
        assert app.pane.hunk == 2
        assert app.screen.get_selected_text() is None
        await pilot.click(ComparePane, offset=(30, fold))
        assert "Line 33 of the body." in app.lines[fold]


async def test_a_click_on_the_map_goes_there() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(80, 10)) as pilot:
        await drawn(pilot, app)
        assert {line[-1] for line in app.lines} > {"█"}
        await pilot.click(ComparePane, offset=(79, 9))
        assert app.pane.scroll_offset.y > 10


async def test_a_difference_in_spelling_is_a_quiet_mark() -> None:
    left, right = document("a\r\nb\n", tools="Read, Grep"), document("a\nb\n", tools="[Read, Grep]")
    app = PaneApp(compare(left, right))
    async with app.run_test(size=(100, 20)) as pilot:
        await drawn(pilot, app)
        assert app.lines[app.line("tools")].count("≈ tools") == 2
        await pilot.press("enter")
        assert app.lines[app.line(" a ")].count("≈ a") == 2
        assert "≈" not in app.lines[app.line(" b ")]
        assert app.pane.hunk == 0


@pytest.mark.parametrize("size", [(160, 48), (100, 30), (80, 24), (40, 12), (12, 4)])
async def test_hostile_text_is_drawn_harmlessly(size: tuple[int, int]) -> None:
    left = document("\n".join(HOSTILE), name="a")
    right = document(
        "\n".join(f"{text} more" for text in HOSTILE), name="b", **{"x" * 40: "y", "漢字漢字漢字漢字": "z"}
    )
    app = PaneApp(compare(left, right))
    async with app.run_test(size=size) as pilot:
        await drawn(pilot, app)
        for view in ("side", "unified", "fields"):
            app.pane.view = view
            for _ in range(200):
                for line in app.lines:
                    assert cell_len(line) == size[0]
                    assert not any(map(is_hidden, line))
                if app.pane.scroll_offset.y >= app.pane.max_scroll_y:
                    break
                app.pane.action_half_down()
            app.pane.action_top()


async def test_drawing_goes_only_as_far_as_is_seen() -> None:
    lines = [f"Word{number} and more of it" for number in range(3000)]
    app = PaneApp(compare(document("\n".join(lines)), document("\n".join(f"{line}." for line in lines))))
    async with app.run_test(size=(120, 40)) as pilot:
        await drawn(pilot, app)
        assert app.pane.virtual_size.height > 3000
        await pilot.press("G", "n")
        assert len(app.pane._strips) < 6 * 40


async def test_text_of_one_column_is_selected() -> None:
    app = PaneApp(compare(LEFT, RIGHT))
    async with app.run_test(size=(120, 50)) as pilot:
        await drawn(pilot, app)
        y, right = app.line("of the text."), app.lines[app.line("of the text.")].rindex("Line 20")
        await pilot.mouse_down(ComparePane, offset=(right, y - 1))
        await pilot.hover(ComparePane, offset=(right + 4, y + 1))
        await pilot.mouse_up(ComparePane, offset=(right + 4, y + 1))
        assert app.screen.get_selected_text() == "Line 19 of the body.\nLine 20 of the text.\nLine"
        assert app.pane.hunk == 1
        start = app.lines[y].index("20")
        await pilot.mouse_down(ComparePane, offset=(start, y))
        await pilot.hover(ComparePane, offset=(110, app.line("Only at")))
        await pilot.mouse_up(ComparePane, offset=(110, app.line("Only at")))
        lines = (app.screen.get_selected_text() or "").split("\n")
        assert lines[0] == "20 of the body."
        assert lines[1] == "Line 21 of the body."
        assert "╱" not in "".join(lines)


async def test_without_a_comparison_the_pane_is_empty() -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 10)) as pilot:
        await until(pilot, lambda: app.pane.size.width == 80)
        await pilot.press("n", "N", "enter", "c", "v", "G", "g")
        await pilot.click(ComparePane, offset=(3, 3))
        assert {line.strip() for line in app.lines} == {""}


async def test_the_two_seeds_side_by_side(corpus: Path) -> None:
    files = [corpus / "seeds" / variant / "backend-engineer.md" for variant in ("variant-a", "variant-b")]
    app = PaneApp(compare(*(Document(path.read_bytes()) for path in files)))
    async with app.run_test(size=(160, 48)) as pilot:
        await drawn(pilot, app)
        assert "FRONTMATTER  2 of 4 fields differ: description, color" in app.lines[0]
        first = app.lines[app.line("description  ")]
        assert first.count("description  Use this agent when implementing") == 2
        await pilot.press("n")
        assert "GR green" in app.lines[app.line("BL blue")]
