"""The strip below the list: path, description, what is wrong, who else has the name."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from agent_studio.ui.panes.detail import DetailStrip
from tests.ui.waiting import until

ROOTS = (Root("project", "project", "/p/.claude/agents"), Root("user", "user", "/home/.claude/agents"))
HOSTILE = "\x1b[31m [/nope] [@click=app.bell]x[/] \u202e 日本語 👩\u200d💻 " + "x" * 2_000


def agent(fields: str, path: str = "/p/.claude/agents/a.md", root: str = "project", **more: Any) -> Agent:
    text = f"---\n{fields}---\nbody\n"
    return Agent(Ref(root, path.rpartition("/")[2]), path, Document(text.encode()), **more)


class DetailApp(App[None]):
    CSS = "DetailStrip { height: 5; }"

    def compose(self) -> ComposeResult:
        yield DetailStrip()

    @property
    def strip(self) -> DetailStrip:
        return self.query_one(DetailStrip)

    def show(self, *agents: Agent) -> None:
        self.strip.library = Library(ROOTS, MappingProxyType({agent.ref: agent for agent in agents}))
        self.strip.agent = agents[0] if agents else None

    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.strip.render().plain.split("\n")]


async def shown(*agents: Agent, width: int = 80) -> list[str]:
    """The lines for the first of some agents."""
    app = DetailApp()
    async with app.run_test(size=(width, 12)) as pilot:
        app.show(*agents)
        await until(pilot, lambda: app.strip.size.width == width - 2)
        lines = app.lines()
        assert len(lines) == (5 if agents else 1)
        assert all(cell_len(line) <= width - 2 for line in lines)
        return lines


async def test_path_scope_color_and_description() -> None:
    first, *rest = await shown(agent("name: a\ndescription: what it does\ncolor: blue\n"))
    assert first.startswith("/p/.claude/agents/a.md  ")
    assert first.endswith("  project · BL blue")
    assert rest == ["what it does", "", "", ""]


async def test_home_is_a_tilde(home: Path) -> None:
    first, *_ = await shown(agent("name: a\ndescription: b\n", f"{home}/.claude/agents/a.md", "user", read_only=True))
    assert first.startswith("~/.claude/agents/a.md ")
    assert first.endswith(" user · read-only · -- no color")


async def test_of_a_long_path_the_end_is_kept() -> None:
    first, *_ = await shown(agent("name: a\ndescription: b\n", f"/{'deep/' * 40}agents/日本語.md"), width=50)
    assert first.startswith("…")
    assert "agents/日本語.md " in first


async def test_a_long_description_ends_in_an_ellipsis() -> None:
    lines = await shown(agent(f"name: a\ndescription: {'word ' * 300}\n"))
    assert lines[4].endswith("word…")
    assert not lines[3].endswith("…")


async def test_what_is_wrong_and_twins_take_room_from_the_description() -> None:
    mine = agent(f"name: a\ndescription: {'word ' * 300}\ncolor: magenta\n")
    twins = [agent("name: a\ndescription: b\n", f"/home/.claude/agents/{n}.md", "user") for n in "xyz"]
    lines = await shown(mine, *twins)
    assert lines[0].endswith("?? magenta")
    assert lines[2].endswith("…")
    assert lines[3].startswith('⚠ color "magenta" is unknown')
    assert lines[4].startswith("⇄ wins over user:x.md and 2 more  ")
    assert lines[4].endswith("  = to compare")


async def test_why_another_one_wins() -> None:
    mine = agent("name: a\ndescription: b\n", "/home/.claude/agents/a.md", "user")
    lines = await shown(mine, agent("name: a\ndescription: b\n"))
    assert lines[4].startswith("⇄ shadowed by project:a.md: project wins over user  ")


async def test_a_built_in_agent_that_is_replaced_is_nothing_to_compare_with() -> None:
    lines = await shown(agent("name: Explore\ndescription: b\n"))
    assert lines[4] == "⇄ replaces the built-in agent Explore"


async def test_parked() -> None:
    lines = await shown(agent("name: a\ndescription: b\n", "/p/.claude/agents/a.md.parked"), agent("name: a\n"))
    assert lines[3].startswith("○ parked: ")
    assert lines[4].startswith("⇄ project:a.md: same name ")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("name: a\n", "✖ it has no description"),
        ("name: a\ndescription: b: c\n", "~ not valid YAML ("),
    ],
)
async def test_verdicts(fields: str, said: str) -> None:
    lines = await shown(agent(fields))
    assert lines[4].startswith(said)
    if "description" not in fields:
        assert lines[1] == "no description"


async def test_no_agent_is_a_blank_strip() -> None:
    assert await shown() == [""]


@pytest.mark.parametrize("width", [30, 80])
async def test_hostile_text_stays_text(width: int) -> None:
    quoted = '"' + "".join(f"\\U{ord(char):08x}" for char in HOSTILE) + '"'
    odd = agent(f"name: {quoted}\ndescription: {quoted}\ncolor: {quoted}\n", f"/p/{HOSTILE[:60]}/a.md")
    twin = agent(f"name: {quoted}\ndescription: b\n", f"/home/{HOSTILE[:20].replace('/', '')}.md", "user")
    lines = await shown(odd, twin, width=width)
    assert not any(char in "".join(lines) for char in "\x1b\u202e\u200d")
    assert "[/nope]" in lines[1]
