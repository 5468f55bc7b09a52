"""The form: which fields have a row, what stands below them, and how it fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_studio.ui.editors.form import COMMON, FieldList, Form
from agent_studio.ui.editors.more import More
from agent_studio.ui.editors.written_view import WrittenView
from tests.ui.desk import HOSTILE, Desk, agent_of, focus, ready
from tests.ui.waiting import until

BASIC = "---\nname: one\ndescription: Does things.\nmodel: sonnet\ncolor: green\n---\n\nBody.\n"
RARE = "---\nname: one\ndescription: d\nmemory: user\nmaxTurns: 3\nversion: 1.2\nauthor: me\n---\nBody\n"


def form_of(desk: Desk) -> Form:
    return desk.query_one(Form)


def shown_rows(desk: Desk) -> list[str]:
    rows = {row: name for name, row in form_of(desk).rows.items()}
    return [rows[child] for child in desk.query_one(FieldList).children if child in rows and child.display]


class TestRows:
    async def test_common_fields_always_have_a_row(self) -> None:
        desk = Desk(agent_of("---\nname: one\n---\n"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert shown_rows(desk) == ["name", "description", "tools", "model", "color"]
            assert set(shown_rows(desk)) == COMMON
            assert desk.shows("▸ more")
            assert desk.shows("disallowedTools · permissionMode")

    async def test_a_rarer_field_that_is_set_has_a_row_too(self) -> None:
        desk = Desk(agent_of(RARE))
        async with desk.run_test(size=(80, 40)) as pilot:
            await ready(pilot, desk)
            assert shown_rows(desk)[5:] == ["memory", "maxTurns"]
            assert "memory" not in desk.query_one(More).folded

    async def test_more_opens_and_folds(self) -> None:
        desk = Desk(agent_of(RARE))
        async with desk.run_test(size=(80, 40)) as pilot:
            await ready(pilot, desk)
            desk.query_one(More).focus()
            await pilot.press("enter")
            await until(pilot, lambda: len(shown_rows(desk)) == 21)
            assert shown_rows(desk)[5:9] == ["disallowedTools", "permissionMode", "memory", "maxTurns"]
            await pilot.press("left")
            await until(pilot, lambda: len(shown_rows(desk)) == 7)

    async def test_a_row_stays_when_its_field_is_unset_here(self) -> None:
        desk = Desk(agent_of(RARE))
        async with desk.run_test(size=(80, 40)) as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "memory")
            await pilot.press("home", "space")
            await until(pilot, lambda: not desk.document.has("memory"))
            assert desk.pane.focused_key == "memory"
            desk.open(agent_of(BASIC, "two.md"))
            await until(pilot, lambda: shown_rows(desk) == ["name", "description", "tools", "model", "color"])

    async def test_unknown_keys_are_listed_as_they_are_written(self) -> None:
        desk = Desk(agent_of(RARE))
        async with desk.run_test(size=(80, 40)) as pilot:
            await ready(pilot, desk)
            assert desk.shows("version      1.2")
            assert desk.shows("author       me")

    async def test_without_a_frontmatter_there_is_no_row(self) -> None:
        desk = Desk(agent_of("just text\n"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert shown_rows(desk) == []
            assert desk.shows("no frontmatter: there are no fields to edit, open Raw (ctrl+pgdn)")
            assert isinstance(desk.focused, FieldList)

    async def test_up_and_down_walk_through_the_fields(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "tools")
            await pilot.press("down")
            await until(pilot, lambda: desk.pane.focused_key == "model")
            await pilot.press("up", "up")
            await until(pilot, lambda: desk.pane.focused_key == "description")
            assert not desk.got

    async def test_enter_goes_on_to_the_next_field(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await pilot.press("enter")
            await until(pilot, lambda: desk.pane.focused_key == "description")

    async def test_a_changed_field_is_marked(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert not desk.shows("●")
            desk.change(color="red")
            await until(pilot, lambda: desk.shows("● color"))
            assert desk.shows("● modified")
            assert not desk.shows("● name")


class TestBelow:
    async def test_the_focused_field_is_explained(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "model")
            await until(pilot, lambda: desk.shows("An alias, a full model id"))

    async def test_the_exact_lines_are_shown(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.shows("Nothing will be written: the file is as it is on disk")
            desk.change(color="purple")
            await until(pilot, lambda: desk.shows("+   5  color: purple"))
            assert desk.lines[-4:] == [
                "     4  model: sonnet",
                " -   5  color: green",
                " +   5  color: purple",
                "     6  ---",
            ]

    async def test_a_carriage_return_is_no_difference(self) -> None:
        desk = Desk(agent_of(BASIC.replace("\n", "\r\n")))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.change(color="purple")
            await until(pilot, lambda: desk.shows("+   5  color: purple"))
            assert not desk.shows("␍")

    async def test_a_changed_line_ending_is_shown(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.query_one(WrittenView).texts = ("a\nb\n", "a\nb\r\n")
            await until(pilot, lambda: desk.shows("+   2  b␍"))
            assert desk.shows("-   2  b")

    async def test_a_long_line_is_cut_around_the_change(self) -> None:
        desk = Desk(agent_of(f"---\nname: one\ndescription: {'a' * 900} end\n---\n"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.change(description="a" * 900 + " END")
            await until(pilot, lambda: desk.shows("aaa END"))
            removed, added = desk.lines[-3], desk.lines[-2]
            assert removed.startswith(" -   3  …aaa")
            assert removed.endswith("aaa end")
            assert added.endswith("aaa END")

    async def test_many_lines_scroll(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            view = desk.query_one(WrittenView)
            assert not view.focusable
            desk.document = desk.document.with_text("".join(f"line {n}\n" for n in range(50)))
            desk.hand_down()
            await until(pilot, lambda: view.virtual_size.height > 50)
            view.focus()
            await pilot.press("end")
            await until(pilot, lambda: desk.shows("line 49"))

    async def test_the_selection_can_be_copied(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.change(color="purple")
            await until(pilot, lambda: desk.shows("+   5  color: purple"))
            bottom = len(desk.lines) - 2
            await pilot.mouse_down(offset=(8, bottom))
            await pilot.hover(offset=(21, bottom))
            await pilot.mouse_up(offset=(21, bottom))
            await until(pilot, lambda: desk.screen.get_selected_text() == "color: purple")


class TestSizes:
    @pytest.mark.parametrize("size", [(80, 18), (61, 40), (160, 44), (40, 12), (20, 6)])
    async def test_it_fits(self, size: tuple[int, int]) -> None:
        desk = Desk(agent_of(RARE))
        async with desk.run_test(size=size) as pilot:
            await ready(pilot, desk)
            desk.change(color="purple")
            await until(pilot, lambda: desk.pane.document == desk.document and desk.shows("name"))
            assert len(desk.lines) == size[1]

    async def test_the_common_fields_fit_into_the_smallest_terminal(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test(size=(80, 18)) as pilot:
            await ready(pilot, desk)
            await until(pilot, lambda: desk.shows("▸ more"))
            for key in ("name", "description", "tools", "model", "color"):
                assert any(line.startswith(f"  {key}") for line in desk.lines)

    async def test_tags_lose_their_words_where_it_is_narrow(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test(size=(58, 40)) as pilot:
            await ready(pilot, desk)
            assert desk.shows("--  RE  BL [GR] YE  PU  OR  PI  CY")


async def test_hostile_texts_everywhere() -> None:
    desk = Desk(agent_of(BASIC))
    keys = ("name", "description", "tools", "model", "color", "memory", "maxTurns", "hooks", "observer", "strange")
    async with desk.run_test(size=(80, 60)) as pilot:
        await ready(pilot, desk)
        for place, text in enumerate(HOSTILE):
            quoted = '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'
            header = "\n".join(f"{key}: {quoted}" for key in keys)
            desk.open(agent_of(f"---\n{header}\n? {quoted}\n: {quoted}\n---\n{text}\n", f"{place}.md"))
            desk.document = desk.document.with_text(
                desk.document.text_view.replace("strange", f"strange{place}") + text
            )
            desk.hand_down()
            await until(pilot, lambda place=place: desk.shows(f"strange{place}"))  # type: ignore[misc]
            assert desk.hidden == set()
        assert desk.got == []


@pytest.fixture(scope="module")
def real_files(corpus: Path) -> list[Path]:
    return sorted(corpus.rglob("*.md"))[::23]


async def test_real_files_are_shown_and_never_touched(real_files: list[Path]) -> None:
    desk = Desk(agent_of(BASIC))
    async with desk.run_test(size=(80, 40)) as pilot:
        await ready(pilot, desk)
        for path in real_files:
            desk.open(agent_of(path.read_bytes(), str(path)))
            await desk.pane._show()
            await pilot.pause()
        assert desk.got == []
        assert desk.hidden == set()
