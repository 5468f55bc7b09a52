"""The title: counts, the budget as far as there is room, and what the marks would save."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from agent_studio.model.agent import Agent
from agent_studio.model.budget import budget
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from agent_studio.ui.gauge import Gauge, thousands
from agent_studio.ui.panes.title_bar import TitleBar
from tests.ui.waiting import until

ROOTS = (
    Root("project", "project", "/p/.claude/agents"),
    Root("user", "user", "/home/.claude/agents"),
    Root("plugin/x", "plugin", "/x", read_only=True, plugin="x"),
)


def agent(name: str, tokens: int, root: str = "user", path: str = "", read_only: bool = False) -> Agent:
    """An agent whose name and description take so many tokens."""
    words = "x" * (4 * tokens - len(name) - 2)
    text = f"---\nname: {name}\ndescription: {words}\n---\nbody\n"
    return Agent(Ref(root, path or f"{name}.md"), "/a.md", Document(text.encode()), read_only=read_only)


def library(*agents: Agent) -> Library:
    return Library(ROOTS, MappingProxyType({one.ref: one for one in agents}))


MANY = library(
    *(agent(f"agent-{n}", 700) for n in range(14)),
    agent("twin", 100, "project"),
    agent("twin", 300),
    agent("off", 900, path="off.md.parked"),
    agent("own", 50, "plugin/x", read_only=True),
)


async def title(held: Library, width: int, marks: frozenset[Ref] = frozenset(), place: str = "demo") -> str:
    """The first line."""

    class TitleApp(App[None]):
        def compose(self) -> ComposeResult:
            yield TitleBar()

    app = TitleApp()
    async with app.run_test(size=(width, 5)) as pilot:
        bar = app.query_one(TitleBar)
        bar.place = place
        bar.library, bar.agents, bar.marks = held, tuple(held), marks
        await until(pilot, lambda: bar.size.width == width - 2)
        line = bar.render().plain
        assert cell_len(line) == width - 2
        return line


async def test_the_budget_is_shown_where_there_is_room() -> None:
    assert (await title(MANY, 160)).endswith("  desc 9.9k/15k ▓▓▓▓░░")
    assert (await title(MANY, 80)).endswith("project 1  user 16  plugin 1  desc 9.9k/15k ▓▓▓▓░░")
    narrow = await title(MANY, 60)
    assert narrow.startswith("agent studio  demo  ")
    assert narrow.endswith("  project 1  user 16  plugin 1")
    assert await title(MANY, 40, place="") == "agent studio" + " " * 26


async def test_marks_show_what_parking_them_would_leave() -> None:
    marks = frozenset(Ref("user", f"agent-{n}.md") for n in range(10))
    assert (await title(MANY, 160, marks)).endswith("  desc 9.9k → 3k/15k ▓▓░░░░")
    assert (await title(MANY, 80, marks, "~/a/longer/place")).endswith("  desc 9.9k → 3k/15k")
    assert (await title(MANY, 66, marks, place="~/a/place")).endswith("  desc → 3k/15k")


async def test_of_a_path_the_end_is_kept() -> None:
    assert "agent studio  …s/api  " in await title(MANY, 67, place="~/shop/services/api")


def test_parking_hands_the_name_to_the_next_and_cannot_move_what_is_read_only() -> None:
    whole = budget(MANY)
    assert whole.total == 14 * 700 + 100 + 50
    twin, own, off = Ref("project", "twin.md"), Ref("plugin/x", "own.md"), Ref("user", "off.md.parked")
    assert Gauge.of(MANY, whole, {twin}) == Gauge(whole.total + 200, whole.limit, whole.total)
    assert Gauge.of(MANY, whole, {own}) == Gauge(whole.total, whole.limit)
    assert Gauge.of(MANY, whole, {off}).total == whole.total
    everything = Gauge.of(MANY, whole, MANY.agents.keys())
    assert everything.total == budget(MANY, [one.ref for one in MANY if not one.read_only]).total


def test_over_the_limit() -> None:
    held = library(*(agent(f"a{n}", 900) for n in range(20)))
    gauge = Gauge.of(held, budget(held), ())
    assert gauge.over
    assert next(gauge.drawn()).plain == "desc 18k/15k ▓▓▓▓▓▓"
    assert any("$text-error" in str(span.style) for span in next(gauge.drawn()).spans)
    assert list(Gauge(0, 15_000).drawn()) == []


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (999, "999"), (1_000, "1k"), (9_849, "9.8k"), (14_200, "14.2k")]
)
def test_thousands(number: int, said: str) -> None:
    assert thousands(number) == said
