"""The ground: what is drawn of a widget of which nothing but its background is to be seen."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


def ground(widget: Widget, region: Region) -> list[Strip]:
    """One line as often as a region has lines; Textual would make, filter and keep each of them by itself."""
    line = Strip.blank(region.width, widget.visual_style.rich_style)
    for line_filter in widget.get_line_filters():
        line = line.apply_filter(line_filter, widget.background_colors[1])
    return [line] * region.height
