"""The verb `show`: one agent as the host reads it."""

from __future__ import annotations

import click

from agent_studio.cli import output, record, selection
from agent_studio.cli.diagnostics import Trouble
from agent_studio.cli.output import BOLD, DIM, WRONG, Piece
from agent_studio.cli.plain import plain_line
from agent_studio.cli.swatch import tag
from agent_studio.cli.table import cells
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.model.agent import Agent
from agent_studio.model.compare import values
from agent_studio.model.library import Library


def _as_text(library: Library, agent: Agent) -> None:
    _heading(library, agent)
    output.line()
    _fields(agent)
    output.line()
    for text in agent.document.body.replace("\r\n", "\n").strip("\n").split("\n"):
        output.line(text)


def _heading(library: Library, agent: Agent) -> None:
    described, body = agent.tokens
    output.line(Piece(plain_line(agent.name), BOLD), "  ", plain_line(str(agent.ref)))
    lines = record.lines(agent.document.data)
    sizes = f"{lines:,} lines, {agent.size:,} bytes, about {described:,} tokens in every conversation and {body:,} more"
    output.line(Piece(f"{plain_line(record.near(agent.path))}: {sizes}", DIM))
    verdict = f"{agent.verdict.status}{': ' if agent.verdict.reason else ''}{agent.verdict.reason or ''}"
    output.line(Piece(plain_line(verdict), "" if agent.verdict.status == "loads" else WRONG))
    if twins := library.same_name(agent):
        output.line(plain_line(f"same name: {', '.join(str(twin.ref) for twin in twins)}"))
    if agent.read_only:
        output.line("read-only")


def _fields(agent: Agent) -> None:
    unknown = set(record.unknown_fields(agent))
    width = max((cells(plain_line(key)) for key in agent.document.values), default=0)
    for key, value in agent.document.values.items():
        name = plain_line(key)
        first, *rest = values.text(key, value).split("\n")
        mark = "  (Claude Code does not know this field)" if key in unknown else ""
        swatch = tag(agent.reading.color) if key == "color" else Piece("")
        gaps = " " * (width - cells(name) + 2), " " * bool(swatch.text)
        output.line(Piece(name, BOLD), gaps[0], swatch, gaps[1], first, Piece(mark, DIM))
        for line in rest:
            output.line(" " * (width + 2), line)


@verb(
    "show",
    "Show one agent as Claude Code reads it. Its fields, whether it loads, and its prompt.",
    ("agent-studio show code-reviewer", "by name"),
    ("agent-studio show user:code-reviewer.md --format json", "by ref, for a program"),
    ("agent-studio show .claude/agents/code-reviewer.md --format raw", "by path, its exact bytes"),
)
@click.argument("agent", type=AgentType(), help="A ref, a path or a name; - is standard input.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "raw"]),
    default="text",
    show_default=True,
    help="raw is the file's exact bytes.",
)
def show_verb(agent: str, shape: str) -> None:
    """Print the agent in the shape that was asked for."""
    if agent == selection.STDIN:
        library = selection.opened((agent,))
        found = next(iter(library))
    else:
        chosen = selection.selected((agent,))
        library, found = chosen.library, chosen.agents[0]
    if found.trouble:
        raise Trouble(f"{record.near(found.path)}: {found.trouble}")
    match shape:
        case "json":
            output.as_json({"schema": record.SCHEMA, **record.of_agent(library, found)})
        case "raw":
            _raw(found)
        case _:
            _as_text(library, found)


def _raw(agent: Agent) -> None:
    if not agent.document.whole:
        raise Trouble(f"{record.near(agent.path)}: {agent.document.trouble}; only its first MiB is read here")
    output.raw(agent.document.data)
