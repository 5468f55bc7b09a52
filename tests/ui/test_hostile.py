"""A folder made to attack the terminal: no screen lets a control character through, and nothing is markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_studio.model.visible import is_hidden
from agent_studio.ui.app import StudioApp
from tests.ui.conftest import Studio
from tests.ui.driving import Driver

PAYLOADS = {
    "osc52": "\x1b]52;c;UFdORUQ=\x07",
    "title": "\x1b]0;owned\x07",
    "clear": "\x1b[2J\x1b[31m",
    "c1": "\x9b31m\x9d0;x\x9c",
    "link": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "bidi": "\u202egnp.exe\u202c",
    "hidden": "a\u200bb\u00adc\U000e0041\U000e0042",
    "markup": "[@click=app.quit]X[/] [link=x]y[/link] List[str]",
    "broken": "[b [/nope] [0] \\[",
    "controls": "a\x00b\x08\x0b\x0c\x7f",
    "separators": "a\u2028b\u2029c\x85d",
}
SCREENS: dict[str, tuple[str, ...]] = {
    "list": (),
    "form": ("enter",),
    "body": ("enter", "ctrl+pagedown"),
    "raw": ("enter", "ctrl+pagedown", "ctrl+pagedown"),
    "preview": ("3",),
    "rendered": ("p",),
    "given": ("P",),
    "where": ("w",),
    "sort": ("s",),
    "copy": ("M",),
    "clipboard": ("y",),
    "grouped": ("b", "c"),
    "duplicates": ("number_sign",),
    "compare": ("A", "equals_sign"),
    "unified": ("A", "equals_sign", "v"),
    "fields": ("A", "equals_sign", "v", "v"),
    "own text": ("A", "equals_sign", "n", "e"),
    "merge": ("A", "equals_sign", "n", "less_than_sign", "w"),
    "compare with": ("plus",),
    "problems": ("exclamation_mark",),
    "problems by file": ("exclamation_mark", "g"),
    "rule": ("exclamation_mark", "j", "question_mark"),
    "fix": ("exclamation_mark", "j", "p"),
    "trust": ("T",),
    "reassign": ("A", "B"),
    "reassign field": ("A", "B", "d", "s"),
    "tools": ("A", "t"),
    "colors": ("C",),
    "views": ("apostrophe",),
    "filter": ("slash", "x"),
    "filter values": ("slash", *"model", "colon"),
    "history": ("H",),
    "new": ("n",),
    "color": ("c",),
    "rename": ("r", "b"),
    "delete": ("d",),
    "palette": ("colon", "x"),
    "keys": ("question_mark",),
}


def _folder(tmp_path: Path, payload: str) -> Path:
    """Two agents with the payload in every value, in the body and (where a name can hold it) in the file name."""
    place = tmp_path / "hostile"
    place.mkdir()
    spelled = "".join(f"\\x{ord(c):02x}" if ord(c) < 0x100 else f"\\U{ord(c):08x}" for c in payload)
    head = f'---\nname: "x{spelled}"\ndescription: "d {spelled}"\nmodel: "m{spelled}"\ncolor: "{spelled}"\n'
    text = f'{head}tools: ["{spelled}"]\n"key{spelled}": "v{spelled}"\n---\n# {payload}\n\n{payload}\n'
    (place / "one.md").write_bytes(text.encode())
    name = payload.replace("/", "").replace("\x00", "")[:60]
    (place / f"two{name}.md").write_bytes(text.replace("# ", "## other ").encode())
    return place


def _drawn(driver: Driver) -> list[str]:
    """The text of every line on the screen."""
    return [strip.text for strip in driver.app.screen._compositor.render_strips()]


EACH = [pytest.param(payload, id=name, marks=pytest.mark.sweep) for name, payload in PAYLOADS.items()]
ALL = pytest.param(" ".join(PAYLOADS.values()), id="all")


@pytest.mark.parametrize("payload", [ALL, *EACH])
@pytest.mark.parametrize(
    "size", [pytest.param((80, 24), id="small"), pytest.param((160, 48), id="large", marks=pytest.mark.sweep)]
)
async def test_no_screen_lets_a_control_character_through(
    tmp_path: Path, studio: Studio, payload: str, size: tuple[int, int]
) -> None:
    folder = _folder(tmp_path, payload)
    async with studio(folder, size) as driver:
        for keys in SCREENS.values():
            await driver.press(*keys)
            await driver.pilot.pause()
            drawn = _drawn(driver)
            assert any(line.strip() for line in drawn)
            assert not [char for line in drawn for char in line if is_hidden(char)]
            await driver.go_home()
        assert driver.app.is_running


def test_every_line_passes_the_same_filter() -> None:
    """Textual finds a drawn line again under the filter that it has passed."""
    app = StudioApp(())
    assert app.get_line_filters() == app.get_line_filters()
