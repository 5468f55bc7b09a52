"""Where an agent loads and what of it the model is given: both as the host has it, and as text."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from agent_studio.ui.given import Given
from agent_studio.ui.panes.preview import Mode, Preview, PreviewTitle
from agent_studio.ui.source_view import SourceView
from tests.ui.waiting import until

ROOTS = (
    Root("project", "project", "/p/api/.claude/agents"),
    Root("project/p", "project", "/p/.claude/agents"),
    Root("user", "user", "/home/.claude/agents"),
    Root("plugin/x", "plugin", "/x", read_only=True, plugin="x"),
    Root("plugin/off", "plugin", "/off", read_only=True, plugin="off", idle="it is disabled in the settings"),
    Root("folder", "folder", "/any"),
)
HOSTILE = "\x1b[31m [/nope] [@click=app.bell]x[/] \u202e\u200b 日本語 👩\u200d💻 " + "x" * 300


def agent(
    name: str, root: str = "user", path: str = "", fields: str = "", body: str = "\n\nDo it.\n", **more: Any
) -> Agent:
    quoted = '"' + "".join(f"\\U{ord(char):08x}" for char in name) + '"'
    text = f"---\nname: {quoted}\ndescription: about it\n{fields}---\n{body}"
    home = next(held.path for held in ROOTS if held.name == root)
    path = path or f"{name}.md"
    return Agent(Ref(root, path), f"{home}/{path}", Document(text.encode()), **more)


class WhereApp(App[None]):
    CSS = "Preview { height: 1fr; }"

    def __init__(self, *agents: Agent, mode: Mode = "where", given: str = "") -> None:
        super().__init__()
        self.agents = agents
        self.library = Library(ROOTS, MappingProxyType({one.ref: one for one in agents}), frozenset({given} - {""}))
        self.first_mode = mode

    def compose(self) -> ComposeResult:
        yield Preview()

    @property
    def pane(self) -> Preview:
        return self.query_one(Preview)

    def on_mount(self) -> None:
        self.pane.library = self.library
        self.pane.mode = self.first_mode
        self.show(self.agents[0])

    def show(self, agent: Agent) -> None:
        self.pane.agent, self.pane.document = agent, agent.document

    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).strip() for strip in strips]


async def shown(*agents: Agent, mode: Mode = "where", given: str = "", width: int = 80) -> list[str]:
    """What stands on the screen for the first of some agents."""
    app = WhereApp(*agents, mode=mode, given=given)
    async with app.run_test(size=(width, 30)) as pilot:
        sign = "─ Tokens" if mode == "where" else "─ "
        await until(pilot, lambda: any(line.startswith(sign) for line in app.lines()))
        return app.lines()


def row(lines: list[str], label: str) -> str:
    """What stands beside a label, blanks squeezed."""
    return " ".join(next(line for line in lines if line.startswith(f"{label} ")).removeprefix(label).split())


async def test_each_place_in_the_order_of_the_host_and_who_wins() -> None:
    mine = agent("Explore")
    near, far = agent("Explore", "project"), agent("Explore", "project/p", "far/a.md")
    others = (near, far, agent("Explore", "plugin/x"), agent("Explore", "user", "old.md.parked"))
    lines = await shown(mine, *others, width=120)
    assert lines[1].startswith("○ Claude Code does not take it: shadowed by project:Explore.md: project wins over user")
    start = lines.index(next(line for line in lines if line.startswith("─ Where it loads ")))
    assert [" ".join(line.split()) for line in lines[start + 1 : start + 9]] == [
        "managed –",
        "--agents –",
        "project /p/api/.claude/agents/Explore.md ← wins",
        "project/p /p/.claude/agents/far/a.md shadowed",
        "user this file shadowed",
        "/home/.claude/agents/old.md.parked parked",
        "plugin –",
        "built-in an agent of this name shadowed",
    ]
    assert row(lines, "description") == "≈4 · not given to the model"


async def test_the_one_that_wins() -> None:
    lines = await shown(agent("a", "project"), agent("a"))
    assert lines[1] == "✔ Claude Code loads it as it is written"
    assert row(lines, "project") == "this file ← wins"
    assert row(lines, "user") == "/home/.claude/agents/a.md shadowed"
    assert "⇄ wins over user:a.md" in lines
    assert row(lines, "description") == "≈3 · 0.0 % of the budget of 15k"
    assert row(lines, "body") == "≈3 · when it runs"


async def test_given_on_the_command_line_or_built_in() -> None:
    lines = await shown(agent("a"), given="a")
    assert row(lines, "--agents") == "an agent of this name ← wins"
    assert row(lines, "user") == "this file shadowed"
    lines = await shown(agent("Explore", path="a.md.parked"))
    assert lines[1].startswith("○ parked: ")
    assert lines[1].endswith(" · x unparks it") or lines[2].endswith("x unparks it")
    assert row(lines, "built-in") == "an agent of this name ← wins"


async def test_a_plugin_has_names_of_its_own_and_may_not_be_read() -> None:
    lines = await shown(agent("a", "plugin/x", plugin="x"))
    assert row(lines, "plugin/x") == "this file ← wins"
    lines = await shown(agent("a", "plugin/off", plugin="off"))
    assert lines[1] == "○ Claude Code does not take it: it is disabled in the settings"
    assert row(lines, "plugin/off") == "this file not read"


async def test_a_folder_that_was_opened_by_hand_stands_alone() -> None:
    lines = await shown(agent("a", "folder"), agent("a"))
    assert row(lines, "folder") == "this file ← wins"
    assert "Claude Code does not look into this folder: it was opened by hand" in lines
    assert not any(line.startswith("user") for line in lines)


async def test_every_loss_and_what_older_releases_make_of_it() -> None:
    lossy = agent("a", fields="color: magenta\nmodle: opus\n")
    lines = await shown(replace(lossy, document=Document(b"\xef\xbb\xbf" + lossy.document.data)), width=120)
    assert lines[1] == "⚠ Claude Code can read it, but not all of it counts:"
    assert lines[2].startswith('· color "magenta" is unknown')
    assert lines[3] == "· modle is no field of Claude Code and is ignored: model is, and stays inherit"
    assert lines[4] == "· 2.1.197 drops it: a BOM stands before the first line"


async def test_a_dropped_file_and_one_that_is_no_agent() -> None:
    dropped = Agent(Ref("user", "a.md"), "/home/a.md", Document(b"---\nname: a\n---\n"))
    lines = await shown(dropped, agent("a", "project"))
    assert lines[1] == "✖ Claude Code drops it: it has no description"
    assert row(lines, "user") == "this file dropped"
    assert row(lines, "project") == "/p/api/.claude/agents/a.md ← wins"


@pytest.mark.parametrize("mode", ["where", "given"])
@pytest.mark.parametrize("width", [40, 100])
async def test_hostile_text_stays_text(mode: Mode, width: int) -> None:
    odd = agent(HOSTILE, path="a.md", fields='color: "\\x1b[31m"\n', body=HOSTILE)
    lines = await shown(odd, agent(HOSTILE, "project", f"{HOSTILE[:40]}.md"), mode=mode, width=width)
    assert not any(char in "".join(lines) for char in "\x1b\u202e\u200b\u200d")
    assert max(map(cell_len, lines)) <= width


async def test_another_agent_keeps_the_view() -> None:
    one, two = agent("one"), agent("two")
    app = WhereApp(one, two)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: any("user" in line for line in app.lines()))
        app.pane.mode = "given"
        await until(pilot, lambda: app.query_one(SourceView).text.count("- one: about it") == 1)
        assert app.query_one(PreviewTitle).render().plain == "GIVEN · p source · w where"
        app.show(two)
        await until(pilot, lambda: "- two: about it (Tools: All tools)" in app.lines())
        app.pane.document = two.document.with_body("A draft.\n")
        await until(pilot, lambda: "A draft." in app.query_one(SourceView).text)
        app.pane.mode = "source"
        await until(pilot, lambda: app.query_one(SourceView).text == "A draft.\n")


async def test_the_keys_of_the_list_scroll_it() -> None:
    app = WhereApp(agent("a"))
    async with app.run_test(size=(80, 8)) as pilot:
        app.pane.focus()
        await until(pilot, lambda: app.lines()[1].startswith("✔"))
        await pilot.press("G")
        await until(pilot, lambda: any(line.startswith("body") for line in app.lines()))
        await pilot.press("g")
        await until(pilot, lambda: app.lines()[1].startswith("✔"))


# What the model is given


def test_entry_and_prompt_as_sent() -> None:
    held = agent("a", fields="tools: Read\n", body="\n\ufeff\n  You work.\n\nWell. \n\n")
    given = Given.of(held, Library(ROOTS, MappingProxyType({held.ref: held})).standing(held))
    head, entry, blank, caption, *prompt = given.text.split("\n")
    assert head == "In every conversation · ≈3 tok"
    assert entry == "- a: about it (Tools: Read)"
    assert blank == ""
    assert caption == "System prompt, when it runs · ≈4 tok"
    assert prompt == ["You work.", "", "Well."]
    assert given.captions == {0: 0, 3: 8}


async def test_captions_are_told_from_the_text_and_lines_are_numbered_as_in_the_file() -> None:
    lines = await shown(agent("a", body="\n\n<!-- open\n"), mode="given")
    assert lines[1].startswith("─ In every conversation · ≈3 tok ───")
    assert lines[2] == "- a: about it (Tools: All tools)"
    assert lines[4].startswith("─ System prompt, when it runs · ≈3 tok ───")
    assert lines[5] == "7 <!-- open"


@pytest.mark.parametrize(
    ("agents", "why"),
    [
        ((Agent(Ref("user", "a.md"), "/a.md", Document(b"---\nname: a\n---\nx")),), "it has no description"),
        ((agent("a"), agent("a", "project")), "shadowed by project:a.md: project wins over user"),
        ((agent("a", path="a.md.parked"),), "parked: out of Claude Code's sight until it is unparked"),
    ],
)
def test_what_is_not_given_is_said(agents: tuple[Agent, ...], why: str) -> None:
    library = Library(ROOTS, MappingProxyType({one.ref: one for one in agents}))
    text = Given.of(agents[0], library.standing(agents[0])).text
    assert text == f"Nothing of this file is given to the model\n\n{why}"
