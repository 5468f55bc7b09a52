"""The comparison of two agents: side by side, unified, or their fields alone."""

from .canvas import SIDE_FROM
from .find_bar import FindBar
from .pane import ComparePane
from .result_strip import ResultStrip
from .title import CompareTitle, Side

__all__ = ["SIDE_FROM", "ComparePane", "CompareTitle", "FindBar", "ResultStrip", "Side"]
