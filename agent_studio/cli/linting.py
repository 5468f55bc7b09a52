"""Linting for verbs: which agents are looked at, by which rules, and what was found."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from agent_studio.cli import crew, selection
from agent_studio.cli.diagnostics import Trouble
from agent_studio.cli.finding import Finding, located
from agent_studio.cli.record import Problems
from agent_studio.cli.start import Start
from agent_studio.model.agent import Agent
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.engine import Checker, Configuration
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.store.disk import Store
from agent_studio.store.machine import Machine
from agent_studio.store.reviews import reviews
from agent_studio.store.settings import BadSettings, lint_configuration


def configured(select: Iterable[str] = (), ignore: Iterable[str] = (), *, with_files: bool = True) -> Configuration:
    """The configuration of files, unless without them, and of the command line, where `select` begins anew.

    Raises `Trouble`.
    """
    try:
        found = lint_configuration(os.getcwd(), os.environ, selection.home()) if with_files else Configuration()
    except BadSettings as bad:
        raise Trouble(f"{bad} (`lint --no-config` does without)") from None
    if chosen := tuple(select):
        found = found._replace(select=chosen, ignore=())
    return found._replace(ignore=(*found.ignore, *ignore))


class Target(NamedTuple):
    """The agents to look at, and the library that they stand in."""

    library: Library
    agents: tuple[Agent, ...]


def target(paths: Sequence[str]) -> Target:
    """What some paths mean, or without them what the host reads from here.

    Of files in an agents folder the others there are read, too, for what is only wrong with agents together.
    """
    if tuple(paths) == (selection.STDIN,):
        agent = replace(selection.from_stdin(), read_only=False)  # it is mended on its way through
        return Target(Library((), {agent.ref: agent}), (agent,))
    start = Start.asked()
    roots = selection.roots(paths, start)
    named = {root.name: root.only for root in roots if root.only is not None}
    wide = [root if root.scope == "folder" else replace(root, only=None) for root in roots]
    library = Store(wide, start.given).load()
    agents = (a for a in library if a.ref.root not in named or a.ref.path in (named[a.ref.root] or ()))
    return Target(library, tuple(agents))


def checkers(library: Library, configuration: Configuration) -> tuple[Checker, Checker]:
    """What looks at each agent alone, and at all together; on standard input there is no file and no other."""
    alone = [rule for rule in RULES if not rule.library]
    together = [rule for rule in RULES if rule.library and library.roots]
    around = Machine(os.getcwd(), os.environ, selection.home()).around(library, reviews())
    return Checker(alone, configuration, around), Checker(together, configuration)


def findings(library: Library, agents: Sequence[Agent], configuration: Configuration) -> tuple[Finding, ...]:
    """What is found in some agents of a library, in its order."""
    wanted = {agent.ref: agent for agent in agents}
    alone, together = checkers(library, configuration)
    crew.look(alone, together, agents)
    crew.compare(together, library)
    problems = [
        *alone.check(Library(library.roots, wanted)),
        *(problem for problem in together.check(library) if problem.ref in wanted),
    ]
    places = {agent.ref: place for place, agent in enumerate(library)}
    problems.sort(key=lambda problem: (places[problem.ref], problem.start, problem.rule))
    return tuple(located(library, problems, configuration))


def problems(library: Library, agents: Sequence[Agent]) -> Problems:
    """What is wrong with some agents of a library, as scripts are told, by the configuration of this place."""
    found: dict[Ref, list[dict[str, object]]] = {}
    for finding in findings(library, agents, configured()):
        found.setdefault(finding.problem.ref, []).append(finding.as_record)
    return found
