"""The filter of the problems: words, `severity:` and `rule:`, all of which must hold; a leading `-` negates."""

from __future__ import annotations

from collections.abc import Callable

from agent_studio.model.checks.problem import SEVERITIES
from agent_studio.ui.findings import Finding, Findings

Test = Callable[[Finding], bool]


class BadSearch(Exception):
    """A filter that cannot be understood; the message says what there is instead."""


def searched(findings: Findings, text: str) -> tuple[Finding, ...]:
    """The findings that a filter lets through; raises `BadSearch` for one that cannot be understood."""
    tests = []
    for word in text.casefold().split():
        bare = word.removeprefix("-")
        if bare:
            test = _test(findings, bare)
            tests.append(test if bare == word else _negated(test))
    return tuple(finding for finding in findings.all if all(test(finding) for test in tests))


def _negated(test: Test) -> Test:
    return lambda finding: not test(finding)


def _test(findings: Findings, word: str) -> Test:
    qualifier, colon, values = word.partition(":")
    if not colon or not qualifier.isalpha():
        return lambda finding: word in _text(findings, finding)
    wanted = tuple(value for value in values.split(",") if value)
    if qualifier not in {"severity", "rule"}:
        raise BadSearch(f"no filter is called {qualifier}: use severity: or rule:")
    if not wanted:
        raise BadSearch(f"{qualifier}: wants a value")
    if qualifier == "rule":
        return lambda finding: finding.rule.id.casefold().startswith(wanted) or finding.rule.name in wanted
    # What is typed halfway is no mistake.
    if not all(any(name.startswith(value) for name in SEVERITIES) for value in wanted):
        raise BadSearch(f"no such severity: {' '.join(SEVERITIES)}")
    return lambda finding: finding.severity.startswith(wanted)


def _text(findings: Findings, finding: Finding) -> str:
    """What words are looked for in."""
    agent = findings.library.get(finding.problem.ref)
    name = agent.name if agent else ""
    said = (finding.rule.id, finding.rule.name, name, finding.problem.ref.path, finding.problem.message)
    return "\n".join(said).casefold()
