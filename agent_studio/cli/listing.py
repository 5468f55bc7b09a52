"""The verb `list`: one row per file that is an agent or failed to be one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import click

from agent_studio.cli import columns, output, record, selection, table
from agent_studio.cli.columns import Row
from agent_studio.cli.diagnostics import say
from agent_studio.cli.matching import WHERE, WHERE_HELP, ViewType, arranged
from agent_studio.cli.output import BOLD, Piece
from agent_studio.cli.plain import plain_line
from agent_studio.cli.start import start_options
from agent_studio.cli.verb import verb
from agent_studio.model.agent import Agent
from agent_studio.model.grouping import GROUPINGS, Grouping, Section
from agent_studio.model.library import Library
from agent_studio.model.query.query import Query
from agent_studio.model.sort import ORDERS, Order, Sort


class ColumnsType(click.ParamType[tuple[str, ...]]):
    """A comma list of columns."""

    name = "columns"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The names; a usage error for one that does not exist."""
        return columns.parse(value)


def listed(library: Library, sections: Sequence[Section], names: Sequence[str] = columns.TABLE) -> None:
    """Print agents as a table, each section of it below its title where it has one."""
    agents = [agent for section in sections for agent in section.agents]
    if not agents:
        places = ", ".join(record.near(root.path) for root in library.roots)
        none = "No agent matches" if any(map(selection.is_agent, library)) else "No agents found"
        say(f"{none}{' in ' + places if places else ''}.")
        return
    titles = ["" if name == "tag" else name.upper() for name in names]
    rows = [columns.cells(names, Row(library, agent)) for agent in agents]
    lines = table.aligned(titles, rows, output.width())
    output.line(*next(lines))
    for section in sections:
        if section.title:
            output.line()
            output.line(Piece(plain_line(section.title), BOLD), f"  {len(section.agents):,}")
        for pieces in islice(lines, len(section.agents)):
            output.line(*pieces)


def _records(library: Library, agents: Sequence[Agent]) -> list[dict[str, object]]:
    from agent_studio.cli import linting  # noqa: PLC0415  # only JSON tells problems: other shapes load no rules

    problems = linting.problems(library, agents)
    return [record.of_agent(library, agent, problems) for agent in agents]


def _as_json(library: Library, agents: Sequence[Agent]) -> None:
    roots = [record.of_root(root) for root in library.roots if root.exists]
    output.as_json({"schema": record.SCHEMA, "roots": roots, "agents": _records(library, agents)})


def _as_tsv(library: Library, agents: Iterable[Agent], names: Sequence[str]) -> None:
    output.tabbed(names)
    for agent in agents:
        output.tabbed(piece.text for piece in columns.cells(names, Row(library, agent)))


@verb(
    "list",
    "List agents, and files that failed to be one. Those at each PATH (a file, a folder, a project), or without one"
    " those that Claude Code reads when it starts here.",
    ("agent-studio list", "what Claude Code reads from here"),
    ("agent-studio list ~/downloads/agents --where model:unset", "a folder's agents without a model"),
    ("agent-studio list --columns name,standing,losses --sort state", "who wins and what is lost, the worst first"),
    ("agent-studio list --where 'tools:Bash is:dup' --group model", "in sections, by all that a query can ask"),
    ("agent-studio list --add-dir ../library", "what claude would see that is started so"),
    ("agent-studio list --format json | jq '.agents[].name'", "everything, for a program"),
    more=start_options(),
)
@click.argument(
    "paths", nargs=-1, type=click.Path(), metavar="[PATH]...", help="Files, folders or projects; - is standard input."
)
@click.option("--where", type=WHERE, metavar="QUERY", help=WHERE_HELP)
@click.option(
    "--view",
    type=ViewType(),
    metavar="NAME",
    help="Only agents that match a saved view: a query below [views] in your configuration.",
)
@click.option(
    "--columns",
    "names",
    type=ColumnsType(),
    metavar="NAMES",
    help="Comma list, for table and tsv; also every frontmatter field.",
)
@click.option(
    "--sort",
    "key",
    type=click.Choice(ORDERS),
    metavar="ORDER",
    help=f"One of {', '.join(ORDERS)}. Names and models from a to z; the costliest, newest, largest, most pressing"
    " first. By default scope, then path.",
)
@click.option(
    "--group",
    type=click.Choice(GROUPINGS),
    metavar="SECTIONS",
    help=f"In sections, with titles in the table: by {', '.join(GROUPINGS)}.",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "jsonl", "tsv", "paths"]),
    default="table",
    show_default=True,
    help="What to print.",
)
@click.option("--all", "everything", is_flag=True, help="Also Markdown files that do not try to be an agent.")
def list_verb(
    *,
    paths: tuple[str, ...],
    where: Query | None,
    view: Query | None,
    names: tuple[str, ...] | None,
    key: Order | None,
    group: Grouping | None,
    shape: str,
    everything: bool,
) -> None:
    """Print the agents in the shape that was asked for."""
    if names and shape not in {"table", "tsv"}:
        raise click.UsageError(f"--columns goes with table and tsv; {shape} has a fixed shape")
    library = selection.opened(paths)
    agents = [agent for agent in library if everything or selection.is_agent(agent)]
    parts = arranged(library, agents, [query for query in (view, where) if query], key and Sort(key), group)
    agents = [agent for part in parts for agent in part.agents]
    match shape:
        case "json":
            _as_json(library, agents)
        case "jsonl":
            for found in _records(library, agents):
                output.as_json({"schema": record.SCHEMA, **found}, indent=None)
        case "tsv":
            _as_tsv(library, agents, names or columns.TSV)
        case "paths":
            for agent in agents:
                output.path(record.near(agent.path))
        case _:
            listed(library, parts, names or columns.TABLE)
