"""What of the panes shows: how wide, and which view of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_studio.ui.actions.actions import Actions

if TYPE_CHECKING:
    from agent_studio.ui.panes.preview import Mode


class Viewing(Actions):
    """Gives panes more room, and changes the view of the preview."""

    def do_zoom(self) -> None:
        """Whole width, or shared."""
        self.studio.zoomed = not self.studio.zoomed

    def do_broaden(self) -> None:
        """More room for the list, or less again."""
        self.studio.broad = not self.studio.broad

    def do_pane_preview(self) -> None:
        """To the preview."""
        self.studio.pane = "preview"
        self.studio.focus_on(self.studio.preview)

    def do_preview(self) -> None:
        """Rendered, or from any other view back to source."""
        preview = self.studio.preview
        self._view(preview.mode if preview.display and preview.mode != "source" else "rendered")

    def do_given(self) -> None:
        """What the model is given, or source."""
        self._view("given")

    def do_where(self) -> None:
        """Where the agent loads, or source."""
        self._view("where")

    def _view(self, mode: Mode) -> None:
        """Show a view of the preview, or source where it shows already."""
        preview = self.studio.preview
        shows = preview.display and preview.mode == mode
        if not preview.display:
            self.do_pane_preview()
        preview.mode = "source" if shows else mode
