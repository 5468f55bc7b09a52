"""What the keys do to duplicates: compare them, mark those to be rid of, trash and park them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.css.query import NoMatches

from agent_studio.model.agent import Agent
from agent_studio.model.duplicates.group import Group
from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.ui.looked import Looked
from agent_studio.ui.panes.agent_list import AgentList
from agent_studio.ui.screens.problems import ProblemScreen

if TYPE_CHECKING:
    from agent_studio.model.duplicates.purpose import Overlap
    from agent_studio.ui.panes.duplicates import DuplicatesPane


class DuplicateScreen(ProblemScreen):
    """Duplicates in the list and in a pane of their own."""

    @property
    def _duplicates(self) -> DuplicatesPane:
        from agent_studio.ui.panes.duplicates import DuplicatesPane

        return self.query_one(DuplicatesPane)

    def watch_looked(self, looked: Looked) -> None:
        """Hand it to whoever shows it, and to the filter."""
        with suppress(NoMatches):  # as the studio ends, one pane goes after the other
            self._duplicates.progress = None
            self._duplicates.looked = looked
            self.query_one(AgentList).alike = looked.sizes
        self.session = self.session.knowing(replace(self.session.known, duplicates=looked.duplicates))

    def has_looked(self, done: int, of: int) -> None:
        """Say how far the search is."""
        with suppress(NoMatches):
            self._duplicates.progress = (done, of)

    def show_session(self, session: Session) -> None:
        """Show which files are there now, and which are marked."""
        self._duplicates.library, self._duplicates.marks = session.library, session.marks

    def do_dups(self) -> None:
        """To the duplicates."""
        self.pane = "duplicates"
        self.set_focus(None)
        self._duplicates.rows.focus()

    def on_duplicates_pane_opened(self) -> None:
        """Go to the agent under the cursor."""
        self.do_visit()

    def do_visit(self) -> None:
        """Go to the agent under the cursor in the list; fold a group."""
        ref = self._duplicates.rows.ref
        if ref is None:
            self._duplicates.rows.action_fold()
        elif self.session.library.get(ref) is None:
            self.say(f"{ref} is gone", wrong=True)
        else:
            self.go_to(ref)

    def do_set_against(self) -> None:
        """Compare the agent under the cursor with the one that wins; that one, or a group, with the next."""
        from agent_studio.ui.panes.duplicates.rows import refs_of

        rows = self._duplicates.rows
        group = rows.group
        if group is None:
            self.say("this is a heading: compare goes by group", wrong=True)
            return
        there = [agent for ref in refs_of(group) if (agent := self.session.library.get(ref))]
        kept = next((agent for agent in there if agent.ref == _kept(group)), None)
        others = [agent for agent in there if agent is not kept]
        other = next((agent for agent in others if agent.ref == rows.ref), others[0] if others else None)
        if kept is None or other is None:
            self.say("the others are gone", wrong=True)
        else:
            self.compare_agents(kept, other)

    def do_mark_one(self) -> None:
        """Flip the mark of the agent under the cursor and go on; of a group mark all but the one to keep."""
        rows = self._duplicates.rows
        if rows.ref is None:
            self.do_mark_rest()
        elif self._there((rows.ref,)):
            self.session = self.session.toggled(rows.ref)
            rows.action_down()

    def do_mark_rest(self) -> None:
        """Mark all of the group under the cursor but the one to keep, or none where they are marked."""
        group = self._duplicates.rows.group
        if not isinstance(group, Group):
            self.say("only of a group of duplicates there is one to keep", wrong=True)
            return
        kept = _kept(group)
        rest = {agent.ref for agent in self._there(group.refs) if not agent.read_only} - {kept}
        marks = self.session.marks
        self.session = self.session.marked(marks - rest if rest <= marks else (marks | rest) - {kept})
        locked = len(group.refs) - len(rest) - 1
        if not rest:
            self.say(f"the others are read-only: nothing to mark beside {kept}", wrong=True)
        elif group.winner is None and rest <= self.session.marks:
            self.say(f"{group.why}: all but the first are marked, {kept} is not")
        elif locked and rest <= self.session.marks:
            self.say(f"{locked} read-only left out")

    def do_unmark(self) -> None:
        """Take all marks away."""
        self.session = self.session.marked(())

    def do_trash(self) -> None:
        """Ask for `y`, then move what is marked, else the agent under the cursor, to the trash."""
        if agents := self._chosen():
            self.delete(agents)

    def do_set_aside(self) -> None:
        """Park what is marked, else the agent under the cursor; bring it back where all of that is parked."""
        if agents := self._chosen():
            self.park([agent.ref for agent in agents])

    def _there(self, refs: Sequence[Ref]) -> tuple[Agent, ...]:
        return tuple(agent for ref in refs if (agent := self.session.library.get(ref)))

    def _chosen(self) -> tuple[Agent, ...]:
        """What verbs act on here; nothing, and it is said why, where that would be a whole group."""
        if self.session.marks:
            return self.session.targets
        ref = self._duplicates.rows.ref
        agents = self._there((ref,)) if ref else ()
        if not agents:
            self.say("A marks all of this group but one; or go to an agent" if ref is None else f"{ref} is gone", True)
        return agents


def _kept(group: Group | Overlap) -> Ref:
    """The agent of a group that stays when the rest goes: the one that wins, else the first."""
    from agent_studio.ui.panes.duplicates.rows import refs_of

    return (group.winner if isinstance(group, Group) else None) or refs_of(group)[0]
