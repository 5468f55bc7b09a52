"""Every qualifier of the language, declared once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import SEVERITIES
from agent_studio.model.duplicates.group import KINDS
from agent_studio.model.facts import Facts, Need
from agent_studio.model.ref import SCOPES
from agent_studio.model.schema import Field

from .number import AGES
from .qualifier import UNSET, Qualifier, Read, Test, contains, known, number, one_of, texts
from .token import Token

# What agents have


def _optional(read: Callable[[Agent], str | None]) -> Read:
    def values(agent: Agent, _: Facts) -> tuple[str, ...]:
        value = read(agent)
        return () if value is None else (value,)

    return values


def _field(field: Field) -> Read:
    """The values of a field: the items of a list, else its text; what is nested as it is written."""

    def read(agent: Agent, _: Facts) -> tuple[str, ...]:
        value = agent.document.get(field.name)
        if value is None:
            return ()
        if field.kind == "list":
            return schema.items_of(value)
        if isinstance(value, bool):
            return (str(value).lower(),)
        entry = agent.document.entry(field.name)
        return (agent.document.source(entry) if entry and isinstance(value, list | dict) else str(value),)

    return read


def _integer(name: str) -> Callable[[Agent, Facts], float | None]:
    def count(agent: Agent, _: Facts) -> float | None:
        value = agent.document.get(name)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    return count


def _tools(agent: Agent, _: Facts) -> tuple[str, ...]:
    """The tools that are listed, those with a pattern also by their bare names; `all` or `none` without a list."""
    tools = agent.reading.tools
    if not tools:
        return ("all",) if tools is None else ("none",)
    return (*tools, *(tool.partition("(")[0] for tool in tools if "(" in tool))


def _has_tools(token: Token) -> Test:
    """A test for tools; `unset` is the absent field, which means all of them."""
    listed, absent = one_of(_tools)(token), UNSET in texts(token)
    return lambda agent, facts: listed(agent, facts) or (absent and not agent.document.has("tools"))


def _scope(agent: Agent, facts: Facts) -> tuple[str, ...]:
    root = facts.library.root_of(agent.ref)
    return (root.scope if root else agent.ref.root.partition("/")[0],)


# What is known of them


STATES: Mapping[str, Test] = {
    "active": lambda agent, facts: facts.library.standing(agent).active,
    "broken": lambda agent, _: agent.verdict.status == "dropped",
    "degraded": lambda agent, _: agent.verdict.status == "degraded",
    "dirty": lambda agent, facts: agent.ref in facts.drafts,
    "dropped": lambda agent, _: agent.verdict.status == "dropped",
    "dup": lambda agent, facts: agent.ref in facts.duplicates.kinds,
    "loads": lambda agent, _: agent.verdict.status == "loads",
    "marked": lambda agent, facts: agent.ref in facts.marks,
    "outside": lambda agent, facts: agent.ref in facts.outside,
    "parked": lambda agent, _: agent.ref.parked,
    "readonly": lambda agent, _: agent.read_only,
    "shadowed": lambda agent, facts: agent.verdict.loads and facts.library.standing(agent).winner is not None,
    "tolerated": lambda agent, _: agent.verdict.status == "tolerated",
    "undefined": lambda agent, facts: facts.library.standing(agent).undefined,
}
"""Word behind `is:` -> the test. `active` is taken by the host now, `broken` is `dropped`, of an `undefined` one the
order of reading decides, an `outside` one was edited here and changed by another program."""

STATE_NEEDS: Mapping[str, Need] = {"dirty": "drafts", "dup": "duplicates", "marked": "marks", "outside": "drafts"}


def _is(token: Token) -> Test:
    tests = [STATES[word] for word in known(token, STATES)]
    return lambda agent, facts: any(test(agent, facts) for test in tests)


def _duplicate(token: Token) -> Test:
    kinds = frozenset(known(token, KINDS))
    return lambda agent, facts: not kinds.isdisjoint(facts.duplicates.kinds.get(agent.ref, ()))


def _rules(agent: Agent, facts: Facts) -> Iterable[str]:
    return (problem.rule for problem in facts.problems.get(agent.ref, ()))


def _rule(token: Token) -> Test:
    wanted = texts(token)

    def found(agent: Agent, facts: Facts) -> bool:
        problems = facts.problems.get(agent.ref, ())
        return any(one.rule.casefold().startswith(wanted) or one.name in wanted for one in problems)

    return found


def _severity(token: Token) -> Test:
    wanted = frozenset(known(token, SEVERITIES))
    return lambda agent, facts: any(problem.severity in wanted for problem in facts.problems.get(agent.ref, ()))


# The table


def _of_field(field: Field) -> Qualifier:
    """The qualifier that every field has."""
    read = _field(field)
    match field.kind:
        case "integer":
            return Qualifier(field.help, number(_integer(field.name)), offered=(UNSET,))
        case "prose" | "yaml":
            return Qualifier(field.help, contains(read), offered=(UNSET,))
        case _:
            return Qualifier(field.help, one_of(read), read, (*field.choices, UNSET))


_NAME = _optional(lambda agent: agent.name)
_MODEL = _optional(lambda agent: agent.reading.model)
_COLOR = _optional(lambda agent: agent.reading.color)
_PLUGIN = _optional(lambda agent: agent.plugin)

QUALIFIERS: Mapping[str, Qualifier] = {
    "model": Qualifier("The model; unset where none is named.", one_of(_MODEL), _MODEL, (UNSET,)),
    "color": Qualifier("The color; unset where it has none.", one_of(_COLOR), _COLOR, (UNSET,)),
    "tools": Qualifier("A tool that it lists; all where nothing restricts it.", _has_tools, _tools, ("all", "none")),
    "is": Qualifier("What state it is in.", _is, offered=tuple(STATES)),
    "scope": Qualifier("Whose it is.", one_of(_scope), _scope, SCOPES),
    "name": Qualifier("A part of the name.", contains(_NAME)),
    "desc": Qualifier("A part of the description.", contains(_optional(lambda agent: agent.reading.description))),
    "body": Qualifier("A part of the prompt.", contains(_optional(lambda agent: agent.document.body)), costly=True),
    "path": Qualifier("A part of its path or ref.", contains(lambda agent, _: (agent.path, str(agent.ref)))),
    "plugin": Qualifier("The plugin that brings it.", one_of(_PLUGIN), _PLUGIN, (UNSET,)),
    "has": Qualifier("A key in its header, known or not.", one_of(lambda agent, _: agent.document.values)),
    "dup": Qualifier("What kind of duplicate it is.", _duplicate, offered=KINDS, needs="duplicates"),
    "rule": Qualifier("A rule that it breaks: id, its beginning, or name.", _rule, _rules, needs="problems"),
    "severity": Qualifier("How much a problem of it weighs.", _severity, offered=SEVERITIES, needs="problems"),
    "tokens": Qualifier("Tokens of name and description.", number(lambda agent, _: agent.reading.tokens)),
    "body-tokens": Qualifier("Tokens of the prompt.", number(lambda agent, _: agent.tokens[1])),
    "lines": Qualifier("Lines of the file.", number(lambda agent, _: agent.lines)),
    "bytes": Qualifier("Size of the file.", number(lambda agent, _: agent.size)),
    "age": Qualifier(
        "How long ago it was changed.",
        number(lambda agent, facts: facts.now - agent.mtime if agent.mtime and facts.now else None, AGES),
        needs="now",
    ),
}
"""What can stand in front of a colon, what is asked for most first; those of the fields come after."""

_FIELDS = {field.name.lower(): _of_field(field) for field in schema.FIELDS}
EVERY: Mapping[str, Qualifier] = {**QUALIFIERS, **_FIELDS, **QUALIFIERS}
"""All of them by their names in lower case; those of the fields come last, and less than the ones above."""
