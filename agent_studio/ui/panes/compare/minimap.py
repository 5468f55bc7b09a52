"""The minimap: a whole comparison as one column of cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from .layout import Layout

_SIGNS = {"same": " ", "changed": "█", "left": "▌", "right": "▐", "both": "▌", "moved": "▒"}


@dataclass(frozen=True, slots=True)
class Minimap:
    """For each cell what differs most in the lines that it stands for."""

    WIDTH: ClassVar[int] = 2

    cells: tuple[str, ...] = ()
    lines: int = 1

    @classmethod
    def of(cls, layout: Layout, height: int) -> Minimap:
        """The map of a layout in `height` cells."""
        lines = max(layout.height, height, 1)
        counts: list[Counter[str]] = [Counter() for _ in range(height)]
        for block in layout.blocks:
            if block.row.kind in {"heading", "fold"} or block.row.status == "same":
                continue
            for line in range(block.y, block.y + block.height):
                statuses = {"moved" if row.moved else row.status for row in (block.row, block.beside)}
                counts[line * height // lines].update(statuses)
        return cls(tuple(map(_most, counts)), lines)

    def line_of(self, cell: int) -> int:
        """The first line that a cell stands for."""
        return cell * self.lines // max(len(self.cells), 1)

    def segments(self, cell: int, top: int, end: int, style: Callable[..., Style]) -> tuple[Segment, Segment]:
        """One cell, and before it a line where it stands for something from line `top` up to `end`."""
        status = self.cells[cell] if cell < len(self.cells) else "same"
        seen = self.lines > end - top and self.line_of(cell) < end and self.line_of(cell + 1) > top
        window = Segment("│" if seen else " ", style("muted"))
        return window, Segment(_SIGNS[status], _style(status, style))


def _style(status: str, style: Callable[..., Style]) -> Style:
    if status == "both":
        return style("left") + Style(bgcolor=style("right").color)
    return style() if status == "same" else style(status)


def _most(lines: Counter[str]) -> str:
    """What differs most in some lines; `both` where some stand at the left alone and some at the right."""
    if lines["changed"] >= max(lines["left"], lines["right"], 1):
        return "changed"
    if lines["left"] and lines["right"]:
        return "both"
    return next((status for status in ("left", "right", "moved") if lines[status]), "same")
