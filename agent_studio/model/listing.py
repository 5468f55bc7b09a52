"""Listing: what the list shows, apart from where the person is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from .agent import Agent
from .facts import NOTHING, Facts, Need
from .grouping import Grouping, Section, sections
from .query.query import Query, needs, parse
from .ref import Ref
from .sort import Sort


@dataclass(frozen=True)
class Listing:
    """Agents, sorted, through a filter, in sections.

    `sort` and `group` are what the person chose; a filter that says `sort:` or `group:` goes before. `found` are the
    agents that pass the filter in the order of `agents`, `shown` the same as they are shown: below each other by
    section, where the agents come in no chosen order those first that have the words of the filter in their names.
    """

    filter: str = ""
    agents: tuple[Agent, ...] = ()
    found: tuple[Agent, ...] = ()
    sort: Sort = field(default_factory=Sort)
    group: Grouping | None = None
    query: Query = field(default_factory=Query)
    sections: tuple[Section, ...] = ()
    shown: tuple[Agent, ...] = ()

    @classmethod
    def of(
        cls, agents: Iterable[Agent], text: str, sort: Sort, group: Grouping | None = None, facts: Facts = NOTHING
    ) -> Listing:
        """The listing of agents that are given in the library's order."""
        ordered = sort.of(facts.library, agents, facts)
        return cls(agents=ordered, found=ordered, sort=sort, group=group).through(text, facts)

    def through(self, text: str, facts: Facts = NOTHING) -> Listing:
        """The same agents through another filter."""
        query = parse(text)
        wide = self.found if query.narrows(self.query) and not self.query.needs else self.agents
        found = query.select(wide, facts)
        if query.sort:
            shown = query.sort.of(facts.library, found, facts)
        else:
            shown = query.ranked(found) if self.sort == Sort() else found
        group = query.group or self.group
        cut = sections(shown, group, facts) if group else ()
        shown = tuple(agent for section in cut for agent in section.agents) if group else shown
        return replace(self, filter=text, query=query, found=found, sections=cut, shown=shown)

    @cached_property
    def places(self) -> Mapping[Ref, int]:
        """Where each agent that is shown stands among them."""
        return {agent.ref: place for place, agent in enumerate(self.shown)}

    @cached_property
    def stands(self) -> Mapping[Ref, int]:
        """Where each agent stands among all that are listed, filtered or not."""
        return {agent.ref: place for place, agent in enumerate(self.agents)}

    @property
    def error(self) -> str | None:
        """What could not be understood of the filter; it was left out."""
        return self.query.mistakes[0].message if self.query.mistakes else None

    @property
    def needs(self) -> frozenset[Need]:
        """What it depends on beside the files."""
        return self.query.needs | needs(self.sort, self.group)
