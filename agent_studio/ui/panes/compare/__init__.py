"""The comparison of two agents: side by side, unified, or their fields alone."""

from .pane import SIDE_FROM, ComparePane

__all__ = ["SIDE_FROM", "ComparePane"]
