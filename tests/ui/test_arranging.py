"""The list in sections, saved views, the clipboard, other folders; and all of it as it was the last time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from agent_studio.model.ref import Ref
from agent_studio.model.sort import Sort
from agent_studio.store.arrangement import Arrangement, arrangement, keep
from agent_studio.store.roots import find_roots
from agent_studio.ui.app import StudioApp
from agent_studio.ui.dialogs.ask import Ask
from agent_studio.ui.dialogs.change_view import ChangeView
from agent_studio.ui.dialogs.pick import Pick
from agent_studio.ui.dialogs.rows import Rows
from agent_studio.ui.panes.agent_list import AgentList
from tests.ui.conftest import REVIEWER, Studio
from tests.ui.driving import Driver


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY", "AGENT_STUDIO_CONFIG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def lines(driver: Driver) -> list[str]:
    """What the list shows below the names of the columns, up to the column of the model."""
    agents = driver.main.query_one(AgentList)
    drawn = (agents.render_line(y).text for y in range(1, agents.size.height))
    return [line[:28].replace("▶", " ").strip() for line in drawn if line.strip()]


async def test_headings_stand_between_agents_and_the_cursor_skips_them(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("b", "m")
        await driver.until(lambda: driver.session.listing.group == "model")
        await driver.until(lambda: lines(driver)[0] == "sonnet  1")
        assert [line.split()[-1] if line.startswith("--") else line for line in lines(driver)][2] == "no model  2"
        await driver.press("g")
        visited = []
        for _ in range(3):
            agent = driver.session.current
            assert agent is not None
            visited.append(agent.name)
            await driver.press("j")
            await driver.pilot.pause()
        assert visited == [agent.name for agent in driver.session.shown]
        agents = driver.main.query_one(AgentList)
        await driver.pilot.click(AgentList, offset=(10, 1))
        assert agents.cursor == driver.session.shown[-1].ref  # a click on a heading picks nothing
        await driver.pilot.click(AgentList, offset=(10, 2))
        await driver.until(lambda: driver.session.cursor == driver.session.shown[0].ref)
        await driver.press("b", "0")
        await driver.until(lambda: len(lines(driver)) == 3)


async def test_in_a_long_list_the_cursor_stays_in_view_under_its_heading(studio: Studio, folder: Path) -> None:
    for number in range(60):
        text = REVIEWER.replace(b"reviewer", b"agent%02d" % number).replace(b"sonnet", b"model%d" % (number // 6))
        (folder / f"agent{number:02}.md").write_bytes(text)
    async with studio() as driver:
        await driver.press("b", "m")
        await driver.until(lambda: driver.session.listing.group == "model")
        agents = driver.main.query_one(AgentList)
        await driver.until(lambda: lines(driver)[0].startswith("model0"))
        for key, place in (("G", -1), ("g", 0)):
            await driver.press(key)
            agent = driver.session.shown[place]
            await driver.until(lambda agent=agent: driver.session.cursor == agent.ref)  # type: ignore[misc]
            shown = [agents.render_line(y).text for y in range(1, agents.size.height)]
            assert sum(line.startswith("▶") and agent.name in line for line in shown) == 1
        await driver.until(lambda: lines(driver)[0].startswith("model0"))


async def test_order_and_sections_come_back_unless_a_fresh_start_is_asked_for(studio: Studio, folder: Path) -> None:
    async with studio() as driver:
        await driver.press("s", "n", "b", "c", "slash", *"er", "enter", "G", "W")
        await driver.until(
            lambda: driver.session.filter == "er" and driver.session.cursor == Ref("folder", "tester.md")
        )
        await driver.until(lambda: arrangement() == Arrangement(Sort("name"), "color"))
    async with studio() as driver:
        assert (driver.session.sort, driver.session.listing.group) == (Sort("name"), "color")
        assert (driver.session.filter, driver.session.cursor) == ("er", Ref("folder", "tester.md"))
        assert driver.main.broad
        await driver.press("escape")
        await driver.until(lambda: not driver.session.filter)
        assert len(lines(driver)) == 5
    app = StudioApp(find_roots([folder], folder, {}, folder / "nobody"), fresh=True)
    async with app.run_test() as pilot:
        driver = Driver(app, pilot, folder)
        await driver.until(lambda: driver.is_loaded)
        assert (driver.session.sort, driver.session.listing.group) == (Sort(), None)
        assert driver.session.cursor == driver.session.shown[0].ref


@pytest.mark.parametrize("text", ["", "{", "[]", '{"sort": 1}', '{"sort": "x", "reverse": false, "group": "y"}'])
def test_what_cannot_be_understood_is_the_plain_list(state: Path, text: str) -> None:
    keep(Arrangement(Sort("age", reverse=True), "folder"))
    assert arrangement() == Arrangement(Sort("age", reverse=True), "folder")
    (file,) = (state / "state" / "agent-studio").glob("*.json")
    file.write_text(text)
    assert arrangement() == Arrangement()


async def test_a_saved_view_is_one_of_a_list(studio: Studio, state: Path) -> None:
    async with studio() as driver:
        await driver.press("apostrophe")
        await driver.until(lambda: "[views]" in driver.said)
        (state / "config" / "agent-studio").mkdir(parents=True)
        (state / "config" / "agent-studio" / "config.toml").write_text(
            '[views]\nall = "sort:name"\n"x[/nope]" = "model:sonnet group:model"\n'
        )
        await driver.press("apostrophe")
        await driver.until(lambda: isinstance(driver.app.screen, Rows))
        await driver.press("j", "enter")
        await driver.until(lambda: driver.session.filter == "model:sonnet group:model")
        await driver.until(lambda: [agent.name for agent in driver.session.shown] == ["reviewer"])
        assert lines(driver)[0] == "sonnet  1"


@pytest.mark.parametrize("key", "pncaj")
async def test_parts_of_agents_go_to_the_clipboard(studio: Studio, folder: Path, key: str) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("y", key)
        await driver.until(lambda: "OSC 52" in driver.said)
        copied = driver.app.clipboard
        if key == "j":
            assert json.loads(copied)["reviewer"]["prompt"] == "You review changes."
        else:
            path = str(folder / "reviewer.md")
            texts = {"p": path, "n": "reviewer", "c": REVIEWER.decode(), "a": "@agent-reviewer"}
            assert copied == texts[key]


async def test_half_a_character_is_copied_as_a_question_mark(studio: Studio, folder: Path) -> None:
    (folder / "half.md").write_bytes(b'---\nname: half\ndescription: "x\\uD800y"\n---\nBody\n')
    async with studio() as driver:
        await driver.go_to("half")
        await driver.press("y", "j")
        await driver.until(lambda: "OSC 52" in driver.said)
        assert json.loads(driver.app.clipboard)["half"]["prompt"] == "Body"


async def test_marked_agents_move_together_and_nothing_in_the_way_is_replaced(tmp_path: Path) -> None:
    project, home = tmp_path / "shop", tmp_path / "home"
    ours, theirs = project / ".claude" / "agents", home / ".claude" / "agents"
    (project / ".git").mkdir(parents=True)
    for place, names in ((ours, ["taken"]), (theirs, ["taken", "one", "two"])):
        place.mkdir(parents=True)
        for name in names:
            (place / f"{name}.md").write_bytes(REVIEWER.replace(b"reviewer", name.encode()))
    app = StudioApp(find_roots([], project, {}, home))
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot, project)
        await driver.until(lambda: driver.is_loaded)
        driver.main.session = driver.session.marked(Ref("user", f"{name}.md") for name in ("taken", "one", "two"))
        await driver.press("M", "m", "p")
        await driver.until(lambda: "move 2 agents to project" in driver.said)
        assert "exists already" in driver.said
        assert sorted(path.name for path in ours.iterdir()) == ["one.md", "taken.md", "two.md"]
        assert [path.name for path in theirs.iterdir()] == ["taken.md"]
        await driver.press("u")
        await driver.until((theirs / "one.md").exists)
        assert [path.name for path in ours.iterdir()] == ["taken.md"]


async def test_agents_of_a_folder_are_taken_over_after_a_review(studio: Studio, folder: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "reviewer.md").write_bytes(REVIEWER.replace(b"sonnet", b"opus"))
    (there / "one.md").write_bytes(REVIEWER.replace(b"reviewer", b"one"))
    (there / "tester.md").write_bytes((folder / "tester.md").read_bytes())
    async with studio() as driver:
        await driver.press("I")
        await driver.until(lambda: isinstance(driver.app.screen, Ask))
        driver.app.screen.query_one(Input).value = str(there)
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, Pick))
        told = str(driver.app.screen.query_one(Static).content)
        assert "1 new, 1 otherwise here, 1 the same here" in told
        await driver.press("a")
        await driver.until(lambda: isinstance(driver.app.screen, ChangeView))
        assert not (folder / "one.md").exists()
        await driver.press("enter")
        await driver.until(lambda: "import 2 agents to folder" in driver.said)
        assert b"model: opus" in (folder / "reviewer.md").read_bytes()
        await driver.press("u")
        await driver.until(lambda: not (folder / "one.md").exists())
