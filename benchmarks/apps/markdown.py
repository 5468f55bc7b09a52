"""A folder's files, one after the other, in Textual's Markdown widget; `down` shows the next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Markdown


class Prompts(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("down", "next")]

    def compose(self) -> ComposeResult:
        self.files = sorted(Path(sys.argv[1]).rglob("*.md"))
        with VerticalScroll(can_focus=False):
            yield Markdown(self._body())

    def _body(self) -> str:
        self.files.append(file := self.files.pop(0))
        return file.read_text().partition("\n---\n")[2]

    def action_next(self) -> None:
        self.query_one(Markdown).update(self._body())


def main() -> None:
    Prompts().run()
