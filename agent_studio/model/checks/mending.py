"""What mending problems will write, as plans."""

from __future__ import annotations

from collections.abc import Iterable

from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Edit
from agent_studio.model.checks.engine import fixed
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.surroundings import NOTHING_KNOWN, Surroundings
from agent_studio.model.document import EditRefused
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan, PlanRefused, Skip
from agent_studio.model.ref import Ref


def mend(library: Library, checked: Library, problem: Problem) -> Plan:
    """The fix of one problem that was found in the library `checked`.

    Raises `PlanRefused` where there is none or the file has changed since, `EditRefused` where it cannot be written.
    """
    agent, fix = library.get(problem.ref), problem.fix
    if agent is None or agent is not checked.get(problem.ref):
        raise PlanRefused(f"{problem.ref} has changed since it was checked: look again")
    if fix is None:
        raise PlanRefused(f"{problem.rule} has to be mended by hand here")
    if agent.locked:
        raise PlanRefused(f"{agent.ref}: {agent.locked}")
    title = f"{problem.rule} {fix.title}"
    if fix.rename is not None:
        return Plan(Change(title, _renamed(agent, _free(library, agent, fix.rename))))
    after = fix.step(agent.document) if fix.step else agent.document
    same = after.data == agent.document.data
    return Plan(Change(title, () if same else (Edit(agent.ref, agent.document.data, after.data),)))


def mend_all(
    library: Library,
    rule: Rule,
    problems: Iterable[Problem],
    around: Surroundings = NOTHING_KNOWN,
    edited: Iterable[Ref] = (),
) -> Plan:
    """The safe fixes of one rule in every file that has a problem of it, as one change; `edited` files are left."""
    first = {problem.ref: problem for problem in problems if problem.fix and problem.fix.safe}
    drafts, edits, skipped = set(edited), list[Edit](), list[Skip]()
    for ref, problem in first.items():
        agent = library.get(ref)
        reason = "it is gone" if agent is None else agent.locked or ("it has unsaved edits" if ref in drafts else None)
        if agent is None or reason:
            skipped.append(Skip(ref, reason or ""))
            continue
        try:
            edits += _edits(library, agent, rule, problem, around)
        except (PlanRefused, EditRefused) as refused:
            skipped.append(Skip(ref, str(refused)))
    files = len({edit.ref for edit in edits if edit.before is not None})
    title = f"fix {rule.id} {rule.name} in {files} file{'' if files == 1 else 's'}"
    return Plan(Change(title, tuple(edits)), tuple(skipped))


def _edits(library: Library, agent: Agent, rule: Rule, problem: Problem, around: Surroundings) -> tuple[Edit, ...]:
    """What mends a file: all that the rule says of it alone; of all files together, what it said first."""
    if rule.library or (problem.fix and problem.fix.rename is not None):
        return mend(library, library, problem).change.edits
    after = fixed(agent, (rule,), around=around)
    return () if after.data == agent.document.data else (Edit(agent.ref, agent.document.data, after.data),)


def _renamed(agent: Agent, ref: Ref) -> tuple[Edit, ...]:
    data = agent.document.data
    return Edit(agent.ref, data, None), Edit(ref, None, data)


def _free(library: Library, agent: Agent, path: str) -> Ref:
    ref = Ref(agent.ref.root, path)
    if library.get(ref) is not None:
        raise PlanRefused(f"{ref} exists already")
    return ref
