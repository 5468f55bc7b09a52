"""The verbs that change many agents after a look at every line."""

from __future__ import annotations

from agent_studio.model.plans import Plan
from agent_studio.model.reassign import Amendment, amended
from agent_studio.ui.screens.reassign import Reassigned, ReassignScreen
from agent_studio.ui.screens.verbs import VerbScreen, on_what


class BulkScreen(VerbScreen):
    """Reassigning a field of the marked agents, else of the one under the cursor."""

    def do_bulk(self) -> None:
        """Choose a field and a value, look, write."""
        self._reassign()

    def _reassign(self, amendments: tuple[Amendment, ...] = ()) -> None:
        agents = self.session.targets
        what = f"{len(agents):,} marked" if self.session.marks else on_what(agents)

        def chosen(found: Reassigned | None) -> None:
            if found:
                self._write_as_shown(found)

        self.app.push_screen(ReassignScreen(agents, what, amendments), chosen)

    def _write_as_shown(self, found: Reassigned) -> None:
        """Write exactly the lines that were shown: a file that has moved on since is a conflict."""
        self.write(
            lambda _: Plan(found.plan.change),
            lambda change: f"{change.title} on {on_many(len(change.edits))}",
            lambda document: amended(document, found.amendments),
        )


def on_many(count: int) -> str:
    """How many agents, in words."""
    return f"{count:,} agent{'' if count == 1 else 's'}"
