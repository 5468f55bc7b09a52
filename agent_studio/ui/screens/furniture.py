"""The panes that the first picture does without."""

from __future__ import annotations

from agent_studio.ui.panes.duplicates import DuplicatesPane
from agent_studio.ui.panes.editor import EditorPane
from agent_studio.ui.panes.preview import Preview
from agent_studio.ui.panes.problems import ProblemsPane

__all__ = ["DuplicatesPane", "EditorPane", "Preview", "ProblemsPane"]
