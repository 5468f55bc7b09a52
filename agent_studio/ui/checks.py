"""The rules as a session runs them: what changed is asked again, and whoever waits no longer can stop it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from agent_studio.model.checks.catalogue import BY_ID, RULES
from agent_studio.model.checks.engine import Checker, Configuration
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.library import Library
from agent_studio.store.settings import BadSettings, lint_configuration
from agent_studio.ui.findings import Finding, Findings


class Outdated(Exception):
    """Nobody waits for these findings any more."""


class Checks:
    """The rules with what they found so far. Those that ask for the machine run anew when it has changed.

    It is used by one thread at a time.
    """

    def __init__(self, configuration: Configuration | None = None) -> None:
        self.configuration = configuration
        self._everywhere = Checker([rule for rule in RULES if not rule.placed], configuration)
        self._here = self._placed(Surroundings())
        self._is_first = True

    @classmethod
    def configured(cls, before: Checks | None = None) -> tuple[Checks, str | None]:
        """The checks that the person and the project want, those `before` where they want the same as then.

        Beside them, what is wrong with how they say it: those before are kept then, too.
        """
        try:
            wanted = lint_configuration(os.getcwd(), os.environ, Path.home())
        except BadSettings as bad:
            return before or cls(), str(bad)
        return (before if before and before.configuration == wanted else cls(wanted)), None

    def _placed(self, around: Surroundings) -> Checker:
        return Checker([rule for rule in RULES if rule.placed], self.configuration, around)

    @property
    def around(self) -> Surroundings:
        """What was known of the machine last."""
        return self._here.surroundings

    def of(self, library: Library, around: Surroundings, outdated: Event) -> Findings | None:
        """Everything found in a library on this machine; None where `outdated` was set before all was looked at."""

        def go_on(_done: int, _of: int) -> None:
            if outdated.is_set():
                raise Outdated

        if around != self.around:
            self._here = self._placed(around)
        try:
            with self._aside():
                found = [*self._everywhere.check(library, go_on), *self._here.check(library, go_on)]
        except Outdated:
            return None
        places = {agent.ref: place for place, agent in enumerate(library)}
        found.sort(key=lambda problem: (places[problem.ref], problem.start, problem.rule))
        findings = Findings(library, tuple(map(self._weighed, found)), checked=True)
        _ = findings.facts, findings.counts  # counted here, beside the interface
        return findings

    @contextmanager
    def _aside(self) -> Iterator[None]:
        """Keep the collector out the first time: what is remembered of each file stays, it would only stand still."""
        if self._is_first:
            gc.disable()
        try:
            yield
        finally:
            if self._is_first:
                gc.freeze()
                gc.enable()
            self._is_first = False

    def _weighed(self, problem: Problem) -> Finding:
        rule = BY_ID[problem.rule]
        checker = self._here if rule.placed else self._everywhere
        return Finding(problem, rule, checker.severity(problem))
