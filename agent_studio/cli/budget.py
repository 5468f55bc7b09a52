"""The verb `budget`: what the descriptions of agents cost in every conversation, against what the host warns at."""

from __future__ import annotations

from collections.abc import Iterable

import click

from agent_studio.cli import output, record, selection, table
from agent_studio.cli.output import BOLD, WRONG, Piece
from agent_studio.cli.start import start_options
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.model.agent import Agent
from agent_studio.model.budget import Budget, budget
from agent_studio.model.library import Library


@verb(
    "budget",
    "Show what descriptions cost in every conversation. Counted as Claude Code does when it starts: name and"
    " description of every agent that it takes, those at each PATH or those that it reads from here.",
    ("agent-studio budget", "the costliest first, and whether Claude Code warns"),
    ("agent-studio budget --without seo-auditor --without user:a.md", "what parking these would save"),
    ("agent-studio budget --format json | jq .total", "for a program"),
    more=start_options(),
)
@click.argument(
    "paths", nargs=-1, type=click.Path(), metavar="[PATH]...", help="Files, folders or projects; - is standard input."
)
@click.option(
    "--without",
    "spared",
    multiple=True,
    type=AgentType(),
    metavar="AGENT",
    help="What it would be without this one. Can be repeated.",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "jsonl", "tsv"]),
    default="table",
    show_default=True,
    help="What to print.",
)
def budget_verb(paths: tuple[str, ...], spared: tuple[str, ...], shape: str) -> None:
    """Print the budget in the shape that was asked for."""
    library = selection.opened(paths)
    whole = budget(library)
    left = budget(library, {agent.ref for agent in selection.selected_of(library, spared).agents}) if spared else whole
    match shape:
        case "json":
            output.as_json(
                {
                    "schema": record.SCHEMA,
                    "limit": left.limit,
                    "before": whole.total,
                    "total": left.total,
                    "over": left.over,
                    "agents": list(_records(left)),
                }
            )
        case "jsonl":
            for cost in _records(left):
                output.as_json({"schema": record.SCHEMA, **cost}, indent=None)
        case "tsv":
            output.tabbed(["tokens", "share", "name", "scope", "ref"])
            for agent, tokens in left.costs:
                output.tabbed(
                    [str(tokens), str(_share(left, tokens)), agent.name, _scope(library, agent), str(agent.ref)]
                )
        case _:
            _as_table(library, whole, left)


def _records(found: Budget) -> Iterable[dict[str, object]]:
    return ({"ref": str(agent.ref), "tokens": tokens, "share": _share(found, tokens)} for agent, tokens in found.costs)


def _share(found: Budget, tokens: int) -> float:
    """The share of the total, from 0 to 1."""
    return round(tokens / found.total, 4) if found.total else 0.0


def _scope(library: Library, agent: Agent) -> str:
    root = library.root_of(agent.ref)
    return root.scope if root else ""


def _as_table(library: Library, whole: Budget, left: Budget) -> None:
    rows = [
        [Piece(f"{tokens:,}"), Piece(f"{_share(left, tokens):.1%}"), Piece(agent.name), Piece(_scope(library, agent))]
        for agent, tokens in left.costs
    ]
    for pieces in table.aligned(("TOKENS", "SHARE", "NAME", "SCOPE"), rows, output.width(), numbers=2):
        output.line(*pieces)
    before = f"{whole.total:,} → " if left is not whole else ""
    output.line(
        Piece(f"{before}{left.total:,} of {left.limit:,} tokens: {_warning(left)}", WRONG if left.over else BOLD)
    )


def _warning(found: Budget) -> str:
    """What the host says when it starts, as observed on 2.1.329."""
    if not found.over:
        return "Claude Code does not warn"
    limit, total = f"{found.limit / 1000:.1f}k", f"{found.total / 1000:.1f}k"
    return f'Claude Code warns "Agent descriptions are over the {limit}-token limit (~{total} tokens)"'
