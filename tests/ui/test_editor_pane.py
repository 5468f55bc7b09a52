"""The editing pane: what comes down is shown once, what a person types goes up once, and nothing in between."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from agent_studio.model.document import Document
from agent_studio.ui.commands import COMMANDS
from agent_studio.ui.editors.outside_banner import OutsideBanner
from agent_studio.ui.editors.text_editor import TextEditor
from agent_studio.ui.panes.editor import BODY, RAW, EditorPane
from tests.ui.desk import Desk, agent_of, focus, ready
from tests.ui.waiting import until

BASIC = "---\nname: one\ndescription: Does things.\nmodel: sonnet\ncolor: green\n---\n\nBody.\n"
OTHER = "---\nname: other\ndescription: Does more.\nmodel: opus\n---\nOther body.\n"


def name_of(desk: Desk) -> Input:
    return desk.query_one("#row-name LineInput", Input)


def text_of(desk: Desk) -> TextEditor:
    return next(editor for editor in desk.query(TextEditor) if editor.display)


async def to_tab(pilot: Pilot[None], desk: Desk, tab: int) -> TextEditor:
    desk.pane.tab = tab
    desk.pane.focus_first()
    await until(pilot, lambda: isinstance(desk.focused, TextEditor) and desk.focused.display)
    return text_of(desk)


class TestDown:
    async def test_nothing_is_sent_up_by_showing(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            for agent in (agent_of(OTHER, "two.md"), agent_of("no header", "three.md"), agent_of(BASIC)):
                desk.open(agent)
                for tab in (BODY, RAW, 0):
                    desk.pane.tab = tab
                    await desk.pane._show()
                    await pilot.pause()
            assert desk.got == []

    async def test_what_is_equal_is_not_touched(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "description")
            area = desk.query_one("#row-description TextArea", TextArea)
            area.move_cursor((0, 4))
            desk.change(color="red")
            await until(pilot, lambda: desk.shows("[RE red]"))
            assert area.cursor_location == (0, 4)
            assert desk.focused is area

    async def test_a_change_from_elsewhere_is_shown(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.change(name="changed", model="opus", tools=("Read",), description="Else.")
            await until(pilot, lambda: name_of(desk).value == "changed")
            assert desk.shows("(•) opus")
            assert desk.shows("Read")
            assert desk.shows("Else.")
            assert desk.got == []

    async def test_a_change_takes_back_what_was_typed_into_the_same_field(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await pilot.press("end", "x")
            await until(pilot, lambda: desk.document.get("name") == "onex")
            desk.document = desk.agent.document
            desk.hand_down()
            await until(pilot, lambda: name_of(desk).value == "one")
            assert len(desk.got) == 1

    async def test_what_was_typed_last_goes_to_the_agent_it_was_typed_into(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.deaf = True
            name_of(desk).value = "one-more"
            desk.open(agent_of(OTHER, "two.md"))
            await until(pilot, lambda: name_of(desk).value == "other")
            (event,) = desk.got
            assert isinstance(event, EditorPane.FieldEdited)
            assert (event.ref.path, event.key, event.value) == ("one.md", "name", "one-more")

    async def test_documents_that_lag_behind_the_typing_do_not_take_it_back(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.deaf = True
            await pilot.press("end", "x", "y", "z")
            await until(pilot, lambda: len(desk.fields) == 3)
            for name in ("onex", "onexyz"):
                desk.change(name=name)
                await until(pilot, lambda name=name: desk.shows(f"name: {name}"))  # type: ignore[misc]
                assert name_of(desk).value == "onexyz"
            assert len(desk.fields) == 3

    async def test_what_is_hidden_is_shown_when_it_appears(self) -> None:
        desk = Desk(agent_of(BASIC), shown=False)
        async with desk.run_test() as pilot:
            desk.open(agent_of(OTHER, "two.md"))
            desk.pane.focus_first()
            desk.pane.display = True
            await until(pilot, lambda: desk.focused is not None and desk.shows("other"))
            assert desk.pane.focused_key == "name"

    async def test_running_through_agents_ends_with_the_last(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.set_focus(None)
            for number in range(30):
                desk.open(agent_of(OTHER.replace("other", f"agent-{number}"), f"{number}.md"))
            await until(pilot, lambda: desk.shows("agent-29"))

    async def test_without_an_agent_nothing_is_shown(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.pane.agent = desk.pane.document = None
            await until(pilot, lambda: not desk.shows("description"))

    async def test_the_draft_is_compared_with_the_file_it_stands_on(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.pane.agent = agent_of(BASIC.replace("green", "red"))
            await until(pilot, lambda: desk.shows("Nothing will be written: the file is as it is on disk"))
            desk.pane.base = desk.pane.agent
            await until(pilot, lambda: desk.shows("-   5  color: red"))


class TestRefused:
    async def test_the_reason_stands_beside_the_field_and_the_text_stays(self) -> None:
        desk = Desk(agent_of("---\nname: x\ndescription: one: two: [\n  bad: {\n---\nbody\n"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.deaf = True
            await pilot.press("end", "y")
            await until(pilot, lambda: desk.fields == [("name", "xy")])
            desk.pane.refuse("name", "it cannot be [written] \x1b")
            await until(pilot, lambda: desk.shows("it cannot be [written] ␛"))
            assert name_of(desk).value == "xy"
            desk.pane.reset_field("name")
            await until(pilot, lambda: not desk.shows("it cannot be"))
            assert name_of(desk).value == "x"

    async def test_another_try_takes_the_reason_away(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.pane.refuse("name", "not so")
            await until(pilot, lambda: desk.shows("not so"))
            await pilot.press("x")
            await until(pilot, lambda: not desk.shows("not so"))


class TestLocked:
    async def test_read_only(self) -> None:
        desk = Desk(agent_of(BASIC, read_only=True))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.shows("read-only: nothing can be edited here")
            await pilot.press("x", "tab", "space", "enter")
            assert not await desk.pane.focus_field("name")
            editor = await to_tab(pilot, desk, BODY)
            await pilot.press("x")
            assert editor.text == "\nBody.\n"
            assert desk.got == []

    async def test_becoming_read_only_under_the_cursor_keeps_the_keys_of_the_pane(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.lock()
            await until(pilot, lambda: desk.shows("read-only"))
            await until(pilot, lambda: desk.pane.has_focus_within)
            await pilot.press("escape")
            assert desk.done == ["form.back"]

    @pytest.mark.parametrize("data", [b"\xff\xfea\x00", b"---\nname: a\x00\n---\n"])
    async def test_what_is_no_text(self, data: bytes) -> None:
        desk = Desk(agent_of(data))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.shows("nothing can be edited here") or desk.agent.locked is None
            assert desk.hidden == set()

    async def test_why_the_host_drops_the_file(self) -> None:
        desk = Desk(agent_of("---\nname: one\n---\n"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.shows("Claude Code drops this file: it has no description")
            desk.change(description="Now.")
            await until(pilot, lambda: not desk.shows("drops this file"))


class TestTabs:
    async def test_keys_go_round(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            for label in ("[2 Body]", "[3 Raw]", "[1 Fields]"):
                await pilot.press("ctrl+pagedown")
                await until(pilot, lambda label=label: desk.shows(label) and desk.pane.has_focus_within)  # type: ignore[misc]
            await pilot.press("ctrl+pageup")
            await until(pilot, lambda: desk.shows("[3 Raw]") and isinstance(desk.focused, TextEditor))

    async def test_a_click_picks(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await pilot.click(offset=(desk.lines[0].index("Raw"), 0))
            await until(pilot, lambda: desk.shows("[3 Raw]") and isinstance(desk.focused, TextEditor))

    async def test_the_keys_leave_wide_texts_too(self) -> None:
        desk = Desk(agent_of(f"---\nname: {'n' * 200}\n---\n{'b' * 30_000}\n"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            for label in ("[2 Body]", "[3 Raw]", "[1 Fields]"):
                await pilot.press("ctrl+pagedown")
                await until(pilot, lambda label=label: desk.shows(label) and desk.pane.has_focus_within)  # type: ignore[misc]

    async def test_the_body_has_the_line_numbers_of_the_file(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await to_tab(pilot, desk, BODY)
            await until(pilot, lambda: desk.shows("8  Body."))

    async def test_the_body_is_sent_up_whole(self) -> None:
        desk = Desk(agent_of(BASIC.replace("\n", "\r\n")))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await to_tab(pilot, desk, BODY)
            await pilot.press("down", "a", "b")
            await until(pilot, lambda: desk.document.body == "\r\nabBody.\r\n")
            assert [event.text for event in desk.got if isinstance(event, EditorPane.BodyEdited)] == [
                "\naBody.\n",
                "\nabBody.\n",
            ]
            assert text_of(desk).cursor_location == (1, 2)
            assert desk.document.data.startswith(b"---\r\nname: one\r\n")

    async def test_undo_of_the_text_area_wins(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await to_tab(pilot, desk, RAW)
            await pilot.press("x")
            await until(pilot, lambda: desk.document.text == "x" + BASIC)
            await pilot.press("ctrl+z")
            await until(pilot, lambda: desk.document.text == BASIC)
            await pilot.press("ctrl+y")
            await until(pilot, lambda: desk.document.text == "x" + BASIC)
            assert desk.done == []

    async def test_a_change_from_elsewhere_keeps_the_cursor_in_its_place(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            editor = await to_tab(pilot, desk, RAW)
            editor.move_cursor((7, 3))
            desk.change(tools=("Read", "Grep"))
            await until(pilot, lambda: "tools: Read, Grep" in editor.text)
            assert editor.text == desk.document.text_view
            assert editor.cursor_location == (8, 3)
            assert desk.got == []

    async def test_hidden_characters_survive_an_edit(self) -> None:
        desk = Desk(agent_of("---\nname: one\n---\nred \x1b[31m here\nother\n"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await to_tab(pilot, desk, BODY)
            await pilot.press("down", "x")
            await until(pilot, lambda: desk.document.body == "red \x1b[31m here\nxother\n")
            assert desk.hidden == set()

    async def test_edits_in_one_tab_are_seen_in_the_others(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await to_tab(pilot, desk, RAW)
            text_of(desk).move_cursor((1, 9))
            await pilot.press("x")
            await until(pilot, lambda: desk.document.get("name") == "onex")
            await pilot.press("ctrl+pagedown")
            await until(pilot, lambda: name_of(desk).value == "onex")

    async def test_a_megabyte_opens(self) -> None:
        body = "A line of words that goes on for a while, as lines do.\n" * 18_000
        desk = Desk(agent_of(f"---\nname: one\ndescription: d\n---\n{body}"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            editor = await to_tab(pilot, desk, BODY)
            assert not editor.soft_wrap
            await pilot.press("x")
            await until(pilot, lambda: desk.document.body.startswith("xA line"))


class TestFocus:
    async def test_escape_and_save_run_commands_from_everywhere(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            for key in ("name", "description", "model"):
                await focus(pilot, desk, key)
                await pilot.press("escape", "ctrl+s", "ctrl+r", "f4", "f8")
            assert desk.done == ["form.back", "form.save", "form.revert", "form.editor", "form.next_problem"] * 3

    async def test_the_fields_with_a_problem(self) -> None:
        desk = Desk(agent_of("---\nname: one\ndescription: d\ncolor: magenta\nmemory: nowhere\n---\n"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.pane.problems == ["color", "memory"]
            desk.change(color="red", memory=None)
            await until(pilot, lambda: desk.pane.problems == [])

    async def test_what_was_typed_can_be_a_problem(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await pilot.press("end", "colon")
            await until(pilot, lambda: desk.pane.problems == ["name"])
            desk.pane.tab = BODY
            await until(pilot, lambda: desk.shows("[2 Body]"))
            assert desk.pane.focused_key is None
            assert desk.pane.problems == ["name"]

    async def test_an_unknown_field_cannot_be_focused(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert not await desk.pane.focus_field("version")

    async def test_a_field_that_is_folded_away_is_unfolded(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "isolation")
            assert desk.shows("worktree")


class TestOutside:
    async def test_keys_answer_while_the_banner_has_the_focus(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.pane.outside = "changed"
            await until(pilot, lambda: desk.shows("changed on disk while you edit — m merge · k keep mine"))
            await pilot.press("m", "k", "t")
            assert desk.done == []
            desk.query_one(OutsideBanner).focus()
            await pilot.press("m", "k", "t", "equals_sign")
            assert desk.done == ["form.merge", "form.keep", "form.take", "form.compare_disk"]
            assert {command.id for command in COMMANDS} >= set(desk.done)

    async def test_words_answer_when_they_are_clicked(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            desk.pane.outside = "gone"
            await until(pilot, lambda: desk.shows("deleted on disk — ctrl+s writes it again · t discard"))
            await pilot.click(offset=(desk.lines[0].index("discard"), 0))
            await until(pilot, lambda: desk.done == ["form.take"])
            desk.pane.outside = None
            await until(pilot, lambda: desk.lines[0].startswith(" [1 Fields]"))


async def test_a_plugin_says_what_it_ignores() -> None:
    desk = Desk(agent_of("---\nname: one\ndescription: d\npermissionMode: plan\n---\n"))
    async with desk.run_test() as pilot:
        await ready(pilot, desk)
        desk.pane.plugin = True
        await until(pilot, lambda: desk.shows("ignored in the agent of a plugin"))


async def test_a_document_over_the_limit_is_only_shown() -> None:
    agent = agent_of(BASIC)
    desk = Desk(replace(agent, document=Document(agent.document.data, whole=False)))
    async with desk.run_test() as pilot:
        await ready(pilot, desk)
        assert desk.shows("larger than 1 MiB: Claude Code does not read it: nothing can be edited here")
