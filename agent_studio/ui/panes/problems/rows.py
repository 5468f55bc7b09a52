"""The rows of the problems: groups by rule or by file, the most pressing first, and under each its problems."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len

from agent_studio.model.checks.problem import Severity
from agent_studio.model.visible import one_line
from agent_studio.ui.findings import KINDS, SIGNS, Finding, Findings
from agent_studio.ui.row_list import Piece, cut, fitted
from agent_studio.ui.shown import tail

if TYPE_CHECKING:
    from agent_studio.model.checks.rule import Rule

By = Literal["rule", "file"]
"""What problems are grouped by."""

_NAME = 24
_FIX = {True: "⚙ fix", False: "⚙ look", None: ""}


@dataclass(frozen=True, slots=True)
class Group:
    """Problems of one rule or in one file; `key` tells it from the others of its kind."""

    key: str
    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Severity:
        """The most pressing severity in it."""
        return min(self.findings, key=lambda finding: finding.weight).severity

    @property
    def rule(self) -> Rule | None:
        """The rule that they are all of; None for those of a file."""
        rule = self.findings[0].rule
        return rule if rule.id == self.key else None


Row = Group | Finding


def rows(findings: Iterable[Finding], by: By, folded: Collection[object]) -> Iterator[Row]:
    """The groups, each followed by its problems unless it is folded."""
    held: dict[str, list[Finding]] = {}
    for finding in findings:
        held.setdefault(finding.rule.id if by == "rule" else str(finding.problem.ref), []).append(finding)
    groups = [Group(key, tuple(found)) for key, found in held.items()]
    groups.sort(key=lambda group: (min(f.weight for f in group.findings), group.key if by == "rule" else ""))
    for group in groups:
        yield group
        if group.key not in folded:
            yield from group.findings


def drawn(row: Row, findings: Findings, by: By, width: int, folded: bool) -> list[Piece]:
    """A row in at most `width` cells, behind the sign of the cursor."""
    if isinstance(row, Group):
        return _group(row, findings, by, width, folded)
    return (_under_rule if by == "rule" else _under_file)(row, findings, width)


def _group(group: Group, findings: Findings, by: By, width: int, folded: bool) -> list[Piece]:
    first = group.findings[0]
    count = f"  {len(group.findings)}  "
    if by == "rule":
        title, note = f"{first.rule.id} {first.rule.name}", first.rule.summary
    else:
        agent = findings.library.get(first.problem.ref)
        title, note = one_line(agent.name if agent else ""), one_line(group.key)
    sign = Piece(f"{SIGNS[group.worst]} ", KINDS[group.worst])
    fold = "▸ " if folded else "▾ "
    title = cut(title, max(width - len(fold) - 2 - len(count), 1))
    room = width - len(fold) - 2 - cell_len(title) - len(count)
    note = cut(note, room) if by == "rule" else cut(tail(note, room), room)  # of a path the end tells most
    return [Piece(fold, "muted"), sign, Piece(title, "strong"), Piece(count), Piece(note, "muted")]


def _under_rule(finding: Finding, findings: Findings, width: int) -> list[Piece]:
    agent = findings.library.get(finding.problem.ref)
    name = one_line(agent.name if agent else finding.problem.ref.stem)
    return _item(fitted(name, min(_NAME, width // 3)), finding, findings, width)


def _under_file(finding: Finding, findings: Findings, width: int) -> list[Piece]:
    title = f"{finding.sign} {finding.rule.id} {finding.rule.name}"
    line = f"line {findings.line(finding)}"
    fix = _fix(finding)
    head, left = fitted(title, min(30, width // 2)), f"  {line:<10}"
    room = width - 4 - cell_len(head) - len(left) - len(fix.text)
    message = fitted(one_line(finding.problem.message), max(room, 0))
    return [Piece("    "), Piece(head, finding.kind), Piece(left, "muted"), Piece(message), fix]


def _item(head: str, finding: Finding, findings: Findings, width: int) -> list[Piece]:
    fix = _fix(finding)
    room = width - 4 - cell_len(head) - 2 - len(fix.text)
    place = one_line(f"{finding.problem.ref.path}:{findings.line(finding)}")
    if room < 60:
        return [Piece("    "), Piece(f"{head}  "), Piece(fitted(tail(place, room), room), "muted"), fix]
    left = min(max(room // 3, 30), 44)
    message = fitted(one_line(finding.problem.message), room - left - 2)
    return [Piece("    "), Piece(f"{head}  "), Piece(f"{fitted(tail(place, left), left)}  ", "muted"),
            Piece(message), fix]  # fmt: skip


def _fix(finding: Finding) -> Piece:
    fix = finding.problem.fix
    return Piece(f"  {_FIX[fix.safe if fix else None]:<6}", "" if fix and fix.safe else "muted")
