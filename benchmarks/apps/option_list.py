"""The names of a folder's files in Textual's own list."""

from __future__ import annotations

import os
import sys

from textual.app import App, ComposeResult
from textual.widgets import OptionList


class Options(App[None]):
    def compose(self) -> ComposeResult:
        yield OptionList(*sorted(name for _, _, names in os.walk(sys.argv[1]) for name in names))


def main() -> None:
    Options().run()
