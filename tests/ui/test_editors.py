"""The editors of single values: what they show, what they send up, and when."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from agent_studio.model.document import Document
from agent_studio.model.hosts.tools import TOOLS
from agent_studio.model.schema import BY_NAME
from agent_studio.ui.editors.field_state import FieldState
from agent_studio.ui.editors.members import LastItem
from agent_studio.ui.editors.options import Options
from tests.ui.desk import HOSTILE, Desk, agent_of, focus, ready
from tests.ui.waiting import until

BASIC = "---\nname: one\ndescription: Does things.\nmodel: sonnet\ncolor: green\n---\n\nBody.\n"


def with_field(line: str) -> Desk:
    return Desk(agent_of(f"---\nname: one\ndescription: Does things.\n{line}\n---\n\nBody.\n"))


def line_of(desk: Desk, key: str) -> Input:
    return desk.query_one(f"FieldRow#row-{key} LineInput", Input)


def area_of(desk: Desk, key: str) -> TextArea:
    return desk.query_one(f"FieldRow#row-{key} TextArea", TextArea)


def options_of(desk: Desk, key: str) -> Options:
    return desk.query_one(f"FieldRow#row-{key} Options", Options)


class TestFieldState:
    @pytest.mark.parametrize(
        ("line", "text", "problem"),
        [
            ("color: red", "red", None),
            ("color: magenta", "magenta", "color takes red"),
            ("color:", "", None),
            ("model: opus", "opus", None),
            ("model: 5", "5", "must be text"),
            ("background: true", "true", None),
            ("maxTurns: 3", "3", None),
            ("maxTurns: 0", "0", "whole number"),
            ("tools: []", "[]", "no tool at all"),
            ("tools:", "", "no tool at all"),
            ("skills: []", "[]", None),
            ("memory: user\nmemory: local", "local", "stands 2 times"),
        ],
    )
    def test_text_and_problem(self, line: str, text: str, problem: str | None) -> None:
        document = Document(f"---\nname: n\ndescription: d\n{line}\n---\n".encode())
        state = FieldState.of(document, BY_NAME[line.partition(":")[0]])
        assert state.text == text
        assert (state.problem is None) if problem is None else (problem in (state.problem or ""))

    def test_what_is_required_is_missed(self) -> None:
        document = Document(b'---\nname: ""\n---\n')
        assert FieldState.of(document, BY_NAME["name"]).problem == "empty: Claude Code drops the agent"
        assert FieldState.of(document, BY_NAME["description"]).problem == "missing: Claude Code drops the agent"

    def test_backslash_n_is_a_line_break_in_descriptions_only(self) -> None:
        document = Document(b"---\ndescription: a\\nb\ninitialPrompt: a\\nb\n---\n")
        assert FieldState.of(document, BY_NAME["description"]).text == "a\nb"
        assert FieldState.of(document, BY_NAME["initialPrompt"]).text == "a\\nb"


class TestLine:
    async def test_every_key_is_sent_up(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await pilot.press("end", "x", "y")
            await until(pilot, lambda: desk.document.get("name") == "onexy")
            assert desk.fields == [("name", "onex"), ("name", "onexy")]
            assert line_of(desk, "name").cursor_position == 5

    async def test_blanks_around_it_are_no_part_of_it(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await pilot.press("end", "space", "x", "space")
            await until(pilot, lambda: desk.document.get("name") == "one x")
            assert desk.fields == [("name", "one x")]
            assert line_of(desk, "name").value == "one x "

    async def test_an_illegal_value_stays_and_is_not_sent(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await pilot.press("end", "colon")
            await until(pilot, lambda: desk.shows("a name cannot contain ':'"))
            desk.change(color="red")
            await until(pilot, lambda: desk.shows("[RE red]"))
            assert line_of(desk, "name").value == "one:"
            assert desk.fields == []
            await pilot.press("backspace")
            await until(pilot, lambda: not desk.shows("a name cannot contain"))
            assert desk.fields == []

    async def test_what_was_emptied_is_removed_where_it_may_be_absent(self) -> None:
        desk = with_field("observer: a")
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "observer")
            await pilot.press("end", "backspace")
            await until(pilot, lambda: not desk.document.has("observer"))
            assert desk.fields == [("observer", None)]
            assert desk.pane.focused_key == "observer"

    async def test_a_number_is_sent_as_a_number(self) -> None:
        desk = with_field('maxTurns: "1"')
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "maxTurns")
            await pilot.press("end", "2", "x")
            await until(pilot, lambda: desk.shows("maxTurns takes a whole number"))
            assert desk.fields == [("maxTurns", 12)]

    @pytest.mark.parametrize("text", ["\x1b[31m", "\u202e", "a\u200bb"])
    async def test_hidden_characters_are_shown_and_kept(self, text: str) -> None:
        escaped = "".join(f"\\u{ord(char):04x}" for char in text)
        desk = with_field(f'observer: "{escaped}"')
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert not await desk.pane.focus_field("observer")
            await until(pilot, lambda: desk.shows("holds hidden characters: edit in Raw"))
            assert desk.hidden == set()
            assert desk.fields == []

    async def test_hidden_characters_cannot_be_pasted(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            line_of(desk, "name").insert_text_at_cursor("\x1b")
            await until(pilot, lambda: desk.shows("hidden characters can only be written in Raw: one␛"))
            assert desk.fields == []


class TestProse:
    async def test_it_shows_what_the_host_hands_on_and_sends_real_line_breaks(self) -> None:
        desk = Desk(agent_of("---\nname: one\ndescription: First\\nSecond\n---\nBody\n"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "description")
            area = area_of(desk, "description")
            assert area.text == "First\nSecond"
            await pilot.press("x")
            await until(pilot, lambda: desk.document.get("description") == "xFirst\nSecond")
            assert desk.fields == [("description", "xFirst\nSecond")]
            assert area.cursor_location == (0, 1)

    async def test_its_own_undo_wins_and_is_sent_up(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "description")
            await pilot.press("x")
            await until(pilot, lambda: desk.document.get("description") == "xDoes things.")
            await pilot.press("ctrl+z")
            await until(pilot, lambda: desk.document.get("description") == "Does things.")
            await pilot.press("ctrl+y")
            await until(pilot, lambda: desk.document.get("description") == "xDoes things.")

    async def test_backslash_n_that_is_typed_does_not_move_the_cursor(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "description")
            await pilot.press("a", "backslash", "n", "b")
            await until(pilot, lambda: desk.document.get("description") == "a\\nbDoes things.")
            assert area_of(desk, "description").text == "a\\nbDoes things."

    async def test_it_cannot_be_emptied_where_it_is_required(self) -> None:
        desk = Desk(agent_of("---\nname: one\ndescription: x\n---\n"))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "description")
            await pilot.press("delete")
            await until(pilot, lambda: desk.shows("description cannot be empty"))
            assert desk.fields == []

    async def test_it_grows_with_the_text(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test(size=(80, 40)) as pilot:
            await ready(pilot, desk)
            area = area_of(desk, "description")
            assert area.size.height == 3
            desk.change(description="word " * 60)
            await until(pilot, lambda: area.size.height > 3)
            desk.change(description="word " * 600)
            await until(pilot, lambda: area.size.height == 8)
            assert desk.shows("3000 chars · ≈751 tok")

    async def test_hidden_characters_make_it_read_only(self) -> None:
        desk = with_field('initialPrompt: "a\\u200bb"')
        async with desk.run_test(size=(80, 40)) as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "initialPrompt")
            await pilot.press("x")
            await until(pilot, lambda: desk.shows("a⟦ZWSP⟧b"))
            assert desk.shows("holds hidden characters: edit in Raw")
            assert desk.fields == []


class TestChoice:
    async def test_arrows_move_and_space_chooses(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "model")
            await pilot.press("right", "right")
            assert desk.fields == []
            await pilot.press("space")
            await until(pilot, lambda: desk.document.get("model") == "haiku")
            assert desk.shows("(•) haiku")

    async def test_the_first_choice_removes_the_field(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "color")
            await pilot.press("home", "enter")
            await until(pilot, lambda: not desk.document.has("color"))
            assert desk.shows("[-- none]")

    async def test_a_click_chooses(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            row = next(y for y, line in enumerate(desk.lines) if "RE red" in line)
            await pilot.click(offset=(desk.lines[row].index("RE red") + 3, row))
            await until(pilot, lambda: desk.document.get("color") == "red")

    async def test_an_illegal_word_is_a_choice_of_its_own(self) -> None:
        desk = with_field("color: magenta")
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.shows("[⚠ magenta]")
            assert desk.shows("anything else is silently no color")
            assert desk.fields == []

    async def test_inherit_and_absent_are_told_apart(self) -> None:
        desk = with_field("model: inherit")
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.shows("( ) not set")
            assert desk.shows("(•) inherit")
            desk.change(model=None)
            await until(pilot, lambda: not desk.shows("not set"))
            assert desk.shows("(•) inherit")

    async def test_another_model_is_typed_into_a_line(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "model")
            await pilot.press("end", "space")
            await until(pilot, lambda: desk.focused is line_of(desk, "model"))
            assert desk.fields == []
            assert desk.shows("model stays as it is until something is typed")
            await pilot.press("o", "p")
            await until(pilot, lambda: desk.document.get("model") == "op")
            await until(pilot, lambda: line_of(desk, "model")._suggestion == "opus")
            await pilot.press("right")
            await until(pilot, lambda: desk.document.get("model") == "opus")
            assert desk.focused is line_of(desk, "model")

    async def test_a_full_model_id_stands_in_the_line(self) -> None:
        desk = with_field("model: claude-opus-4-1")
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.shows("(•) other…")
            assert line_of(desk, "model").value == "claude-opus-4-1"

    async def test_effort_takes_a_number(self) -> None:
        desk = with_field("effort: high")
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "effort")
            await pilot.press("end", "space", "7")
            await until(pilot, lambda: desk.document.get("effort") == 7)
            await pilot.press("x")
            await until(pilot, lambda: desk.shows("effort takes low"))
            assert desk.document.get("effort") == 7

    async def test_true_and_false(self) -> None:
        desk = with_field('background: "true"')
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "background")
            assert desk.shows("(•) true")
            await pilot.press("right", "space")
            await until(pilot, lambda: desk.document.get("background") is False)

    async def test_an_empty_value_is_shown(self) -> None:
        desk = with_field("memory:")
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.shows("(•) (empty)")


class TestMembers:
    async def test_names_are_split_as_the_host_does(self) -> None:
        desk = with_field("tools: Read")
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            await focus(pilot, desk, "tools")
            await pilot.press("tab", "end", *", Bash(git a)")
            await until(pilot, lambda: desk.document.get("tools") == "Read, Bash(git a)")
            assert desk.fields[-1] == ("tools", ("Read", "Bash(git a)"))
            assert line_of(desk, "tools").value == "Read, Bash(git a)"

    async def test_all_some_none(self) -> None:
        desk = Desk(agent_of(BASIC))
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.shows("(•) all (field absent)")
            await focus(pilot, desk, "tools")
            await pilot.press("right", "space")
            await until(pilot, lambda: desk.shows("tools stays as it is until a name is typed"))
            assert desk.fields == []
            await pilot.press(*"Read")
            await until(pilot, lambda: desk.document.get("tools") == "Read")
            await pilot.press("shift+tab", "end", "space")
            await until(pilot, lambda: desk.document.get("tools") == [])
            await until(pilot, lambda: desk.shows("no tool at all: choose all, or name some"))
            await pilot.press("home", "space")
            await until(pilot, lambda: not desk.document.has("tools"))

    async def test_a_list_with_more_than_names_is_left_alone(self) -> None:
        desk = with_field("skills: [a, {b: c}]")
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert not await desk.pane.focus_field("skills")
            assert desk.shows("holds more than names: edit in Raw")
            assert desk.shows("[a, {b: c}]")

    @pytest.mark.parametrize(
        ("text", "whole"),
        [
            ("Gl", "Glob"),
            ("Read, We", "Read, WebFetch"),
            ("WebFetch, We", "WebFetch, WebSearch"),
            ("Read, ", None),
            ("", None),
            ("zz", None),
        ],
    )
    async def test_the_last_name_is_suggested(self, text: str, whole: str | None) -> None:
        assert await LastItem(TOOLS).get_suggestion(text) == whole


class TestNested:
    async def test_the_source_is_shown(self) -> None:
        desk = with_field("hooks:\n  Stop:\n    - hooks: []")
        async with desk.run_test() as pilot:
            await ready(pilot, desk)
            assert desk.shows("Stop:")
            assert desk.shows("nested YAML: edit in Raw")


@pytest.mark.parametrize("key", ["name", "description", "tools", "model", "color", "memory", "hooks", "version"])
async def test_hostile_values_are_shown_and_never_touched(key: str) -> None:
    desk = Desk(agent_of(BASIC))
    async with desk.run_test() as pilot:
        await ready(pilot, desk)
        for place, text in enumerate(HOSTILE):
            quoted = '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'
            desk.open(agent_of(f"---\n{key}: {quoted}\n---\n\nBody.\n", f"{place}.md"))
            await until(pilot, lambda: desk.pane._shown == desk.agent.ref)
            assert desk.document.get(key) == text
            assert desk.hidden == set()
        assert desk.got == []
