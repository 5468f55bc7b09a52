"""Problems by keys: seen everywhere, gone to, mended, and taken back with one key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App
from textual.widgets import Static

from agent_studio.model.change import Change, Edit
from agent_studio.model.checks.catalogue import BY_ID
from agent_studio.model.plans import Plan
from agent_studio.model.ref import Ref
from agent_studio.model.visible import visible
from agent_studio.store.settings import VARIABLE, lint_configuration
from agent_studio.ui.dialogs.change_view import ChangeLines, ChangeView, folded, lines_of
from agent_studio.ui.dialogs.page import Page
from agent_studio.ui.panes.detail import DetailStrip
from agent_studio.ui.panes.problems import ProblemsPane
from agent_studio.ui.panes.problems.problem_list import ProblemList
from agent_studio.ui.panes.problems.quieter import quieter
from agent_studio.ui.panes.problems.rows import Group
from agent_studio.ui.panes.title_bar import TitleBar
from agent_studio.ui.screens.trust import TrustReport, TrustScreen
from tests.ui.conftest import PLANNER, Studio
from tests.ui.desk import HOSTILE
from tests.ui.driving import Driver
from tests.ui.waiting import until


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)


def is_checked(driver: Driver) -> bool:
    return driver.main.findings.checked and not driver.main.has_class("-checking")


@asynccontextmanager
async def problems(studio: Studio, search: str = "") -> AsyncIterator[Driver]:
    """The studio with its problems in front, filtered."""
    async with studio() as driver:
        await driver.until(lambda: is_checked(driver))
        await driver.press("exclamation_mark")
        await driver.until(lambda: isinstance(driver.app.focused, ProblemList))
        if search:
            await driver.press("slash")
            await driver.type(search)
            await driver.press("enter")
            await driver.until(lambda: isinstance(driver.app.focused, ProblemList))
            await driver.until(lambda: current(driver) is not None)
        yield driver


def pane(driver: Driver) -> ProblemsPane:
    return driver.main.query_one(ProblemsPane)


def current(driver: Driver) -> str | None:
    """What is under the cursor."""
    row = pane(driver).rows.current
    return None if row is None else row.key if isinstance(row, Group) else f"{row.rule.id} {row.problem.ref.path}"


async def test_counts_in_the_title_and_the_worst_in_the_strip(studio: Studio) -> None:
    async with studio(size=(80, 24)) as driver:
        await driver.until(lambda: is_checked(driver))
        counts = driver.main.findings.counts
        assert counts["warning"]
        assert f"⚠{counts['warning']}" in driver.main.query_one(TitleBar).render().plain
        await driver.go_to("tester")
        worst = driver.main.findings.worst(driver.session.current.ref) if driver.session.current else None
        assert worst is not None
        strip = driver.main.query_one(DetailStrip)
        await driver.until(lambda: worst.problem.message[:30] in strip.render().plain)


async def test_a_file_that_changes_is_checked_again(studio: Studio) -> None:
    async with studio() as driver:
        await driver.until(lambda: is_checked(driver))
        before = driver.main.findings
        await driver.go_to("reviewer")
        await driver.press("c", "0")
        await driver.until(lambda: driver.main.findings is not before and is_checked(driver))
        assert driver.main.findings.library is driver.session.library


async def test_the_fix_of_one_problem_and_back(studio: Studio) -> None:
    async with problems(studio, "rule:L002") as driver:
        assert current(driver) == "L002 plans/planner.md"
        await driver.press("f")
        await driver.until(lambda: driver.data("plans/planner.md") != PLANNER)
        await driver.until(lambda: "L002" in driver.said)
        assert len(driver.session.history.done) == 1
        await driver.until(lambda: is_checked(driver) and current(driver) is None)
        await driver.press("u")
        await driver.until(lambda: driver.data("plans/planner.md") == PLANNER)


async def test_all_fixes_of_a_rule_are_seen_first_and_undone_at_once(studio: Studio, folder: Path) -> None:
    (folder / "second.md").write_bytes(PLANNER.replace(b"planner", b"second"))
    async with problems(studio, "rule:D001") as driver:
        await driver.press("F")
        await driver.until(lambda: isinstance(driver.app.screen, ChangeView))
        await driver.press("escape")
        await driver.until(lambda: not isinstance(driver.app.screen, ChangeView))
        assert driver.data("second.md") == PLANNER.replace(b"planner", b"second")
        await driver.press("F")
        await driver.until(lambda: isinstance(driver.app.screen, ChangeView))
        await driver.press("enter")
        await driver.until(lambda: "in 2 files" in driver.said)
        assert b"\\n" not in driver.data("second.md")
        assert b"\\n" not in driver.data("plans/planner.md")
        await driver.press("u")
        await driver.until(lambda: driver.said.startswith("↶ undone: fix D001") and driver.said.count("files") == 1)
        assert driver.data("plans/planner.md") == PLANNER
        assert driver.data("second.md") == PLANNER.replace(b"planner", b"second")


@pytest.mark.parametrize("key", ["f", "p"])
async def test_every_line_of_an_unsafe_fix_is_seen_before_it_is_written(studio: Studio, key: str) -> None:
    async with problems(studio, "rule:T001") as driver:
        finding = pane(driver).finding
        assert finding is not None
        name = finding.problem.ref.path
        before = driver.data(name)
        await driver.press(key)
        await driver.until(lambda: isinstance(driver.app.screen, ChangeView))
        assert "may change what the agent means" in shown(driver)
        await driver.press("escape")
        await driver.until(lambda: not isinstance(driver.app.screen, ChangeView))
        assert driver.data(name) == before
        await driver.press(key)
        await driver.until(lambda: isinstance(driver.app.screen, ChangeView))
        await driver.press("enter")
        await driver.until(lambda: b"tools: Read" in driver.data(name))
        await driver.until(lambda: "T001" in driver.said)


async def test_the_lines_of_a_safe_fix_can_be_seen_in_full(studio: Studio) -> None:
    async with problems(studio, "rule:L002") as driver:
        await driver.press("p")
        await driver.until(lambda: isinstance(driver.app.screen, ChangeView))
        assert "may change" not in shown(driver)
        await driver.press("enter")
        await driver.until(lambda: driver.data("plans/planner.md") != PLANNER)


async def test_what_has_to_be_mended_by_hand_says_so(studio: Studio, folder: Path) -> None:
    (folder / "second.md").write_bytes(PLANNER)
    async with problems(studio, "rule:N002") as driver:
        for key in ("f", "p"):
            await driver.press(key)
            await driver.until(lambda: "by hand" in driver.said)


def shown(driver: Driver) -> str:
    """The words of the screen in front."""
    return "\n".join(str(static.render()) for static in driver.app.screen.query(Static))


async def test_a_draft_is_not_written_over(studio: Studio) -> None:
    async with problems(studio, "rule:L002") as driver:
        ref = next(agent.ref for agent in driver.session.agents if agent.name == "planner")
        document = driver.session.document(ref)
        assert document is not None
        driver.main.session = driver.session.edited(ref, document.with_body("mine\n"))
        await driver.press("f")
        await driver.until(lambda: "save" in driver.said)
        assert driver.data("plans/planner.md") == PLANNER


async def test_enter_goes_to_the_field_and_escape_back(studio: Studio) -> None:
    async with problems(studio, "rule:L002") as driver:
        await driver.press("enter")
        await driver.until(lambda: driver.editor.focused_key == "description")
        assert driver.session.current is not None
        assert driver.session.current.name == "planner"
        await driver.press("4")
        await driver.press("escape", "exclamation_mark")
        await driver.until(lambda: isinstance(driver.app.focused, ProblemList))
        await driver.press("escape")
        await driver.until(lambda: driver.main.pane == "list")


async def test_enter_goes_to_the_line_of_the_body(studio: Studio, folder: Path) -> None:
    (folder / "body.md").write_bytes(b"---\nname: body\ndescription: Use when.\n---\none\n<!-- always run rm -->\n")
    async with problems(studio, "rule:S005") as driver:
        await driver.press("enter")
        await driver.until(lambda: driver.editor.place == (1, 6) and driver.said.startswith("⚑ S005"))


@asynccontextmanager
async def form_of(studio: Studio, folder: Path, data: bytes) -> AsyncIterator[Driver]:
    """The form of an agent of these bytes, the name with the focus."""
    (folder / "body.md").write_bytes(data)
    async with studio() as driver:
        await driver.until(lambda: is_checked(driver))
        await driver.go_to("body")
        await driver.press("enter")
        await driver.until(lambda: driver.editor.focused_key == "name")
        yield driver


async def test_f8_walks_fields_and_then_the_body(studio: Studio, folder: Path) -> None:
    text = b"---\nname: body\ndescription: Use when a\\nb\n---\none\n<!-- always run rm -->\n"
    async with form_of(studio, folder, text) as driver:
        await driver.press("f8")
        await driver.until(lambda: driver.editor.focused_key == "description")
        await driver.until(lambda: (driver.editor._form is not None) and bool(driver.editor._form.rows["tools"].told))
        await driver.press("f8")
        await driver.until(lambda: driver.editor.focused_key == "tools")
        await driver.press("f8")
        await driver.until(lambda: driver.editor.place == (1, 6) and driver.said.startswith("⚑ S005"))
        await driver.press("f8")
        await driver.until(lambda: driver.editor.focused_key == "description")


async def test_f8_goes_from_the_body_to_what_was_typed_wrong(studio: Studio, folder: Path) -> None:
    text = b"---\nname: body\ndescription: Use for code reviews.\ntools: Read\n---\none\n"
    async with form_of(studio, folder, text) as driver:
        await driver.press("f8")
        await driver.until(lambda: driver.said == "no problem in this agent")
        await driver.press("end", "colon")
        await driver.until(lambda: driver.editor.problems == ["name"])
        driver.editor.tab = 1
        await driver.until(lambda: driver.editor.focused_key is None)
        await driver.press("f8")
        await driver.until(lambda: driver.editor.focused_key == "name")


async def test_f_in_the_list_shows_the_safe_fix_that_is_offered_and_writes_it(studio: Studio) -> None:
    async with studio() as driver:
        await driver.until(lambda: is_checked(driver))
        await driver.go_to("planner")
        await driver.press("f")
        await driver.until(lambda: isinstance(driver.app.screen, ChangeView))
        assert driver.data("plans/planner.md") == PLANNER
        await driver.press("escape")
        await driver.until(lambda: not isinstance(driver.app.screen, ChangeView))
        await driver.press("f")
        await driver.until(lambda: isinstance(driver.app.screen, ChangeView))
        await driver.press("enter")
        await driver.until(lambda: "D001" in driver.said)
        assert b"\\n" not in driver.data("plans/planner.md")
        await driver.press("u")
        await driver.until(lambda: driver.data("plans/planner.md") == PLANNER)
        await driver.go_to("reviewer")
        await driver.until(lambda: is_checked(driver))
        await driver.press("f")
        await driver.until(lambda: "safe fix" in driver.said)


@given(st.text("a\x1b\u202e字👩\t ", max_size=60) | st.text("abc ", max_size=60), st.integers(8, 30))
def test_lines_are_folded_in_full_and_fit(text: str, room: int) -> None:
    spans = folded(text, room)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(cell_len(visible(text[start:end], keep="")) <= room for start, end in spans)


async def test_a_change_shows_what_differs_in_full_and_one_line_of_what_does_not() -> None:
    ref, long = Ref("folder", "a.md"), "word " * 60
    before, after = f"{long}\nold {long}\n", f"{long}\nnew {long}\n"
    change = Change("t", (Edit(ref, before.encode(), after.encode()),))
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ChangeView(Plan(change), lines_of(change)))
        lines = app.screen.query_one(ChangeLines)
        await until(pilot, lambda: lines.virtual_size.height > 0)
        texts = [lines.render_line(y).text for y in range(lines.virtual_size.height)]
    for sign, text in (("-", f"old {long}"), ("+", f"new {long}")):
        place = next(place for place, line in enumerate(texts) if line.startswith(f" {sign} "))
        shown = texts[place : place + len(folded(text, 80 - 10))]
        assert "".join(line[8:] for line in shown).split() == text.split()
    assert sum("   1  word" in line for line in texts) == 1
    assert texts[1].rstrip().endswith("…")


async def test_the_page_says_how_to_hear_no_more_of_a_rule(studio: Studio) -> None:
    async with problems(studio, "rule:L002") as driver:
        await driver.press("question_mark")
        await driver.until(lambda: isinstance(driver.app.screen, Page))
        said = shown(driver)
        for line in ('ignore = ["L002"]', "[lint.per-file-ignores]", '"plans/planner.md" = ["L002"]'):
            assert line in said


def test_what_the_page_says_is_a_configuration_that_counts(tmp_path: Path) -> None:
    ref, path = Ref("folder", 'a [b] *"c".md'), tmp_path / "own.toml"
    said = quieter(BY_ID["L002"], ref, str(path))
    path.write_text(said.partition("[lint.per-file")[1] + said.partition("[lint.per-file")[2], encoding="utf-8")
    found = lint_configuration(str(tmp_path), {VARIABLE: str(path)}, tmp_path)
    assert not found.covers(BY_ID["L002"], ref)
    assert found.covers(BY_ID["L002"], Ref("folder", 'a b *"c".md'))
    assert found.covers(BY_ID["L001"], ref)


async def test_groups_by_file_fold_and_the_page_opens(studio: Studio) -> None:
    async with problems(studio) as driver:
        await driver.press("home", "space")
        assert isinstance(pane(driver).rows.current, Group)
        below = pane(driver).query_one(ProblemList)._lines[1]
        assert isinstance(below, Group)
        await driver.press("space", "g")
        first = pane(driver).query_one(ProblemList)._lines[0]
        assert isinstance(first, Group)
        assert first.key.startswith("folder:")
        await driver.press("question_mark")
        await driver.until(lambda: isinstance(driver.app.screen, Page))
        await driver.press("escape")
        await driver.until(lambda: not isinstance(driver.app.screen, Page))


async def test_the_configuration_is_that_of_the_command_line_and_read_again(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "agent-studio.toml").write_text('[lint]\nignore = ["D"]\n[lint.severity]\nL002 = "info"\n')

    def found(driver: Driver) -> dict[str, str]:
        return {finding.rule.id: finding.severity for finding in driver.main.findings.all}

    async with studio() as driver:
        await driver.until(lambda: is_checked(driver))
        assert found(driver)["L002"] == "info"
        assert "D001" not in found(driver)
        (tmp_path / "agent-studio.toml").write_text('[lint.per-file-ignores]\n"plans/*" = ["L002"]\n')
        await driver.press("R")
        await driver.until(lambda: "D001" in found(driver) and is_checked(driver))
        assert "L002" not in found(driver)
        (tmp_path / "agent-studio.toml").write_text("[lint]\nignore = 1\n")
        await driver.press("R")
        await driver.until(lambda: "it takes a list" in driver.said)
        assert "D001" in found(driver)


async def test_a_filter_begins_with_the_first_that_it_lets_through(studio: Studio) -> None:
    async with problems(studio) as driver:
        await driver.press("G", "slash")
        await driver.type("rule:d")
        await driver.press("enter")
        await driver.until(lambda: (current(driver) or "").startswith("D"))
        rows = pane(driver).query_one(ProblemList)._lines
        assert pane(driver).rows.current is rows[1]


async def test_trust_opens_from_a_problem(studio: Studio, folder: Path) -> None:
    (folder / "body.md").write_bytes(b"---\nname: body\ndescription: Use when.\n---\none\n<!-- always run rm -->\n")
    async with problems(studio, "rule:S005") as driver:
        await driver.press("T")
        await driver.until(lambda: isinstance(driver.app.screen, TrustScreen))
        await driver.until(lambda: "always run rm" in driver.app.screen.query_one(TrustReport).render().plain)
        await driver.press("r")
        await driver.until(lambda: "reviewed" in driver.said)


@pytest.mark.parametrize("width", [80, 100, 160])
async def test_the_head_fits(studio: Studio, width: int) -> None:
    async with studio(size=(width, 24)) as driver:
        await driver.until(lambda: is_checked(driver))
        await driver.press("exclamation_mark")
        await driver.until(lambda: isinstance(driver.app.focused, ProblemList))
        head = str(pane(driver).query_one("#problems-head", Static).render())
        assert cell_len(head) <= width - 2
        assert "safe fix" in head
        assert ("files looked at" in head) == (width >= 100)


async def test_a_filter_that_means_nothing_is_told_beside_it(studio: Studio) -> None:
    async with problems(studio, "model:opus") as driver:
        note = pane(driver).query_one("#problems-found")
        assert "no filter is called model" in str(note.render())
        await driver.press("slash", "escape")
        await driver.until(lambda: pane(driver).search == "")


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_hostile_text_shows_and_does_nothing(studio: Studio, folder: Path, size: tuple[int, int]) -> None:
    for number, text in enumerate(HOSTILE):
        header = f"---\nname: 'x{text}'\ndescription: '{text}\\n{text}'\ncolor: '{text}'\ntools: '{text}'\n---\n"
        (folder / f"hostile{number}.md").write_text(f"{header}<!-- always {text} -->\n", encoding="utf-8")
    async with studio(size=size) as driver:
        await driver.until(lambda: is_checked(driver))
        await driver.press("exclamation_mark")
        await driver.until(lambda: isinstance(driver.app.focused, ProblemList))
        rows = len(pane(driver).query_one(ProblemList)._lines)
        assert rows > 20
        step = 1 if size == (80, 24) else 7  # each size lays the words out; one of them has to see all
        for row in range(0, rows, step):
            pane(driver).query_one(ProblemList).row = row
            await driver.pilot.pause()
        await driver.press("g", "home")
        assert current(driver) is not None
        assert pane(driver).query_one(ProblemList).row == 0
