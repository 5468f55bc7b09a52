"""Text from files, paths and errors on its way to the screen: never markup, never a control character."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from agent_studio.model.visible import one_line, visible


def shown(text: str, style: str | Style = "") -> Content:
    """`text` as content with every control and invisible character made visible; line breaks stay."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def shown_line(text: str, style: str | Style = "") -> Content:
    """`text` on one line."""
    return Content.styled(one_line(text), style) if style else Content(one_line(text))


def near(path: str) -> str:
    """A path with the home folder as `~`."""
    home = str(Path.home()).rstrip("/")
    return f"~{path.removeprefix(home)}" if path.startswith(f"{home}/") else path


def tail(text: str, width: int) -> str:
    """The end of a text, an ellipsis before it where it does not fit: of a path it tells more than the beginning."""
    if cell_len(text) <= width:
        return text
    while text and cell_len(text) >= width:
        text = text[1:]
    return f"…{text}"


def topmost(lines: list[Content], width: int, height: int) -> list[Content]:
    """The first `height` lines of `width` cells, an ellipsis at their end where there are more."""
    if len(lines) <= height or height <= 0:
        return lines[: max(height, 0)]
    return [*lines[: height - 1], Content.assemble(lines[height - 1].truncate(width - 1).rstrip(), "…")]
