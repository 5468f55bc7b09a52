"""The verbs that change many agents after a look at every line."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from textual.content import Content

from agent_studio.model.agent import Agent
from agent_studio.model.plans import Plan
from agent_studio.ui.actions.actions import Actions, work
from agent_studio.ui.actions.verbs import on_agents, on_what
from agent_studio.ui.shown import shown_line

if TYPE_CHECKING:
    from agent_studio.model.reassign import Amendment
    from agent_studio.ui.dialogs.checklist import Ticked
    from agent_studio.ui.screens.reassign import Reassigned


class Reassigning(Actions):
    """Reassigns a field of the marked agents, else of the one under the cursor."""

    def do_bulk(self) -> None:
        """Choose a field and a value, look, write."""
        self._reassign()

    def do_tools(self) -> None:
        """Tick tools, look at what that writes."""
        from agent_studio.model.hosts.tools import TOOLS
        from agent_studio.model.schema import items_of
        from agent_studio.ui.dialogs.checklist import Checklist

        agents = self.session.targets
        held = [items_of(agent.document.get("tools")) for agent in agents]
        free = sum(not items or "*" in items for items in held)
        counts = Counter(item for items in held for item in dict.fromkeys(items) if item != "*")
        known = [(tool, 0) for tool in TOOLS if tool not in counts]

        def chosen(ticked: Ticked | None) -> None:
            if ticked:
                self._reassign(_amendments(ticked))

        note = (
            f"{free:,} of {len(agents):,} list no tools and have all of them: they are only changed by ="
            if free
            else ""
        )
        if free == len(agents):
            note = "Nothing restricts the tools yet: what is ticked is all that is left."
        title = Content.assemble("tools of ", shown_line(self._what))
        items = [*counts.most_common(), *known]
        self.app.push_screen(Checklist(title, items, len(agents), note, whole=free == len(agents)), chosen)

    @property
    def _what(self) -> str:
        """What the verbs act on, in words; of marked ones also how many the filter hides."""
        session = self.session
        if not session.marks:
            return on_what(session.targets)
        hidden = len(session.marks - session.listing.places.keys())
        return f"{len(session.marks):,} marked{f', {hidden:,} not shown' if hidden else ''}"

    @work("colors")
    async def do_colors(self) -> None:
        """Who has which color, of the marked agents or of all that the filter shows; `b` there balances them."""
        from agent_studio.model import palette
        from agent_studio.ui.dialogs.colors import Colors

        marked = bool(self.session.marks)
        agents = self.session.targets if marked else self.session.shown
        clashes = await asyncio.to_thread(palette.clashes, agents)

        def chosen(balance: bool | None) -> None:
            if balance:
                self._balance(agents)

        title = Content.assemble("colors of ", self._what if marked else f"all {len(agents):,} in the list")
        self.app.push_screen(Colors(title, palette.usage(agents), clashes), chosen)

    @work("colors")
    async def _balance(self, agents: tuple[Agent, ...]) -> None:
        """Show the colors that agents would get, then write them."""
        from agent_studio.ui.dialogs.change_view import ChangeView, lines_of

        chosen = {agent.ref for agent in agents}
        others = [agent for agent in self.session.agents if agent.ref not in chosen]
        plan = await asyncio.to_thread(_balanced, agents, others)
        if not plan.change:
            self.say("the colors are even already: those that are used together differ")
            return

        def agreed(write: bool | None) -> None:
            if write:
                self.studio.write(lambda _: plan, lambda change: change.title)

        self.app.push_screen(ChangeView(plan, lines_of(plan.change)), agreed)

    def _reassign(self, amendments: tuple[Amendment, ...] = ()) -> None:
        from agent_studio.ui.screens.reassign import ReassignScreen

        agents = self.session.targets

        def chosen(found: Reassigned | None) -> None:
            if found:
                self._write_as_shown(found)

        self.app.push_screen(ReassignScreen(agents, self._what, amendments), chosen)

    def _write_as_shown(self, found: Reassigned) -> None:
        """Write exactly the lines that were shown: a file that has moved on since is a conflict."""
        from agent_studio.model.reassign import amended

        self.studio.write(
            lambda _: Plan(found.plan.change),
            on_agents,
            lambda document: amended(document, found.amendments),
        )


def _balanced(agents: tuple[Agent, ...], others: list[Agent]) -> Plan:
    from agent_studio.model import palette

    return palette.recolored(agents, palette.balanced(agents, others))


def _amendments(ticked: Ticked) -> tuple[Amendment, ...]:
    """What ticks make of a list of tools."""
    from agent_studio.model.reassign import Assign, Exclude, Include

    if ticked.exact is not None:
        return (Assign("tools", ticked.exact),)
    added, taken = Include("tools", ticked.added), Exclude("tools", ticked.taken)
    return tuple(one for one in (added, taken) if one.items)
