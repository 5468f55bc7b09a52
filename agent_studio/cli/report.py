"""Findings for people and for GitHub: one line each, a count by rule, annotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from agent_studio.cli import output, record, table
from agent_studio.cli.finding import Finding
from agent_studio.cli.output import BOLD, DIM, PLACE, REMOVED, WRONG, Piece
from agent_studio.cli.plain import encodable, plain_line
from agent_studio.model.checks.problem import SEVERITIES, Severity
from agent_studio.model.visible import visible

_STYLES: dict[Severity, str] = {
    "error": REMOVED,
    "high": REMOVED,
    "warning": WRONG,
    "medium": WRONG,
    "low": PLACE,
    "info": PLACE,
}
_FIXES = {"safe": " [fix]", "unsafe": " [unsafe fix]", None: ""}


def as_text(findings: Sequence[Finding], files: int) -> None:
    """Print one line for each finding, and how many there are."""
    paths = {path: plain_line(record.near(path)) for path in dict.fromkeys(finding.path for finding in findings)}
    output.lines(
        (
            Piece(paths[finding.path], BOLD),
            f":{finding.start[0]}:{finding.start[1]}: ",
            Piece(finding.rule.id, _STYLES[finding.severity]),
            f" {finding.severity} {plain_line(finding.problem.message)}",
            Piece(_FIXES[finding.fix], DIM),
        )
        for finding in findings
    )
    _summed(findings, files)


def as_statistics(findings: Sequence[Finding], files: int) -> None:
    """Print how often each rule was broken, the most frequent first, with the most pressing of its findings."""
    counts = Counter(finding.rule.id for finding in findings)
    by_severity = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity), reverse=True)
    rules = {finding.rule.id: finding for finding in by_severity}
    rows = [
        [
            Piece(str(count)),
            Piece(rule, _STYLES[rules[rule].severity]),
            Piece(rules[rule].rule.name),
            Piece(rules[rule].severity),
            Piece(rules[rule].rule.summary),
        ]
        for rule, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    if rows:
        titles = ("COUNT", "RULE", "NAME", "SEVERITY", "WHAT")
        for pieces in table.aligned(titles, rows, output.width(), numbers=1):
            output.line(*pieces)
    _summed(findings, files)


def _summed(findings: Sequence[Finding], files: int) -> None:
    """Print how many findings there are, of which kinds, and how many can be mended."""
    if not findings:
        output.line(Piece(f"No problems in {_counted(files, 'file')}.", BOLD))
        return
    severities = Counter(finding.severity for finding in findings)
    kinds = ", ".join(_kind(severities[severity], severity) for severity in SEVERITIES if severities[severity])
    where = f"{len({finding.path for finding in findings}):,} of {_counted(files, 'file')}"
    output.line(Piece(f"{_counted(len(findings), 'problem')} in {where}: {kinds}.{_mendable(findings)}", BOLD))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _kind(number: int, severity: Severity) -> str:
    return _counted(number, severity) if severity in {"error", "warning"} else f"{number:,} {severity}"


def _mendable(findings: Sequence[Finding]) -> str:
    fixes = Counter(finding.fix for finding in findings)
    ways = (("safe", "--fix"), ("unsafe", "--fix --unsafe-fixes"))
    told = [f"{fixes[kind]:,} can be fixed with {option}" for kind, option in ways if fixes[kind]]
    return f" {'; '.join(told)}." if told else ""


_LEVELS: dict[Severity, str] = {
    "error": "error",
    "high": "error",
    "warning": "warning",
    "medium": "warning",
    "low": "warning",
    "info": "notice",
}


def as_annotations(findings: Sequence[Finding]) -> None:
    """Print GitHub's workflow commands, which show each finding beside its line."""
    for line in map(annotation, findings):
        output.line(line)


def annotation(finding: Finding) -> str:
    """One workflow command; nothing in a file or its name can end it or begin another one."""
    facts = {
        "file": record.near(finding.path),
        "line": str(finding.start[0]),
        "endLine": str(finding.end[0]),
        "col": str(finding.start[1]),
        "endColumn": str(finding.end[1]),
        "title": f"{finding.rule.id} {finding.rule.name}",
    }
    told = ",".join(f"{key}={_encoded(value, _IN_FACTS)}" for key, value in facts.items())
    return f"::{_LEVELS[finding.severity]} {told}::{_encoded(finding.problem.message, _IN_MESSAGE)}"


_IN_MESSAGE = {char: f"%{ord(char):02X}" for char in "%\r\n"}
_IN_FACTS = _IN_MESSAGE | {char: f"%{ord(char):02X}" for char in ":,"}
"""What ends a command, or a part of it, and the code for it that GitHub decodes."""


def _encoded(text: str, codes: dict[str, str]) -> str:
    """`text` with such characters as codes, and what else a terminal obeys made visible."""
    return "".join(codes.get(char, char) for char in visible(encodable(text), keep="\r\n"))
