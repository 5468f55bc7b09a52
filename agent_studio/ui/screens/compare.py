"""The screen of a comparison of two agents."""

from __future__ import annotations

from agent_studio.ui.screens.comparing import ComparingScreen


class CompareScreen(ComparingScreen):
    """Two agents, field by field and word by word."""
