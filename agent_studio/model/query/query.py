"""Query: what a person looks for, as terms that must all hold.

A word stands in the name or the description, or its letters stand in the name in that order. `'word` is not looked for
by its letters alone; `^start` and `end$` are those of the name; `-` or `!` in front turns a term round; `a | b` is one
of them. `qualifier:value` asks for one thing, a comma list for any of some values, `regex:/…/` for what an expression
finds. `sort:` and `group:` say how the rest is shown. Case does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from agent_studio.model.agent import Agent
from agent_studio.model.facts import NOTHING, Facts, Need
from agent_studio.model.grouping import GROUPINGS, Grouping
from agent_studio.model.sort import ORDERS, Sort

from .qualifier import BadTerm, Test, searched, unknown
from .qualifiers import EVERY, STATE_NEEDS
from .token import Token, tokens


@dataclass(frozen=True, slots=True)
class Mistake:
    """What cannot be understood in a query: `[start, end)` of it, why in a few words, and what there is instead."""

    start: int
    end: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is looked for; `text` is how it is spelled, `word` the word that it is where it is one.

    `needs` is what it asks for beyond the agents; a `costly` one is asked last.
    """

    text: str
    test: Test = field(compare=False)
    word: str | None = None
    needs: frozenset[Need] = frozenset()
    costly: bool = False


Clause = tuple[Term, ...]
"""Terms of which one must hold."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: the clauses that must all hold, how the rest is shown, and what could not be understood.

    What could not be understood is left out of the clauses.
    """

    text: str = ""
    clauses: tuple[Clause, ...] = ()
    sort: Sort | None = None
    group: Grouping | None = None
    mistakes: tuple[Mistake, ...] = ()

    @property
    def needs(self) -> frozenset[Need]:
        """What must be known beyond the agents."""
        return needs(self.sort, self.group).union(*(term.needs for clause in self.clauses for term in clause))

    def matches(self, agent: Agent, facts: Facts = NOTHING) -> bool:
        """Whether an agent is found."""
        return all(any(term.test(agent, facts) for term in clause) for clause in self.clauses)

    def select(self, agents: Sequence[Agent], facts: Facts = NOTHING) -> tuple[Agent, ...]:
        """The agents that are found, in their order."""
        found = agents
        for clause in sorted(self.clauses, key=lambda clause: any(term.costly for term in clause)):
            found = _kept(found, clause, facts)
        return tuple(found)

    def narrows(self, other: Query) -> bool:
        """Whether everything that it finds is found by another query, too, as far as can be told at a glance."""
        if not other.clauses:
            return True
        common = len(other.clauses) - 1
        if len(self.clauses) <= common or self.clauses[:common] != other.clauses[:common]:
            return False
        mine, theirs = self.clauses[common], other.clauses[common]
        if mine == theirs:
            return True
        return len(mine) == len(theirs) == 1 and _extends(mine[0].word, theirs[0].word)

    def ranked(self, agents: Sequence[Agent]) -> tuple[Agent, ...]:
        """Agents that are found: those with the words in their names first, those with the letters alone last."""
        words = [clause[0].word for clause in self.clauses if len(clause) == 1 and clause[0].word]
        if not words:
            return tuple(agents)

        def grade(agent: Agent) -> int:
            called, haystack = agent.called, agent.haystack
            return max([(word not in called) + (word not in haystack) for word in words])

        return tuple(sorted(agents, key=grade))


def needs(sort: Sort | None, group: Grouping | None) -> frozenset[Need]:
    """What must be known to show agents so."""
    by_problems: frozenset[Need] = frozenset({"problems"} if sort and sort.by == "problems" else ())
    return by_problems | ({"duplicates"} if group == "duplicates" else set[Need]())


def _kept(agents: Sequence[Agent], clause: Clause, facts: Facts) -> Sequence[Agent]:
    """The agents for which one of the terms holds."""
    if len(clause) > 1:
        return [agent for agent in agents if any(term.test(agent, facts) for term in clause)]
    term = clause[0]
    if term.word is None:
        return [agent for agent in agents if term.test(agent, facts)]
    word, in_order = term.word, _in_order(term.word)
    if in_order is None:
        return [agent for agent in agents if word in agent.haystack]
    return [agent for agent in agents if word in agent.haystack or in_order(agent.called)]


_FEW = 2
"""Letters that stand in nearly every name one after the other: so few are looked for side by side only."""


def _in_order(word: str) -> Callable[[str], object] | None:
    """Whether all letters of a word stand in a text one after the other; None for a word that is too short."""
    if len(word) <= _FEW:
        return None
    return re.compile("".join(f"[^{re.escape(char)}]*{re.escape(char)}" for char in word)).match


def _extends(word: str | None, other: str | None) -> bool:
    """Whether a word finds nothing that another one does not find."""
    return (
        word is not None and other is not None and word.startswith(other) and (len(word) <= _FEW or len(other) > _FEW)
    )


def parse(text: str) -> Query:
    """The query that a text spells."""
    clauses: list[Clause] = []
    mistakes: list[Mistake] = []
    sort: Sort | None = None
    group: Grouping | None = None
    joins = False
    for token in tokens(text):
        if token.bar:
            joins = bool(clauses)
            continue
        try:
            if token.qualifier == "sort":
                sort = _sort(token)
            elif token.qualifier == "group":
                group = _group(token)
            elif term := _term(token, text):
                if joins:
                    clauses[-1] += (term,)
                else:
                    clauses.append((term,))
        except BadTerm as bad:
            mistakes.append(Mistake(token.start, token.end, str(bad), bad.hint))
        joins = False
    return Query(text, tuple(clauses), sort, group, tuple(mistakes))


def _sort(token: Token) -> Sort:
    """The order that is asked for; a `-` before its name, or the term, turns it round."""
    name = token.value.casefold().removeprefix("-")
    by = next((order for order in ORDERS if order == name), None)
    if by is None:
        raise unknown(f"there is no order {name}", name, ORDERS)
    return Sort(by, token.negated or name != token.value.casefold())


def _group(token: Token) -> Grouping:
    name = token.value.casefold()
    by = next((grouping for grouping in GROUPINGS if grouping == name), None)
    if by is None:
        raise unknown(f"there is no group {name}", name, GROUPINGS)
    return by


def _term(token: Token, text: str) -> Term | None:
    """The term that a token spells; None for one that says nothing yet. Raises `BadTerm`."""
    found = _bare(token) if token.qualifier is None else _qualified(token.qualifier, token)
    if found is None:
        return None
    if token.negated:
        found = replace(found, test=_negated(found.test), word=None)
    return replace(found, text=text[token.start : token.end].casefold())


def _negated(test: Test) -> Test:
    return lambda agent, facts: not test(agent, facts)


def _bare(token: Token) -> Term | None:
    """A term without a qualifier."""
    value = token.value.casefold()
    if token.form == "regex":
        search = searched(token.value)
        return Term("", lambda agent, _: search(agent.document.text), costly=True)
    if value.startswith("regex:"):
        raise BadTerm("regex: takes an expression between slashes, as regex:/api|rest/")
    exact = token.form == "quoted" or token.negated or value.startswith("'")
    if token.form == "bare":
        value = value.removeprefix("'")
        starts, ends = value.startswith("^"), value.endswith("$")
        value = value.removeprefix("^").removesuffix("$")
        if value and (starts or ends):
            return Term("", _at_ends(value, starts, ends))
    if not value:
        return None
    if exact:
        return Term("", lambda agent, _: value in agent.haystack)
    in_order = _in_order(value) or (lambda _: None)
    return Term("", lambda agent, _: value in agent.haystack or bool(in_order(agent.called)), word=value)


def _at_ends(value: str, starts: bool, ends: bool) -> Test:
    """A test for how a name begins, or ends, or (both) what it is."""

    def test(agent: Agent, _: Facts) -> bool:
        if starts and ends:
            return agent.called == value
        return agent.called.startswith(value) if starts else agent.called.endswith(value)

    return test


def _qualified(name: str, token: Token) -> Term:
    """A term with a qualifier."""
    qualifier = EVERY.get(name)
    if qualifier is None:
        raise unknown(f"no filter is called {name}", name, EVERY)
    if not token.value.strip(","):
        raise BadTerm(f"{name}: wants a value")
    needs = {qualifier.needs} if qualifier.needs else set[Need]()
    if name == "is":
        needs |= {STATE_NEEDS[state] for state in token.value.casefold().split(",") if state in STATE_NEEDS}
    return Term("", qualifier.test(token), needs=frozenset(needs), costly=qualifier.costly)
