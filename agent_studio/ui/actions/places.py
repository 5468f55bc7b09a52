"""Other places: a folder, a file, the demo."""

from __future__ import annotations

import os
from pathlib import Path

from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from agent_studio.store.roots import NoSuchPath, find_roots
from agent_studio.ui.actions.actions import Actions
from agent_studio.ui.dialogs.ask import Ask
from agent_studio.ui.panes.filter_bar import FilterBar
from agent_studio.ui.panes.title_bar import TitleBar


class Places(Actions):
    """Opens other folders; what is unsaved here waits until this one is open again."""

    def do_open_folder(self) -> None:
        """Ask for a folder or file and open it."""

        def check(text: str) -> str | None:
            try:
                find_roots([Path(text).expanduser()], Path.cwd(), os.environ, Path.home())
            except NoSuchPath as missing:
                return str(missing)
            return None

        def chosen(text: str | None) -> None:
            if text:
                self.leave_for(find_roots([Path(text).expanduser()], Path.cwd(), os.environ, Path.home()), text)

        note = "A folder of agent files, a project, or one file. ~ is your home."
        self.app.push_screen(Ask("Open", note, str(Path.cwd()), check), chosen)

    def do_demo(self) -> None:
        """Open a temporary copy of the demo collection."""
        import tempfile

        from agent_studio.store.demo import copy_to

        folder = Path(tempfile.mkdtemp(prefix="agent-studio-demo-"))
        project = copy_to(folder)
        self.leave_for(find_roots([], project, {}, folder / "home"), "demo (a temporary copy)")

    def leave_for(self, roots: tuple[Root, ...], place: str) -> None:
        """Open other roots; `place` is what the title calls them."""
        count = len(self.session.drafts)
        self.studio.query_one(TitleBar).place = place
        self.studio.add_class("-loading", update=False)
        self.studio.query_one(FilterBar).show("")
        self.studio.open_store(Store(roots))
        if count:
            self.say(f"{count} unsaved edit{'s' * (count != 1)} kept: they are back when that folder is open again")
