"""The problems of all agents: a list in groups, and beside it why, and what a fix would write."""

from __future__ import annotations

from .pane import ProblemsPane

__all__ = ["ProblemsPane"]
