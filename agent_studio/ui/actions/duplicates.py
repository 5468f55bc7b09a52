"""What the keys do to duplicates: compare them, mark those to be rid of, trash and park them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent_studio.model.agent import Agent
from agent_studio.model.duplicates.group import Group
from agent_studio.model.ref import Ref
from agent_studio.ui.actions.actions import Actions

if TYPE_CHECKING:
    from agent_studio.model.duplicates.purpose import Overlap
    from agent_studio.ui.actions.comparing import Comparing
    from agent_studio.ui.actions.verbs import Verbs
    from agent_studio.ui.screens.main import MainScreen


class Duplicates(Actions):
    """Compares duplicates, marks those to be rid of, trashes and parks them."""

    def __init__(self, studio: MainScreen, comparing: Comparing, verbs: Verbs) -> None:
        super().__init__(studio)
        self._comparing = comparing
        self._verbs = verbs

    def do_dups(self) -> None:
        """To the duplicates."""
        self.studio.pane = "duplicates"
        self.studio.set_focus(None)
        self.studio.duplicates.rows.focus()

    def do_visit(self) -> None:
        """Go to the agent under the cursor in the list; fold a group."""
        ref = self.studio.duplicates.rows.ref
        if ref is None:
            self.studio.duplicates.rows.action_fold()
        elif self.session.library.get(ref) is None:
            self.say(f"{ref} is gone", wrong=True)
        else:
            self.studio.go_to(ref)

    def do_set_against(self) -> None:
        """Compare the agent under the cursor with the one that wins; that one, or a group, with the next."""
        from agent_studio.ui.panes.duplicates.rows import refs_of

        rows = self.studio.duplicates.rows
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
            self._comparing.compare_agents(kept, other)

    def do_mark_one(self) -> None:
        """Flip the mark of the agent under the cursor and go on; of a group mark all but the one to keep."""
        rows = self.studio.duplicates.rows
        if rows.ref is None:
            self.do_mark_rest()
        elif self._there((rows.ref,)):
            self.session = self.session.toggled(rows.ref)
            rows.action_down()

    def do_mark_rest(self) -> None:
        """Mark all of the group under the cursor, or of each of a kind, but the one to keep; none where all are."""
        groups = self.studio.duplicates.rows.groups
        if not groups:
            self.say("only of a group of duplicates there is one to keep", wrong=True)
            return
        kept = {_kept(group) for group in groups}
        rest = {agent.ref for group in groups for agent in self._there(group.refs) if not agent.read_only} - kept
        marks = self.session.marks
        self.session = self.session.marked(marks - rest if rest <= marks else (marks | rest) - kept)
        if not rest:
            self.say("the others are read-only: nothing to mark", wrong=True)
        elif rest <= self.session.marks:
            self.say(_marked(groups, len(rest)))

    def do_unmark(self) -> None:
        """Take all marks away."""
        self.session = self.session.marked(())

    def do_trash(self) -> None:
        """Ask for `y`, then move what is marked, else the agent under the cursor, to the trash."""
        if agents := self._chosen():
            self._verbs.delete(agents)

    def do_set_aside(self) -> None:
        """Park what is marked, else the agent under the cursor; bring it back where all of that is parked."""
        if agents := self._chosen():
            self._verbs.park([agent.ref for agent in agents])

    def _there(self, refs: Sequence[Ref]) -> tuple[Agent, ...]:
        return tuple(agent for ref in refs if (agent := self.session.library.get(ref)))

    def _chosen(self) -> tuple[Agent, ...]:
        """What verbs act on here; nothing, and it is said why, where that would be a whole group."""
        if self.session.marks:
            return self.session.targets
        ref = self.studio.duplicates.rows.ref
        agents = self._there((ref,)) if ref else ()
        if not agents:
            self.say("A marks all of this group but one; or go to an agent" if ref is None else f"{ref} is gone", True)
        return agents


def _marked(groups: Sequence[Group], count: int) -> str:
    """What there is to say when the rest of some groups is marked."""
    locked = sum(len(group.refs) - 1 for group in groups) - count
    apart = sum("body" in group.differs for group in groups)
    said = (
        f"{count:,} marked, one is kept"
        if len(groups) == 1
        else f"{count:,} marked, one of each of {len(groups):,} groups is kept"
    )
    if len(groups) == 1 and groups[0].winner is None:
        said = f"{groups[0].why}: all but the first are marked"
    told = f" · prompts differ{f' in {apart:,} of them' if len(groups) > 1 else ''}" if apart else ""
    return said + told + (f" · {locked:,} read-only or gone left out" if locked else "")


def _kept(group: Group | Overlap) -> Ref:
    """The agent of a group that stays when the rest goes: the one that wins, else the first."""
    from agent_studio.ui.panes.duplicates.rows import refs_of

    return (group.winner if isinstance(group, Group) else None) or refs_of(group)[0]
