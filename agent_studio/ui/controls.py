"""The last line of defence: no control or invisible character leaves for the terminal, whatever drew it."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from agent_studio.model.visible import SUSPECT, is_hidden


class DropControls(LineFilter):
    """Drops every character of the categories Cc, Cf, Cs, Co, Zl and Zp, and fillers, from what is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without such characters; control segments of the toolkit itself pass.

        Neighbours of one style become one segment: each is a color code for the terminal.
        """
        return list(
            Segment.simplify(
                segment
                if segment.control or not SUSPECT.search(segment.text)
                else Segment(SUSPECT.sub(_dropped, segment.text), segment.style)
                for segment in segments
            )
        )


def _dropped(match: re.Match[str]) -> str:
    return "" if is_hidden(match[0]) else match[0]
