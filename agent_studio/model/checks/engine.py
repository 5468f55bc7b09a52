"""Running rules over a library, anew only where something changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import NamedTuple

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import SEVERITIES, Problem, Severity
from agent_studio.model.checks.rule import AgentCheck, Rule
from agent_studio.model.checks.surroundings import NOTHING_KNOWN, Surroundings
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.duplicates.nearness import Among
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref

Progress = Callable[[int, int], None]
"""Told how many files of how many are done."""

_EACH = 64
"""Files between two reports of progress."""
_ROUNDS = 10
_STEPS = 1_000
"""How often all rules are asked again, and one rule, while a file is mended."""


class Configuration(NamedTuple):
    """Which rules run and how much they weigh, from outside the agent files: what stands inside reaches the model.

    `select` and `ignore` hold ids, names, or beginnings of ids (`L`, `S0`); an empty `select` means every rule that is
    not experimental. `severities` is id -> another severity. `per_file` is a pattern of paths below the root (or refs)
    -> what to ignore there.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = MappingProxyType({})
    per_file: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def runs(self, rule: Rule) -> bool:
        """Whether a rule runs at all."""
        if rule.experimental:
            wanted = rule.id in self.select or rule.name in self.select
        else:
            wanted = not self.select or any(meant(rule, word) for word in self.select)
        return wanted and not any(meant(rule, word) for word in self.ignore)

    def severity(self, rule: Rule, problem: Problem | None = None) -> Severity:
        """How much a rule weighs, or one of its problems."""
        return self.severities.get(rule.id) or (problem and problem.severity) or rule.severity

    def covers(self, rule: Rule, ref: Ref) -> bool:
        """Whether a rule counts for a file."""
        return not any(
            any(meant(rule, word) for word in words)
            for pattern, words in self.per_file.items()
            if fnmatchcase(ref.path, pattern) or fnmatchcase(str(ref), pattern)
        )


def meant(rule: Rule, word: str) -> bool:
    """Whether a word of a configuration means a rule."""
    return bool(word) and (rule.id.startswith(word) or rule.name == word)


class Checker:
    """The rules of a configuration, with what they found in files that have not changed since."""

    def __init__(
        self,
        rules: Sequence[Rule],
        configuration: Configuration | None = None,
        surroundings: Surroundings = NOTHING_KNOWN,
    ) -> None:
        self.configuration = configuration or Configuration()
        self.surroundings = surroundings
        self.rules = tuple(rule for rule in rules if self.configuration.runs(rule))
        self._alone = tuple(rule for rule in self.rules if not rule.library)
        self._checks = tuple(rule.looking(surroundings) for rule in self._alone)
        self._by_id = {rule.id: rule for rule in self.rules}
        self._preparations = {rule.prepare for rule in self.rules if rule.prepare}
        self._found: dict[Ref, tuple[Agent, tuple[Problem, ...]]] = {}
        self._said: dict[str, tuple[Library, Sequence[Problem]]] = {}
        self._last: tuple[Library, tuple[Problem, ...]] = Library(), ()

    def severity(self, problem: Problem) -> Severity:
        """How much a problem of these rules weighs."""
        return self.configuration.severity(self._by_id[problem.rule], problem)

    def rules_for(self, ref: Ref) -> tuple[Rule, ...]:
        """The rules that look at a file by itself and count for it."""
        if not self.configuration.per_file:
            return self._alone
        return tuple(rule for rule in self._alone if self.configuration.covers(rule, ref))

    def _checks_for(self, ref: Ref) -> tuple[AgentCheck, ...]:
        if not self.configuration.per_file:
            return self._checks
        return tuple(rule.looking(self.surroundings) for rule in self.rules_for(ref))

    def remember(self, agent: Agent, problems: Sequence[Problem]) -> None:
        """Take for known what is said of one file by itself."""
        self._found[agent.ref] = agent, tuple(problems)

    def look(self, agent: Agent) -> tuple[Problem, ...]:
        """What is said of one file by itself, remembered as long as it stays the same; rules about all are prepared."""
        held, problems = self._found.get(agent.ref, (None, ()))
        if held is not agent:
            problems = tuple([problem for check in self._checks_for(agent.ref) for problem in check(agent)])
            self._found[agent.ref] = agent, problems
            for prepare in self._preparations:
                prepare(agent)
        return problems

    def compare(self, library: Library, among: Among) -> None:
        """Do before `check` what of it several processes can share."""
        for compare in {rule.compare for rule in self.rules if rule.compare}:
            compare(library, among)

    def said(self, rule: Rule, library: Library) -> Sequence[Problem]:
        """What a rule says of all agents together."""
        of, problems = self._said.get(rule.id, (None, ()))
        if of is library or not rule.library:
            return problems
        found = list(rule.library(library))
        if not self.configuration.per_file:
            return found
        return [problem for problem in found if self.configuration.covers(rule, problem.ref)]

    def remember_said(self, rule: Rule, library: Library, problems: Sequence[Problem]) -> None:
        """Take for known what a rule says of all agents together."""
        self._said[rule.id] = library, problems

    def check(self, library: Library, progress: Progress | None = None) -> tuple[Problem, ...]:
        """Every problem of a library, by file (in its order), then place, then rule."""
        if library is self._last[0]:
            return self._last[1]
        found: list[Problem] = []
        for done, agent in enumerate(library):
            if progress and not done % _EACH:
                progress(done, len(library))
            found += self.look(agent)
        self._found = {ref: held for ref, held in self._found.items() if ref in library.agents}
        for rule in self.rules:
            found += self.said(rule, library)
        places = {agent.ref: place for place, agent in enumerate(library)}
        problems = tuple(sorted(found, key=lambda problem: (places[problem.ref], problem.start, problem.rule)))
        self._last = library, problems
        return problems


def fixed(
    agent: Agent, rules: Sequence[Rule], *, unsafe: bool = False, around: Surroundings = NOTHING_KNOWN
) -> Document:
    """An agent's document with every problem mended that these rules can mend in its text, one after the other."""
    for _ in range(_ROUNDS):
        before = agent.document.data
        for rule in rules:
            agent = _mended(agent, rule, unsafe, around)
        if agent.document.data == before:
            break
    return agent.document


def _mended(agent: Agent, rule: Rule, unsafe: bool, around: Surroundings) -> Agent:
    """An agent after the steps of one rule; a step that is refused, or does nothing, is not tried again."""
    vain: set[tuple[int, str]] = set()
    for _ in range(_STEPS):
        for problem in rule.of(agent, around):
            fix = problem.fix
            if not fix or not fix.step or not (fix.safe or unsafe) or (problem.start, problem.message) in vain:
                continue
            document = _after(agent.document, fix.step)
            if document.data != agent.document.data:
                agent = replace(agent, document=document)
                break
            vain.add((problem.start, problem.message))
        else:
            break
    return agent


def _after(document: Document, step: Callable[[Document], Document]) -> Document:
    """A document after a step; itself where the step is refused."""
    try:
        return step(document)
    except EditRefused:
        return document


def worst(severities: Iterable[Severity]) -> Severity | None:
    """The most pressing of some severities; None without any."""
    return min(severities, key=SEVERITIES.index, default=None)
