"""The verb `show`: one agent as the host reads it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from agent_studio.cli import output, record, selection
from agent_studio.cli.diagnostics import Trouble, say
from agent_studio.cli.output import BOLD, DIM, WRONG, Piece
from agent_studio.cli.plain import plain_line
from agent_studio.cli.start import start_options
from agent_studio.cli.swatch import tag
from agent_studio.cli.table import cells
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.model.agent import Agent
from agent_studio.model.compare import values
from agent_studio.model.definition import definition
from agent_studio.model.fences import JS_SPACE
from agent_studio.model.hosts import claude_code
from agent_studio.model.hosts.verdict import Verdict
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
    cost = f"about {described:,} tokens in every conversation and {body:,} more"
    sizes = f"{agent.lines:,} lines, {agent.size:,} bytes, {cost}"
    output.line(Piece(f"{plain_line(record.near(agent.path))}: {sizes}", DIM))
    output.line(Piece(_verdict(agent.verdict), "" if agent.verdict.status == "loads" else WRONG))
    for loss in agent.reading.losses:
        if loss != agent.verdict.reason:
            output.line(Piece(plain_line(f"also: {loss}"), WRONG))
    for line in _standing(library, agent):
        output.line(plain_line(line))


def _verdict(verdict: Verdict) -> str:
    words = (verdict.reason or "").removeprefix(f"{verdict.status}: ")
    return plain_line(f"{verdict.status}: {words}" if words else verdict.status)


def _standing(library: Library, agent: Agent) -> Iterator[str]:
    """What is to know of an agent beside its file: its namesakes, who wins and why, other releases."""
    if twins := library.same_name(agent):
        yield f"same name: {', '.join(str(twin.ref) for twin in twins)}"
    if why := library.standing(agent).why:
        yield why
    if agent.verdict.cause != "not-scanned":
        for version, verdict in claude_code.elsewhere(agent.document, agent.scoped).items():
            yield f"in Claude Code {version}: {_verdict(verdict)}"
    if agent.read_only:
        yield "read-only"


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
    ("agent-studio show code-reviewer --format given | wc -c", "what the model is given of it"),
    ('claude --agents "$(agent-studio show code-reviewer --format agents-json)"', "a session with it, from any folder"),
    more=start_options(),
)
@click.argument("agent", type=AgentType(), help="A ref, a path or a name; - is standard input.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "raw", "given", "agents-json"]),
    default="text",
    show_default=True,
    help="raw: the file's exact bytes; given: what the model is told of it, and its prompt; agents-json: what"
    " `claude --agents` takes.",
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
            from agent_studio.cli import linting  # noqa: PLC0415  # only JSON tells problems: other shapes load no rules

            problems = linting.problems(library, (found,))
            output.as_json({"schema": record.SCHEMA, **record.of_agent(library, found, problems)})
        case "raw":
            _raw(found)
        case "given":
            _given(library, found)
        case "agents-json":
            if not found.description:
                raise Trouble(f"{found.ref} has no description, and claude does not start with such an agent")
            output.as_json({found.name: definition(found)})
        case _:
            _as_text(library, found)


def _raw(agent: Agent) -> None:
    if not agent.document.whole:
        raise Trouble(f"{record.near(agent.path)}: {agent.document.trouble}; only its first MiB is read here")
    output.raw(agent.document.data)


def _given(library: Library, agent: Agent) -> None:
    """Print what the conversation is told of the agent, and what the agent itself is told."""
    if not agent.verdict.loads:
        raise Trouble(f"{agent.ref} is not given to the model: {agent.verdict.reason}")
    standing = library.standing(agent)
    if not standing.active:
        say(f"{agent.ref} is not given to the model now: {standing.why}")
    output.text(f"{agent.reading.entry}\n\n{agent.document.body.strip(JS_SPACE)}\n")
