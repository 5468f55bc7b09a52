"""The list: cursor, marks, columns, and that a long one costs no more than a short one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

import pytest
from textual import events, on
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from agent_studio.model.session import Draft
from agent_studio.ui.panes.agent_list import AgentList
from tests.ui.waiting import until

NOW = 1_800_000_000.0
ROOTS = (Root("project", "project", "/p/.claude/agents"), Root("user", "user", "/home/.claude/agents"))
HOSTILE = (
    "\x1b]0;title\x07\x1b[31mred",
    "[/nope] [b",
    "[@click=app.bell]x[/]",
    "\u202eRLO\u200bZWSP",
    "日本語のとても長い名前を持つエージェント",
    "👩\u200d💻 ⚠️ e\u0301",
    "x" * 2_000,
)


def agent(name: str, fields: str = "", root: str = "user", **more: Any) -> Agent:
    """An agent with a name, a description and more lines in its header."""
    text = f"---\nname: {name}\ndescription: about {name}\n{fields}---\nbody\n"
    return Agent(Ref(root, f"{name}.md"), f"/{root}/{name}.md", Document(text.encode()), mtime=NOW - 7_200, **more)


def numbered(count: int) -> tuple[Agent, ...]:
    document = agent("same").document
    return tuple(Agent(Ref("user", f"a{n}.md"), f"/user/a{n}.md", document, mtime=NOW) for n in range(count))


class Watched(AgentList):
    """A list that counts the lines it draws."""

    drawn = 0

    def render_line(self, y: int) -> Strip:
        self.drawn += 1
        return super().render_line(y)


class ListApp(App[None]):
    """A list whose owner answers picks, as a screen does."""

    def __init__(self, agents: Sequence[Agent] = (), answers: bool = True) -> None:
        super().__init__()
        self.list = Watched(now=lambda: NOW)
        self.first = tuple(agents)
        self.answers = answers
        self.picked: list[str] = []
        self.opened: list[Ref] = []

    def compose(self) -> ComposeResult:
        with Vertical(), Vertical():  # as deep as on the real screen: an answer takes its time
            yield self.list
        yield Input()

    def on_mount(self) -> None:
        self.list.styles.height = 20
        self.list.library = Library(ROOTS, MappingProxyType({agent.ref: agent for agent in self.first}))
        self.show(self.first)
        self.list.cursor = self.first[0].ref if self.first else None
        self.list.focus()

    def show(self, agents: Sequence[Agent]) -> None:
        self.list.places = {agent.ref: place for place, agent in enumerate(agents)}
        self.list.agents = tuple(agents)

    @on(AgentList.Picked)
    def answer(self, event: AgentList.Picked) -> None:
        self.picked.append(event.ref.path)
        if self.answers:
            self.list.cursor = event.ref

    @on(AgentList.Opened)
    def note(self, event: AgentList.Opened) -> None:
        self.opened.append(event.ref)


def lines(app: ListApp) -> list[str]:
    """What the list shows, line by line."""
    return [app.list.render_line(y).text for y in range(app.list.size.height)]


def has_width(app: ListApp, width: int) -> bool:
    return app.list.size.width == width


def under_cursor(app: ListApp) -> str:
    """The line with the cursor sign."""
    return next((line for line in lines(app) if line.startswith("▶")), "")


async def test_a_row_says_what_there_is() -> None:
    agents = (
        agent("plain"),
        agent("full", "model: opus\ncolor: green\ntools: Read, Bash\n", root="project"),
        agent("none", "tools: []\n"),
        agent("locked", read_only=True),
        Agent(Ref("user", "open.md"), "/user/open.md", Document(b"---\nname: open\n"), mtime=NOW),
        agent("twin", root="user"),
        replace(agent("twin"), ref=Ref("project", "twin.md")),
    )
    async with ListApp(agents).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        full = agents[1].ref
        app.list.marks = frozenset({full})
        app.list.drafts = {full: Draft(agents[1], agents[1].document)}
        app.list.outside = frozenset({full})
        await pilot.pause()
        title, *rows = [line.split() for line in lines(app)]
        assert title == ["NAME", "MODEL", "TOOLS", "SCOPE", "AGE", "STATE"]
        assert rows[0] == ["▶", "--", "plain", "inherit", "all", "user", "2h"]
        assert rows[1] == ["✓", "GR", "full", "opus", "2", "project", "2h", "●", "≠"]
        assert rows[2] == ["--", "none", "inherit", "none", "user", "2h", "⚠", "tools"]
        assert rows[3] == ["--", "locked", "inherit", "all", "user", "2h", "ro"]
        assert rows[4] == ["--", "open", "–", "–", "user", "now", "✖", "fence"]
        assert rows[5] == ["--", "twin", "inherit", "all", "user", "2h", "⇄2", "shadowed"]
        assert rows[6] == ["--", "twin", "inherit", "all", "project", "2h", "⇄2"]


async def test_who_is_taken_and_who_is_not() -> None:
    def twin(path: str, root: str) -> Agent:
        return replace(agent("twin", "color: red\n"), ref=Ref(root, path))

    agents = (twin("a.md", "user"), twin("a.md", "project"), twin("b.md.parked", "user"), agent("alone"))
    read_order = (twin("a.md", "project"), twin("b.md", "project"))
    async with ListApp(agents).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        assert lines(app)[1].rstrip().endswith("⇄2 shadowed")
        assert lines(app)[2].rstrip().endswith("⇄2")
        assert lines(app)[3].rstrip().endswith(" parked")
        muted = app.list.get_component_rich_style("agents--muted")
        await pilot.press("j")
        for y in (1, 3):
            assert {segment.style for segment in app.list.render_line(y) if segment.text.strip()} == {muted}
        app.list.library = Library(ROOTS, MappingProxyType({one.ref: one for one in read_order}))
        app.show(read_order)
        await pilot.pause()
        assert [line.split()[-3:] for line in lines(app)[1:3]] == [["⇄2", "read", "order"]] * 2
        warning = app.list.get_component_rich_style("agents--warning")
        assert any(segment.style == warning for segment in app.list.render_line(2))


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("width", [30, 80])
async def test_hostile_text_stays_text(hostile: str, width: int) -> None:
    quoted = '"' + "".join(f"\\U{ord(char):08x}" for char in hostile) + '"'
    text = f"---\nname: {quoted}\ndescription: {quoted}\nmodel: {quoted}\ncolor: {quoted}\n---\n".encode()
    odd = Agent(Ref("user", f"{hostile[:40]}.md"), "/a.md", Document(text), mtime=NOW)
    async with ListApp([odd]).run_test(size=(width, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        await until(pilot, lambda: "▶" in under_cursor(app))
        row = app.list.render_line(1)
        assert row.cell_length == app.list.scrollable_content_region.width
        assert not any(char in row.text for char in "\x1b\x07\u202e\u200b\u200d")
        if width == 80 and hostile.startswith("["):
            assert hostile[:7] in row.text


async def test_themes_and_widths_draw_every_line_full() -> None:
    agents = (agent("red", "color: red\n"), agent("odd", "color: magenta\n"))
    app = ListApp(agents)
    async with app.run_test(size=(200, 24)) as pilot:
        for theme in ("textual-dark", "textual-light", "ansi-dark", "ansi-light"):
            app.theme = theme
            for width in (30, 46, 80, 200):
                await pilot.resize_terminal(width, 24)
                await until(pilot, partial(has_width, app, width))
                room = app.list.scrollable_content_region.width
                assert {app.list.render_line(y).cell_length for y in range(20)} == {room}


async def test_without_color_the_cursor_is_reversed_and_tags_are_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TEXTUAL_THEME", "ansi-dark")
    app = ListApp((agent("a", "color: red\n"), agent("b", "color: red\n")))
    async with app.run_test() as pilot:
        await until(pilot, lambda: under_cursor(app) != "")
        assert all(segment.style and segment.style.reverse for segment in app.list.render_line(1))
        tag = next(segment for segment in app.list.render_line(2) if segment.text == "RE")
        plain = app.list.render_line(2)._segments[-1].style
        assert tag.style
        assert plain
        assert tag.style.bold
        assert tag.style.color == plain.color


async def test_the_cursor_is_drawn_otherwise_without_focus() -> None:
    app = ListApp(numbered(3))
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.list.has_focus)
        focused = app.list.render_line(1)._segments[0].style
        app.query_one(Input).focus()
        await until(pilot, lambda: not app.list.has_focus)
        assert app.list.render_line(1)._segments[0].style != focused
        assert under_cursor(app)


async def test_nothing_matches() -> None:
    app = ListApp()
    async with app.run_test() as pilot:
        assert "".join(lines(app)).strip().startswith("NAME")
        assert "nothing matches" not in "".join(lines(app))
        app.list.filtered = True
        await pilot.pause()
        assert "nothing matches — esc clears the filter" in "".join(lines(app))
        await pilot.press("j", "G", "ctrl+d", "k", "g")
        assert app.picked == []


# The cursor


async def test_keys_move_the_cursor() -> None:
    app = ListApp(numbered(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "down", "k", "G", "up", "g", "ctrl+d", "pageup", "end", "home")
        await until(pilot, lambda: len(app.picked) == 10)
        half = (20 - 1) // 2
        moved = [1, 2, 1, 99, 98, 0, half, 0, 99, 0]
        assert app.picked == [f"a{n}.md" for n in moved]
        await pilot.press("k")
        assert len(app.picked) == 10  # there is no agent above the first


async def test_scrolls_no_more_than_needed() -> None:
    app = ListApp(numbered(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["j"] * 18)
        assert app.list.scroll_offset.y == 0
        await pilot.press("j")
        assert app.list.scroll_offset.y == 1
        await pilot.press("G")
        await until(pilot, lambda: lines(app)[-1].startswith("▶"))
        assert lines(app)[0].strip().startswith("NAME")


async def one_turn() -> None:
    """Let each task of the app run once: too few for an answer to be back."""
    done = asyncio.Event()
    asyncio.get_running_loop().call_soon(done.set)
    await done.wait()


async def test_a_burst_of_keys_loses_none() -> None:
    app = ListApp(numbered(500))
    async with app.run_test() as pilot:
        for _ in range(200):
            app.list.action_down()
            await one_turn()
        await until(pilot, lambda: len(app.picked) == 200)
        await until(pilot, lambda: app.list.cursor == Ref("user", "a200.md"))
        assert app.list.cursor == Ref("user", "a200.md")


async def test_what_the_owner_sets_late_does_not_take_the_cursor_back() -> None:
    app = ListApp(numbered(9), answers=False)
    async with app.run_test() as pilot:
        first, second, third = (Ref("user", f"a{n}.md") for n in range(3))
        await pilot.press("j", "j")
        app.list.cursor = first  # says nothing new
        assert app.list.cursor == third
        app.list.cursor = second  # the answer to the first key
        assert app.list.cursor == third
        app.list.cursor = third
        app.list.cursor = first  # everything was answered: this is another wish
        assert app.list.cursor == first
        assert "same" in under_cursor(app)


async def test_a_move_draws_two_lines() -> None:
    app = ListApp(numbered(5_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        app.list.drawn = 0
        await pilot.press("j")
        await until(pilot, lambda: app.picked == ["a1.md", "a2.md"])
        await pilot.pause()
        assert 0 < app.list.drawn <= 2
        app.list.drawn = 0
        await pilot.press("G")
        await until(pilot, lambda: app.list.scroll_offset.y > 4_900)
        await pilot.pause()
        assert app.list.drawn <= 3 * 20


async def test_the_cursor_stays_on_its_agent_and_line() -> None:
    agents = numbered(100)
    app = ListApp(agents)
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.cursor = agents[50].ref
        await pilot.pause()
        line = lines(app).index(under_cursor(app))
        app.show(agents[10:])
        await pilot.pause()
        assert lines(app).index(under_cursor(app)) == line
        assert app.list.scroll_offset.y + line - 1 == 40


async def test_a_shorter_list_is_not_scrolled_past_its_end() -> None:
    agents = numbered(100)
    app = ListApp(agents)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        app.show(agents[:5])
        app.list.cursor = agents[4].ref
        await until(pilot, lambda: app.list.scroll_offset.y == 0)
        assert lines(app)[5].startswith("▶")
        app.show(())
        app.list.cursor = None
        await pilot.pause()
        assert under_cursor(app) == ""


async def test_agents_may_come_before_the_first_layout() -> None:
    app = ListApp(numbered(100))
    app.first = app.first[60:] + app.first[:60]
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.cursor = Ref("user", "a59.md")
        await until(pilot, lambda: under_cursor(app) != "")


# The mouse


async def click(pilot: Pilot[None], y: int) -> None:
    await pilot.click(AgentList, offset=(10, y))


async def test_a_click_picks_and_a_second_one_opens() -> None:
    app = ListApp(numbered(9))
    async with app.run_test(size=(80, 24)) as pilot:
        await click(pilot, 3)
        await until(pilot, lambda: app.picked == ["a2.md"])
        assert app.opened == []
        await click(pilot, 3)
        await until(pilot, lambda: app.opened == [Ref("user", "a2.md")])
        await click(pilot, 0)
        await click(pilot, 15)
        assert app.picked == ["a2.md"]


async def test_the_click_that_brings_the_focus_opens_nothing() -> None:
    app = ListApp(numbered(9))
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Input).focus()
        await until(pilot, lambda: not app.list.has_focus)
        await click(pilot, 1)
        await until(pilot, lambda: app.list.has_focus)
        assert app.opened == []
        await click(pilot, 1)
        await until(pilot, lambda: len(app.opened) == 1)


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    app = ListApp(numbered(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot._post_mouse_events([events.MouseScrollDown], AgentList, offset=(5, 5))
        await until(pilot, lambda: app.list.scroll_offset.y > 0)
        assert app.picked == []
        assert app.list.cursor == Ref("user", "a0.md")
        await pilot.press("j")
        await until(pilot, lambda: under_cursor(app) != "")
