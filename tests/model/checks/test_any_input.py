"""No input makes a rule raise, and no fix makes a file worse."""

from __future__ import annotations

from hypothesis import given

from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.engine import fixed
from agent_studio.model.library import Library
from agent_studio.model.ref import Root
from tests.model.checks import cases
from tests.model.documents import agent
from tests.model.headers import anything


@given(anything, anything)
def test_no_rule_raises(one: bytes, other: bytes) -> None:
    agents = [agent(one), agent(other, "b.MD"), agent(one, ".c copy.md")]
    library = Library((Root("project", "project", "/project"),), {held.ref: held for held in agents})
    for rule in RULES:
        for problem in cases.found(rule, library):
            assert 0 <= problem.start <= problem.end <= len(library.agents[problem.ref].document.text)


@given(anything)
def test_safe_fixes_never_make_a_file_worse(data: bytes) -> None:
    held = agent(data)
    rules = [rule for rule in RULES if not rule.experimental]
    document = fixed(held, rules)
    assert fixed(agent(document), rules) == document
    assert agent(document).verdict.loads >= held.verdict.loads


@given(anything)
def test_unsafe_fixes_never_raise(data: bytes) -> None:
    fixed(agent(data), RULES, unsafe=True)
