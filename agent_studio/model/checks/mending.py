"""Mending: what rules can mend, one problem, all of a rule, or everything, as a plan that nothing has written yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Edit
from agent_studio.model.checks.engine import Checker, Configuration, fixed
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.surroundings import NOTHING_KNOWN, Surroundings
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan, PlanRefused, Skip
from agent_studio.model.ref import Ref

_ROUNDS = 20
"""How often all agents are looked at again: what is mended in one may be a problem of another."""


def mend(library: Library, checked: Library, problem: Problem) -> Plan:
    """The fix of one problem that was found in the library `checked`.

    Raises `PlanRefused` where there is none or the file has changed since, `EditRefused` where it cannot be written.
    """
    agent, fix = library.get(problem.ref), problem.fix
    if agent is None or agent is not checked.get(problem.ref):
        raise PlanRefused(f"{problem.ref} has changed since it was checked: look again")
    if fix is None:
        raise PlanRefused(f"{problem.rule} has to be mended by hand here")
    if not _is_writable(agent):
        raise PlanRefused(f"{agent.ref}: {agent.locked}")
    if fix.rename is None:
        after = replace(agent, document=fix.step(agent.document) if fix.step else agent.document)
    elif library.get(ref := Ref(agent.ref.root, fix.rename)):
        raise PlanRefused(f"{ref} exists already")
    else:
        after = replace(agent, ref=ref)
    return Plan(Change(f"{problem.rule} {fix.title}", tuple(_edits(agent, after))))


def mend_all(
    library: Library,
    rule: Rule,
    problems: Iterable[Problem],
    around: Surroundings = NOTHING_KNOWN,
    edited: Iterable[Ref] = (),
) -> Plan:
    """The safe fixes of one rule in every file that has a problem of it, as one change; `edited` files are left."""
    refs = dict.fromkeys(problem.ref for problem in problems if problem.fix and problem.fix.safe)
    drafts = set(edited)
    left = [Skip(ref, "it has unsaved edits" if ref in drafts else "it is gone") for ref in refs
            if ref in drafts or ref not in library.agents]  # fmt: skip
    agents = [library.agents[ref] for ref in refs if ref in library.agents and ref not in drafts]
    asked = Configuration(select=(rule.id,))
    alone, together = ((), (rule,)) if rule.library else ((rule,), ())
    plan = Mender(Checker(alone, asked, around), Checker(together, asked)).mended(library, agents).plan
    title = f"fix {rule.id} {rule.name} in {_counted(plan.change)}"
    return Plan(plan.change._replace(title=title), (*left, *plan.skipped))


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
        change = Change("", tuple(edit for old, new in zip(agents, after, strict=True) for edit in _edits(old, new)))
        return Mended(Plan(change._replace(title=f"fix {_counted(change)}"), skipped), library, after)

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


def _counted(change: Change) -> str:
    """How many files a change mends."""
    count = sum(edit.before is not None for edit in change.edits)
    return f"{count} file{'s' * (count != 1)}"
