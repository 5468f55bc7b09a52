"""What the first picture does without: the other panes, and what the commands do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent_studio.ui.actions.actions import Actions
from agent_studio.ui.actions.arranging import Arranging
from agent_studio.ui.actions.carrying import Carrying
from agent_studio.ui.actions.comparing import Comparing
from agent_studio.ui.actions.duplicates import Duplicates
from agent_studio.ui.actions.importing import Importing
from agent_studio.ui.actions.places import Places
from agent_studio.ui.actions.problems import Problems
from agent_studio.ui.actions.reassigning import Reassigning
from agent_studio.ui.actions.undoing import Undoing
from agent_studio.ui.actions.verbs import Verbs
from agent_studio.ui.actions.viewing import Viewing
from agent_studio.ui.panes.duplicates import DuplicatesPane
from agent_studio.ui.panes.editor import EditorPane
from agent_studio.ui.panes.preview import Preview
from agent_studio.ui.panes.problems import ProblemsPane

if TYPE_CHECKING:
    from agent_studio.ui.screens.main import MainScreen

__all__ = ["DuplicatesPane", "EditorPane", "Preview", "ProblemsPane", "actions"]


def actions(studio: MainScreen) -> Iterator[Actions]:
    """Every group of commands but marking, which the first picture has already."""
    yield (comparing := Comparing(studio))
    yield (verbs := Verbs(studio))
    yield Undoing(studio, comparing)
    yield Duplicates(studio, comparing, verbs)
    for group in (Arranging, Carrying, Importing, Places, Problems, Reassigning, Viewing):
        yield group(studio)
