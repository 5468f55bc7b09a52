"""Mending: everything that rules can mend in some agents, as one change that leaves nothing to mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Edit
from agent_studio.model.checks.engine import Checker, fixed
from agent_studio.model.checks.problem import Fix
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan, Skip
from agent_studio.model.ref import Ref

_ROUNDS = 20
"""How often all agents are looked at again: what is mended in one may be a problem of another."""


@dataclass(frozen=True)
class Mended:
    """A plan that mends, and how things are after it: the library, and the agents that were to be mended."""

    plan: Plan
    library: Library
    agents: tuple[Agent, ...]


@dataclass(frozen=True)
class Mender:
    """Two checkers (of each agent by itself, of all together), and whether their unsafe fixes are wanted, too."""

    alone: Checker
    together: Checker
    unsafe: bool = False

    def mended(self, library: Library, agents: Sequence[Agent]) -> Mended:
        """What mends some agents of a library.

        Each round applies fixes of one kind to an agent, and the next one looks anew, so that no fix meets a text that
        it was not made for.
        """
        origins = {agent.ref: agent for agent in agents}
        skipped = tuple(self._skipped(library, origins))
        for _ in range(_ROUNDS):
            better = dict(self._round(library, origins))
            if not better:
                break
            library = library.replaced(better.values(), [ref for ref, agent in better.items() if agent.ref != ref])
            origins = {better[ref].ref if ref in better else ref: origin for ref, origin in origins.items()}
        after = tuple(library.agents[ref] for ref in origins)
        edits = tuple(edit for old, new in zip(agents, after, strict=True) for edit in _edits(old, new))
        count = sum(old is not new for old, new in zip(agents, after, strict=True))
        title = f"fix {count} file{'s' * (count != 1)}"
        return Mended(Plan(Change(title, edits), skipped), library, after)

    def _due(self, library: Library) -> dict[Ref, list[Fix]]:
        """The fixes that are wanted, by file."""
        due: dict[Ref, list[Fix]] = {}
        for problem in (*self.alone.check(library), *self.together.check(library)):
            if problem.fix and (self.unsafe or problem.fix.safe):
                due.setdefault(problem.ref, []).append(problem.fix)
        return due

    def _skipped(self, library: Library, wanted: dict[Ref, Agent]) -> Iterator[Skip]:
        for ref in self._due(library):
            if ref in wanted and not _is_writable(wanted[ref]):
                yield Skip(ref, wanted[ref].locked or "it cannot be written")

    def _round(self, library: Library, wanted: dict[Ref, Agent]) -> Iterator[tuple[Ref, Agent]]:
        """The agents that become better, by the refs that they had."""
        taken = set(library.agents)
        for ref, fixes in self._due(library).items():
            agent = library.agents[ref]
            if ref in wanted and _is_writable(agent):
                better = self._better(agent, fixes, taken)
                if better is not agent:
                    taken.add(better.ref)
                    yield ref, better

    def _better(self, agent: Agent, fixes: list[Fix], taken: set[Ref]) -> Agent:
        """An agent after the first kind of fix that does something: to its text, else to its name."""
        for document in self._documents(agent, fixes):
            if document.data != agent.document.data:
                return replace(agent, document=document)
        for fix in fixes:
            ref = Ref(agent.ref.root, fix.rename or agent.ref.path)
            if ref not in taken and agent.link is None:
                return replace(agent, ref=ref, path=agent.path.removesuffix(agent.ref.path) + ref.path)
        return agent

    def _documents(self, agent: Agent, fixes: list[Fix]) -> Iterator[Document]:
        """The agent's text after all fixes of rules that look at it alone, then after each of the others."""
        steps = [fix.step for fix in fixes if fix.step]
        if steps:
            rules = self.alone.rules_for(agent.ref)
            yield fixed(agent, rules, unsafe=self.unsafe, around=self.alone.surroundings)
        for step in steps:
            try:
                yield step(agent.document)
            except EditRefused:
                continue


def _is_writable(agent: Agent) -> bool:
    """Whether a file can be written, whatever stands in it."""
    return not agent.read_only and not agent.trouble and agent.document.whole


def _edits(old: Agent, new: Agent) -> Iterator[Edit]:
    if old.ref != new.ref:
        yield Edit(old.ref, old.document.data, None)
        yield Edit(new.ref, None, new.document.data)
    elif old.document.data != new.document.data:
        yield Edit(old.ref, old.document.data, new.document.data)
