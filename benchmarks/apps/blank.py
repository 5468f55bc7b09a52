"""An interface without anything; `s` shows an empty screen, `q` ends it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen


class Blank(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("s", "show"), ("q", "quit")]

    def action_show(self) -> None:
        self.push_screen(Screen())


def main() -> None:
    Blank().run()
