"""Findings as a SARIF 2.1.0 log, which GitHub code scanning and editors read."""

from __future__ import annotations

import inspect
import os
from collections.abc import Sequence
from urllib.parse import quote

from agent_studio import __version__
from agent_studio.cli import record
from agent_studio.cli.finding import Finding
from agent_studio.cli.verb import PROGRAM
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.problem import Severity
from agent_studio.model.checks.rule import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {
    "error": "error",
    "high": "error",
    "warning": "warning",
    "medium": "warning",
    "low": "note",
    "info": "note",
}
_SCORES: dict[Severity, str] = {"high": "8.0", "medium": "5.5", "low": "3.0"}
"""What GitHub takes for a security severity of that name."""
_PLACES = {rule.id: place for place, rule in enumerate(RULES)}


def log(findings: Sequence[Finding]) -> dict[str, object]:
    """The log of one run."""
    driver = {"name": PROGRAM, "semanticVersion": __version__, "rules": [_rule(rule) for rule in RULES]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, object]:
    properties: dict[str, object] = {"tags": ["security" if rule.severity in _SCORES else "agents"]}
    if rule.severity in _SCORES:
        properties["security-severity"] = _SCORES[rule.severity]
    page = inspect.cleandoc(rule.about)
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": " ".join(page.split("\n\n")[1].split())},  # GitHub wants one
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": not rule.experimental},
        "properties": properties,
    }


def _result(finding: Finding) -> dict[str, object]:
    (line, column), (end_line, end_column) = finding.start, finding.end
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": _PLACES[finding.rule.id],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.problem.message.replace("](", "] (")},  # which would be a link, to anywhere
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(finding.path)}, "region": region}}],
        "properties": {
            "severity": finding.severity,
            "fix": finding.fix,
            "others": [str(ref) for ref in finding.problem.others],
        },
    }


def uri(path: str) -> str:
    """A path as a URI: relative where it lies below the working directory, as GitHub wants it."""
    near = record.near(path)
    return ("file://" if os.path.isabs(near) else "") + quote(os.fsencode(near))
