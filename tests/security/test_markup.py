"""Text from files is never markup: no widget reads it so, and no click anywhere runs what it says."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.driver import Driver
from textual.markup import MarkupError
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import (
    Button,
    Collapsible,
    DataTable,
    Label,
    OptionList,
    Placeholder,
    Select,
    Static,
    Tree,
)

from tests.security.markup_sinks import SINKS
from tests.security.payloads import MARKUP
from tests.security.sinks import Guarded
from tests.security.walked import walk
from tests.ui.conftest import Studio
from tests.ui.test_hostile import _folder

HOSTILE = " ".join(MARKUP.values()) + " [t](http://evil.example) <http://evil.example>"


class Clicked(Guarded):
    """Every sink with a text, below each other, and what clicks ran."""

    CSS = """
    Vertical > * { height: 3; max-height: 3; }
    Vertical > Static, Vertical > Label, Vertical > Rendered { height: 1; }
    Toast { width: 80; }
    """

    def __init__(self, payload: str) -> None:
        super().__init__()
        self.texts = {name: f"S{place:02} {payload}" for place, name in enumerate(SINKS)}
        self.ran: list[str] = []

    def compose(self) -> ComposeResult:
        with Vertical():
            for name, sink in SINKS.items():
                yield sink(self.texts[name])

    def action_pwn(self) -> None:
        self.ran.append("pwn")

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        self.ran.append(url)


def lines(screen: Screen[object]) -> list[str]:
    """The text of every line on a screen."""
    return [strip.text for strip in screen._compositor.render_strips()]


def actions(screen: Screen[object]) -> list[str]:
    """What is drawn on a screen so that a click on it runs a text's action or opens its link."""
    segments = [segment for strip in screen._compositor.render_strips() for segment in strip]
    styled = [(segment.text, segment.style) for segment in segments if segment.style]
    return [text for text, style in styled if style.link or "pwn" in f"{style.meta}"]


@pytest.mark.parametrize("payload", MARKUP.values(), ids=MARKUP)
async def test_no_sink_reads_markup(payload: str) -> None:
    app = Clicked(payload)
    async with app.run_test(size=(100, 3 * len(SINKS)), notifications=True) as pilot:
        await pilot.pause()
        drawn = lines(app.screen)
        assert [name for name, text in app.texts.items() if text not in "\n".join(drawn)] == []
        assert actions(app.screen) == []


@pytest.mark.sweep
@pytest.mark.parametrize("payload", [MARKUP["action"], MARKUP["link"]], ids=["action", "link"])
async def test_no_click_on_a_sink_runs_anything(payload: str) -> None:
    app = Clicked(payload)
    async with app.run_test(size=(100, 3 * len(SINKS)), notifications=True) as pilot:
        await pilot.pause()
        for y, line in enumerate(lines(app.screen)):
            if (place := line.find("]X[")) >= 0:
                await pilot.click(offset=(place + 1, y))
                await pilot.press("escape")
        assert app.ran == []


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What clicks ran, and what a browser was to open."""
    found: list[str] = []
    monkeypatch.setattr(App, "action_pwn", lambda app: found.append("pwn"), raising=False)
    monkeypatch.setattr(Driver, "open_url", lambda driver, url, new_tab=True: found.append(url))
    monkeypatch.setattr(webbrowser, "open", found.append)
    return found


@pytest.mark.sweep
async def test_no_screen_of_the_studio_has_anything_to_click(tmp_path: Path, studio: Studio, ran: list[str]) -> None:
    async with studio(_folder(tmp_path, HOSTILE), (160, 48)) as driver:
        seen = []
        async for name in walk(driver):
            assert actions(driver.app.screen) == [], name
            seen.append("@click=app.pwn" in "\n".join(lines(driver.app.screen)))
        assert (ran, seen.count(True) > len(seen) / 2) == ([], True)


def style_at(app: App[None], place: int) -> str:
    """What is known of a cell of a screen of 80 columns."""
    return f"{app.screen.get_style_at(place % 80, place // 80).meta}"


@pytest.mark.parametrize("step", [14, pytest.param(1, marks=pytest.mark.sweep)])
@pytest.mark.parametrize("keys", [(), ("enter",), ("p",)], ids=["list", "form", "rendered"])
async def test_no_click_in_the_studio_runs_anything(
    tmp_path: Path, studio: Studio, ran: list[str], keys: tuple[str, ...], step: int
) -> None:
    async with studio(_folder(tmp_path, HOSTILE), (80, 24)) as driver:
        await driver.press(*keys)
        assert actions(driver.app.screen) == []
        links = [place for place in range(80 * 24) if "@click" in style_at(driver.app, place)]
        assert bool(links) == (keys == ("p",))
        for place in {*links[::step], *range(0, 80 * 24, step * step)}:
            await driver.pilot.click(offset=(place % 80, place // 80))
        assert (ran, driver.app.is_running) == ([], True)


async def test_a_link_is_said_and_not_opened(studio: Studio, ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, object]] = []
    monkeypatch.setattr(App, "notify", lambda app, message, **options: said.append((message, options)))
    async with studio() as driver:
        driver.app.open_url("http://evil.example/\x1b[b]")
    assert (said, ran) == ([("link not opened: http://evil.example/␛[b]", {"markup": False})], [])


def table(text: str) -> DataTable[str]:
    found: DataTable[str] = DataTable()
    found.add_column("c")
    found.add_row(text)
    return found


def titled(text: str) -> Static:
    found = Static("")
    found.styles.border = ("solid", "red")
    found.border_title = text
    return found


class Unguarded(App[None]):
    """One widget of Textual with a `str`."""

    def __init__(self, sink: Callable[[str], Widget], text: str) -> None:
        super().__init__()
        self._sink, self._text = sink, text
        self.ran: list[str] = []

    def compose(self) -> ComposeResult:
        yield self._sink(self._text)

    def action_pwn(self) -> None:
        self.ran.append("pwn")


RAW: dict[str, Callable[[str], Widget]] = {
    "Static": Static,
    "Label": Label,
    "Button": Button,
    "OptionList": OptionList,
    "Select": lambda text: Select([(text, 1)], value=1),
    "DataTable": table,
    "Tree": Tree,
    "border_title": titled,
    "Collapsible": lambda text: Collapsible(title=text),
    "Placeholder": Placeholder,
}


@pytest.mark.parametrize("sink", RAW.values(), ids=RAW)
async def test_textual_reads_markup_in_plain_text_as_it_did(sink: Callable[[str], Widget]) -> None:
    app = Unguarded(sink, MARKUP["action"])
    async with app.run_test() as pilot:
        await pilot.pause()
        y, line = next((y, line) for y, line in enumerate(lines(app.screen)) if "X" in line)
        assert "[@click" not in line
        assert actions(app.screen)
        await pilot.click(offset=(line.index("X"), y))
        assert app.ran == ["pwn"]


async def test_textual_dies_of_markup_in_plain_text_as_it_did() -> None:
    with pytest.raises(MarkupError):
        async with Unguarded(Static, MARKUP["closing"]).run_test():
            pass
