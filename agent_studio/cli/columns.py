"""Columns: what a list can say of an agent, by name."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click

from agent_studio.cli.output import DIM, WRONG, Piece
from agent_studio.cli.record import near
from agent_studio.cli.swatch import tag
from agent_studio.model import schema
from agent_studio.model.age import age
from agent_studio.model.agent import Agent
from agent_studio.model.library import Library


@dataclass(frozen=True, slots=True)
class Row:
    """An agent, and the library that it stands in."""

    library: Library
    agent: Agent


Column = Callable[[Row], Piece]

TABLE = ("tag", "name", "model", "tools", "scope", "age", "state")
TSV = ("ref", "name", "model", "color", "tool-names", "scope", "status", "path")


def _age(row: Row) -> Piece:
    return Piece(age(time.time() - row.agent.mtime) if row.agent.mtime else "")


def _tools(row: Row) -> Piece:
    """How many tools it lists, or `all`."""
    tools = row.agent.reading.tools
    return Piece("all" if tools is None else str(len(tools)), "" if tools is None or tools else WRONG)


def _tool_names(row: Row) -> Piece:
    tools = row.agent.reading.tools
    return Piece("all" if tools is None else ", ".join(tools) or "none")


def _scope(row: Row) -> Piece:
    root = row.library.root_of(row.agent.ref)
    return Piece(root.scope if root else "")


_SIGNS = {
    "dropped": ("✖ ", "31"),
    "degraded": ("⚠ ", WRONG),
    "tolerated": ("⚠ ", WRONG),
    "parked": ("", DIM),
    "not-agent": ("· ", DIM),
}


def _state(row: Row) -> Piece:
    """What a person should know: its namesakes, who wins, why it does not load as written, that it is not theirs."""
    verdict = row.agent.verdict
    others = len(row.library.same_name(row.agent))
    sign, style = _SIGNS.get(verdict.status, ("", ""))
    reason = "parked" if verdict.status == "parked" else f"{sign}{verdict.reason}" if verdict.reason else ""
    parts = [
        f"⇄{others + 1}" if others else "",
        row.library.standing(row.agent).word,
        reason,
        "read-only" if row.agent.read_only else "",
    ]
    return Piece(" ".join(filter(None, parts)), style)


def _field(name: str) -> Column:
    """A frontmatter field as it is read."""

    def column(row: Row) -> Piece:
        value = row.agent.document.get(name)
        items = schema.items_of(value) if schema.BY_NAME[name].kind == "list" else None
        return Piece(", ".join(items) if items else "" if value is None else str(value))

    return column


COLUMNS: dict[str, Column] = {
    "tag": lambda row: tag(row.agent.reading.color),
    "name": lambda row: Piece(row.agent.name),
    "description": lambda row: Piece(row.agent.description),
    "model": lambda row: Piece(row.agent.reading.model or ""),
    "color": lambda row: Piece(row.agent.reading.color or ""),
    "tools": _tools,
    "tool-names": _tool_names,
    "scope": _scope,
    "age": _age,
    "state": _state,
    "status": lambda row: Piece(row.agent.verdict.status),
    "reason": lambda row: Piece(row.agent.verdict.reason or ""),
    "active": lambda row: Piece("yes" if row.library.standing(row.agent).active else "no"),
    "standing": lambda row: Piece(row.library.standing(row.agent).why or ""),
    "losses": lambda row: Piece("; ".join(row.agent.reading.losses)),
    "ref": lambda row: Piece(str(row.agent.ref)),
    "path": lambda row: Piece(near(row.agent.path)),
    "tokens": lambda row: Piece(str(row.agent.tokens[0])),
    "listed-tokens": lambda row: Piece(str(row.agent.reading.warned_tokens)),
    "body-tokens": lambda row: Piece(str(row.agent.tokens[1])),
    "bytes": lambda row: Piece(str(row.agent.size)),
    "lines": lambda row: Piece(str(row.agent.lines)),
}
COLUMNS |= {field.name: _field(field.name) for field in schema.FIELDS if field.name not in COLUMNS}


def parse(text: str) -> tuple[str, ...]:
    """The columns that a comma list names; raises a usage error for one that does not exist."""
    names = tuple(name.strip() for name in text.split(","))
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise click.BadParameter(f"there is no column {unknown[0]!r}. There are: {', '.join(COLUMNS)}")
    return names


def cells(names: Sequence[str], row: Row) -> list[Piece]:
    """What some columns say of an agent."""
    return [COLUMNS[name](row) for name in names]
