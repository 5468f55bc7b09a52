"""Matching: the option `--where`, and the agents that a query finds with what must be known for that."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import click
from click.shell_completion import CompletionItem

from agent_studio.cli import selection
from agent_studio.cli.diagnostics import Trouble
from agent_studio.model.agent import Agent
from agent_studio.model.facts import Facts, Found, Need
from agent_studio.model.grouping import Grouping, Section, sections
from agent_studio.model.library import Library
from agent_studio.model.query.completion import completions
from agent_studio.model.query.query import Query, needs, parse
from agent_studio.model.ref import Ref
from agent_studio.model.sort import Sort
from agent_studio.store.disk import Store

_PLAIN = re.compile(r"[\w.:,*<>=+/-]+")
"""What a shell takes as it is."""


class QueryType(click.ParamType[Query]):
    """A query in the language of `--where`."""

    name = "query"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Query:
        """The parsed query; a usage error where it cannot be understood."""
        query = parse(value)
        if query.mistakes:
            self.fail(str(query.mistakes[0]), param, ctx)
        return query

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """What the last term of the query may become."""
        try:
            library = Store(selection.roots()).load()
        except Trouble:
            return []
        found = completions(incomplete, len(incomplete), Facts(library))
        texts = [incomplete[: one.start] + one.text for one in found if _PLAIN.fullmatch(one.text)]
        return [CompletionItem(text) for text in texts]


class ViewType(click.ParamType[Query]):
    """The query of a saved view, by its name."""

    name = "view"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Query:
        """The parsed query; a usage error where there is no such view, or it cannot be understood."""
        saved = self._saved()
        if value not in saved:
            there = f"There are: {', '.join(saved)}" if saved else "There are none: name them below [views]"
            self.fail(f"no view is called {value!r}. {there} in your configuration (`agent-studio info`).", param, ctx)
        query = parse(saved[value])
        if query.mistakes:
            self.fail(f"{value}: {query.mistakes[0]}", param, ctx)
        return query

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The views whose names begin so."""
        try:
            return [CompletionItem(name) for name in self._saved() if name.startswith(incomplete)]
        except Trouble:
            return []

    @staticmethod
    def _saved() -> dict[str, str]:
        from agent_studio.store.settings import BadSettings, views  # noqa: PLC0415  # it loads every rule

        try:
            return views(os.environ, selection.home())
        except BadSettings as bad:
            raise Trouble(str(bad)) from None


WHERE = QueryType()
WHERE_HELP = "Only agents that match, for example 'model:opus color:unset -scope:user review'."


def matching(library: Library, agents: Iterable[Agent], query: Query | None) -> tuple[Agent, ...]:
    """The agents that a query finds; all without one."""
    agents = tuple(agents)
    return agents if query is None else query.select(agents, facts(library, query.needs))


def arranged(
    library: Library,
    agents: Iterable[Agent],
    queries: Sequence[Query],
    sort: Sort | None = None,
    group: Grouping | None = None,
) -> tuple[Section, ...]:
    """The agents that all queries find, sorted and in sections; without `group` in a single one that has no title.

    What no option says, the last query that says it does.
    """
    for query in reversed(queries):
        sort, group = sort or query.sort, group or query.group
    known = facts(library, needs(sort, group).union(*(query.needs for query in queries)))
    found = tuple(agents)
    for query in queries:
        found = query.select(found, known)
    found = (sort or Sort()).of(library, found, known)
    return sections(found, group, known) if group else (Section("", found),)


def facts(library: Library, needs: Collection[Need]) -> Facts:
    """What must be known beside the files."""
    found = Facts(library, now=time.time())
    if "problems" in needs:
        found = replace(found, problems=_problems(library))
    if "duplicates" in needs:
        from agent_studio.cli import crew  # noqa: PLC0415  # few queries ask for them

        found = replace(found, duplicates=crew.duplicates(library))
    return found


def _problems(library: Library) -> dict[Ref, Sequence[Found]]:
    from agent_studio.cli import linting  # noqa: PLC0415  # few queries ask for them, and they load every rule

    found: dict[Ref, list[Found]] = {}
    for finding in linting.findings(library, tuple(library), linting.configured()):
        one = Found(finding.rule.id, finding.rule.name, finding.severity)
        found.setdefault(finding.problem.ref, []).append(one)
    return {**found}
