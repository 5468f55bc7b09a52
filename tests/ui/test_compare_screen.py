"""The screen of a comparison: its title, its commands, what it says about the whole."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.widgets import Static

from agent_studio.model.document import Document
from agent_studio.model.visible import is_hidden
from agent_studio.ui.dialogs.keys import Keys
from agent_studio.ui.panes.compare import ComparePane
from agent_studio.ui.panes.compare.title import CompareTitle, Side, middle, shortened
from agent_studio.ui.panes.status_line import StatusLine
from agent_studio.ui.screens.compare import CompareScreen
from agent_studio.ui.screens.comparing import Notice
from tests.ui.compared import LEFT, RIGHT, document
from tests.ui.waiting import until


class ScreenApp(App[None]):
    """A comparison over an empty screen."""

    def __init__(self, left: Side, right: Side) -> None:
        super().__init__()
        self.sides = (left, right)

    def on_mount(self) -> None:
        self.push_screen(CompareScreen.of(self, *self.sides))

    @property
    def compared(self) -> bool:
        return isinstance(self.screen, CompareScreen) and not self.screen.has_class("-loading")

    @property
    def title_line(self) -> str:
        return self.screen.query_one(CompareTitle).render().plain


MINE = Side("project:backend-engineer.md", "2h · user", LEFT)
OTHERWISE = "in spelling, comments or line endings"
YOURS = Side("user:backend-engineer.md", "9d", RIGHT)


async def test_the_title_says_what_is_compared_and_where_one_is() -> None:
    app = ScreenApp(MINE, YOURS)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.compared)
        named = "COMPARE  A project:backend-engineer.md  2h · user  ⇄  B user:backend-engineer.md  9d  "
        assert app.title_line.startswith(named)
        assert app.title_line.endswith(" % similar · difference 1 of 4")
        await pilot.press("n")
        await until(pilot, lambda: app.title_line.endswith(" difference 2 of 4"))


@pytest.mark.parametrize("width", [30, 50, 60, 80, 100, 160])
async def test_the_title_fits(width: int) -> None:
    hostile = Side("project:\x1b[31m[/nope]漢字\u202e" + "long-" * 30 + ".md", "[b]漢", LEFT)
    app = ScreenApp(hostile, YOURS)
    async with app.run_test(size=(width, 10)) as pilot:
        await until(pilot, lambda: app.compared)
        assert cell_len(app.title_line) <= width
        assert app.title_line.endswith("difference 1 of 4" if width >= 100 else "1/4")
        assert not any(map(is_hidden, app.title_line))


def test_titles_share_the_room() -> None:
    assert shortened(["abc", "def"], 6) == ["abc", "def"]
    assert shortened(["abcdefghij", "def"], 9) == ["abc…ij", "def"]
    assert shortened(["abc", "defghijklm"], 9) == ["abc", "def…lm"]
    assert shortened(["abcdefghij", "klmnopqrst"], 10) == ["ab…ij", "kl…st"]
    assert cell_len(middle("漢字漢字漢字", 8)) <= 8


async def test_swapping_the_sides() -> None:
    app = ScreenApp(MINE, YOURS)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.compared)
        await pilot.press("n", "n", "x")
        await until(pilot, lambda: "A user:backend-engineer.md" in app.title_line)
        pane = app.screen.query_one(ComparePane)
        assert pane.hunk == 3
        lines = [pane.render_line(y).text for y in range(pane.size.height)]
        line = next(line for line in lines if "of the text." in line)
        assert line.index("of the text.") < line.index("of the body.")


async def test_spelling_and_white_space_are_ignored_and_counted_again() -> None:
    respaced = Side("b", "", document("One\n\ntwo  three\nfour.", name="a"))
    app = ScreenApp(Side("a", "", document("One\n\ntwo three four.", name="a")), respaced)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.compared)
        assert app.title_line.endswith("difference 1 of 1")
        await pilot.press("i")
        await until(pilot, lambda: app.title_line.endswith("no difference"))
        await pilot.press("i")
        await until(pilot, lambda: app.title_line.endswith("difference 1 of 1"))


async def test_finding_by_key() -> None:
    app = ScreenApp(MINE, YOURS)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.compared)
        await pilot.press("slash", *"line", "space", "1")
        count = app.screen.query_one("#count", Static)
        await until(pilot, lambda: "of 11 lines" in str(count.content))
        await pilot.press("enter", "n")
        await until(pilot, lambda: str(count.content).startswith("2 of 11 lines"))
        hunk = app.screen.query_one(ComparePane).hunk
        await pilot.press("escape", "n")
        await until(pilot, lambda: app.screen.query_one(ComparePane).hunk == hunk + 1)
        await pilot.press("slash", *"nowhere")
        await until(pilot, lambda: "not found" in str(count.content))
        await pilot.press("escape")
        assert isinstance(app.screen, CompareScreen)
        assert not app.screen.query_one(ComparePane).sought


async def test_the_difference_is_copied_as_a_patch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_TTY", "here")
    app = ScreenApp(MINE, YOURS)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.compared)
        await pilot.press("y")
        await until(pilot, lambda: app.clipboard != "")
        assert app.clipboard.startswith("--- project:backend-engineer.md\n+++ user:backend-engineer.md\n")
        assert "\n-Line 20 of the body.\n+Line 20 of the text.\n" in app.clipboard
        assert "OSC 52" in app.screen.query_one(StatusLine).message


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving(key: str) -> None:
    app = ScreenApp(MINE, YOURS)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.compared)
        await pilot.press(key)
        await until(pilot, lambda: not isinstance(app.screen, CompareScreen))
        assert app.is_running


async def test_of_one_comparison_nothing_is_left_in_the_next_in_another_theme_and_size() -> None:
    others = Side("c", "", RIGHT), Side("d", "", document("Of another kind.", name="a"))
    alone, app = ScreenApp(*others), ScreenApp(MINE, Side("b", "", Document(b"Hello line 1")))
    async with alone.run_test(size=(90, 40)) as pilot:
        alone.theme = "textual-light"
        await until(pilot, lambda: alone.compared)
        await pilot.pause()
        picture = alone.export_screenshot()
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.compared)
        screen = app.screen
        await pilot.press("v", "c", "i", "G", "slash", *"line", "enter", "n", "greater_than_sign")
        await until(pilot, lambda: app.compared and bool(screen.query_one(StatusLine).message))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is not screen)
        app.theme = "textual-light"
        await pilot.resize_terminal(90, 40)
        await app.push_screen(CompareScreen.of(app, *others))
        assert app.screen is screen
        await until(pilot, lambda: app.compared and app.export_screenshot() == picture)


async def test_a_comparison_over_another_one_has_a_screen_of_its_own() -> None:
    app = ScreenApp(MINE, YOURS)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.compared)
        below = app.screen
        await app.push_screen(CompareScreen.of(app, YOURS, MINE))
        await until(pilot, lambda: app.screen is not below and app.compared)
        assert "A user:backend-engineer.md" in app.title_line
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is below)
        assert "A project:backend-engineer.md" in app.title_line


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help(key: str) -> None:
    app = ScreenApp(MINE, YOURS)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.compared)
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, Keys))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CompareScreen))


async def test_commands_of_other_places_do_nothing() -> None:
    app = ScreenApp(MINE, YOURS)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.compared)
        await pilot.press("u", "R", "z", "1", "2", "d", "f2")
        assert isinstance(app.screen, CompareScreen)
        await app.screen.action_do("list.color")
        assert isinstance(app.screen, CompareScreen)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (LEFT, LEFT, "no difference: the host reads the same from both, and the bytes are equal"),
        (
            document("a\r\n", name="a"),
            document("a\n", name="a"),
            "no difference: the host reads the same from both, but the bytes differ: " + OTHERWISE,
        ),
        (LEFT, Document(b"Hello"), "B: no frontmatter"),
        (LEFT, RIGHT, ""),
    ],
)
async def test_what_is_said_about_the_whole(left: Document, right: Document, said: str) -> None:
    app = ScreenApp(Side("a", "", left), Side("b", "", right))
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.compared)
        notices = app.screen.query(Notice)
        assert [str(notice.content) for notice in notices if notice.display] == [said] * bool(said)
        assert app.title_line.endswith("no difference") == ("no difference" in said)
