"""The verb `diff`: two agents by line, or by field."""

from __future__ import annotations

from collections.abc import Iterator

import click

from agent_studio.cli import output, record, selection
from agent_studio.cli.diagnostics import ExitCode, Trouble
from agent_studio.cli.output import ADDED, BOLD, DIM, REMOVED, Piece
from agent_studio.cli.plain import plain_line
from agent_studio.cli.table import cells
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.cli.writing import diff_lines
from agent_studio.model.agent import Agent
from agent_studio.model.compare import rows
from agent_studio.model.compare.comparison import Comparison, compare
from agent_studio.model.compare.fields import FieldPair


@verb(
    "diff",
    "Compare two agents by line or by field. Ends with 0 when they are the same, 1 when they differ, 2 when there is"
    " trouble.",
    ("agent-studio diff project:reviewer.md user:reviewer.md", "a unified diff"),
    ("agent-studio diff reviewer strict-reviewer --fields", "field by field, as Claude Code reads them"),
    ("git show HEAD:reviewer.md | agent-studio diff - reviewer.md", "with standard input"),
)
@click.argument("a", type=AgentType(), help="A ref, a path or a name; - is standard input.")
@click.argument("b", type=AgentType(), help="What to compare it with.")
@click.option("--unified", "shape", flag_value="unified", type=str, default="unified", help="By line (the default).")
@click.option("--fields", "shape", flag_value="fields", type=str, help="By field, and how much of the prompt is alike.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json: by field, for a program; its sections are empty in this version.",
)
def diff_verb(a: str, b: str, shape: str, form: str) -> ExitCode:
    """Print how the agents differ."""
    if a == b == selection.STDIN:
        raise click.UsageError("standard input (-) can be read once only")
    first, second = selection.pair(a, b)
    for agent in (first, second):
        if agent.trouble:
            raise Trouble(f"{record.near(agent.path)}: {agent.trouble}")
    if form == "text" and shape == "unified":
        return _by_line(first, second)
    comparison = compare(first.document, second.document)
    if form == "json":
        output.as_json(_record(first, second, comparison))
    else:
        for line in _by_field(first, second, comparison):
            output.line(*line)
    return ExitCode.FINE if comparison.same else ExitCode.DIFFERENT


def _by_line(a: Agent, b: Agent) -> ExitCode:
    if a.document.data == b.document.data:
        return ExitCode.FINE
    for line in diff_lines(a.document.data, b.document.data, record.near(a.path), record.near(b.path)):
        output.line(line)
    return ExitCode.DIFFERENT


def _by_field(a: Agent, b: Agent, comparison: Comparison) -> Iterator[list[Piece]]:
    yield [Piece(plain_line(f"--- {a.ref}"), BOLD)]
    yield [Piece(plain_line(f"+++ {b.ref}"), BOLD)]
    width = max((cells(plain_line(field.name)) for field in comparison.fields), default=4)
    for field in comparison.fields:
        yield from _field(field, width)
    lines = comparison.lines
    counts = "the same" if lines.same else f"+{lines.added} −{lines.removed} lines, {comparison.similarity:.0%} alike"
    yield [Piece(f"  {'body':<{width}}  {counts}", DIM)]


def _field(field: FieldPair, width: int) -> Iterator[list[Piece]]:
    """A field that is the same on one line, one that differs with what it was and what it is."""
    name = plain_line(field.name)
    label = name + " " * (width - cells(name))
    if field.status == "same":
        yield [Piece(f"  {label}  the same{' but for its spelling' * field.respelled}", DIM)]
        return
    for row in rows.folded(rows.field_rows(field, 1), context=1, kept=1):
        if row.kind == "fold":
            yield [Piece(f"  {'':{width}}  ⋯ {len(row.folded)} lines the same", DIM)]
        elif row.status == "same":
            yield _side(" ", DIM, label, row.left)
        else:
            yield from (
                _side(s, c, label, cell) for s, c, cell in (("-", REMOVED, row.left), ("+", ADDED, row.right)) if cell
            )


def _side(sign: str, style: str, label: str, cell: rows.Cell | None) -> list[Piece]:
    """One line of a field's value on one side; what the other side lacks is bold."""
    assert cell is not None
    text = [Piece(piece.text, f"{BOLD};{style}" if piece.changed else style) for piece in cell.pieces]
    return [Piece(f"{sign} {label if cell.label else ' ' * cells(label)}  ", style), *text]


def _record(a: Agent, b: Agent, comparison: Comparison) -> dict[str, object]:
    return {
        "schema": record.SCHEMA,
        "a": str(a.ref),
        "b": str(b.ref),
        "similarity": round(comparison.similarity, 4),
        "fields": [
            {
                "name": field.name,
                "status": field.status,
                "a": field.left.value if field.left else None,
                "b": field.right.value if field.right else None,
            }
            for field in comparison.fields
        ],
        "sections": [],
    }
