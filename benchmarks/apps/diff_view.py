"""Two files of a folder side by side in textual-diff-view; `down` shows the next two."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual_diff_view import DiffView  # type: ignore[import-not-found]  # a peer, where it is there


class Pairs(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("down", "next")]

    def compose(self) -> ComposeResult:
        self.files = sorted(Path(sys.argv[1]).rglob("*.md"))
        yield VerticalScroll(self._view(), can_focus=False)

    def _view(self) -> DiffView:
        one, other = self.files[:2]
        self.files = [*self.files[2:], one, other]
        return DiffView(str(one), str(other), one.read_text(), other.read_text())

    async def action_next(self) -> None:
        box = self.query_one(VerticalScroll)
        await box.remove_children()
        await box.mount(self._view())


def main() -> None:
    Pairs().run()
