"""The verb `dedupe`: agents that are there more than once, or nearly; who wins, and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import click

from agent_studio.cli import crew, output, record, selection
from agent_studio.cli.diagnostics import say
from agent_studio.cli.matching import WHERE, WHERE_HELP, matching
from agent_studio.cli.output import BOLD, DIM, Piece
from agent_studio.cli.plain import plain_line
from agent_studio.cli.start import start_options
from agent_studio.cli.verb import verb
from agent_studio.model.agent import Agent
from agent_studio.model.duplicates.finder import LEAST
from agent_studio.model.duplicates.group import KINDS, TITLES, Group, Kind
from agent_studio.model.duplicates.purpose import Overlap, overlaps
from agent_studio.model.library import Library
from agent_studio.model.query.query import Query
from agent_studio.model.ref import Ref


@verb(
    "dedupe",
    "Show duplicates. Agents of one name, identical ones, those with the same prompt below another header, and those"
    " with nearly the same; for each group who wins, why, and what differs. Nothing is written.",
    ("agent-studio dedupe", "among all that Claude Code reads from here"),
    ("agent-studio dedupe ~/downloads/agents .claude/agents --kind near", "of several places, one kind"),
    ("agent-studio dedupe --format json | jq '.groups[].refs'", "for a program"),
    more=start_options(),
)
@click.argument(
    "paths", nargs=-1, type=click.Path(), metavar="[PATH]...", help="Files, folders or projects; - is standard input."
)
@click.option("--where", type=WHERE, metavar="QUERY", help=f"{WHERE_HELP} Groups with one of them are shown.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only such groups. Can be repeated.")
@click.option(
    "--threshold",
    type=click.FloatRange(0.3, 1),
    default=LEAST,
    show_default=True,
    help="The share of runs of five words from which on prompts are nearly the same.",
)
@click.option("--purpose", is_flag=True, help="Also agents that say nearly the same about when to use them.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "jsonl", "tsv"]),
    default="text",
    show_default=True,
    help="What to print.",
)
def dedupe_verb(
    *,
    paths: tuple[str, ...],
    where: Query | None,
    kinds: tuple[Kind, ...],
    threshold: float,
    purpose: bool,
    shape: str,
) -> None:
    """Print the groups in the shape that was asked for."""
    library = selection.opened(paths)
    wanted = {agent.ref for agent in matching(library, library, where)}
    found = crew.duplicates(library, threshold).groups
    groups = [group for group in found if group.kind in (kinds or KINDS) and not wanted.isdisjoint(group.refs)]
    alike = [pair for pair in overlaps(library) if wanted & {pair.one.ref, pair.other.ref}] if purpose else []
    alike.sort(key=lambda pair: -pair.similarity)
    match shape:
        case "json":
            told = {"overlaps": list(map(_overlap, alike))} if purpose else {}
            output.as_json({"schema": record.SCHEMA, "groups": list(map(_record, groups)), **told})
        case "jsonl":
            for one in (*map(_record, groups), *map(_overlap, alike)):
                output.as_json({"schema": record.SCHEMA, **one}, indent=None)
        case "tsv":
            _as_tabs(groups, alike)
        case _:
            _as_text(library, groups, alike)


def _record(group: Group) -> dict[str, object]:
    return {
        "kind": group.kind,
        "similarity": round(group.similarity, 4),
        "refs": [str(ref) for ref in group.refs],
        "winner": str(group.winner) if group.winner else None,
        "why": group.why,
        "differs": group.differs,
    }


def _overlap(pair: Overlap) -> dict[str, object]:
    refs = [str(pair.one.ref), str(pair.other.ref)]
    return {"kind": "purpose", "similarity": round(pair.similarity, 4), "refs": refs}


def _as_tabs(groups: Iterable[Group], alike: Iterable[Overlap]) -> None:
    output.tabbed(["kind", "similarity", "winner", "refs"])
    for group in groups:
        refs = " ".join(map(str, group.refs))
        output.tabbed([group.kind, f"{group.similarity:.4f}", str(group.winner or ""), refs])
    for pair in alike:
        output.tabbed(["purpose", f"{pair.similarity:.4f}", "", f"{pair.one.ref} {pair.other.ref}"])


def _as_text(library: Library, groups: Sequence[Group], alike: Sequence[Overlap]) -> None:
    for group in groups:
        for line in _told(library, group):
            output.line(*line)
        output.line()
    if alike:
        output.line(Piece("described alike", BOLD))
    for pair in alike:
        output.line(f"  {pair.similarity:.2f}  {plain_line(str(pair.one.ref))}  {plain_line(str(pair.other.ref))}")
    counts = Counter(group.kind for group in groups)
    kinds = ", ".join(f"{counts[kind]:,} {TITLES[kind]}" for kind in KINDS if counts[kind])
    noun = "group" if len(groups) == 1 else "groups"
    say(f"{len(groups):,} {noun} among {len(library):,} files: {kinds}." if groups else "No duplicates found.")


def _told(library: Library, group: Group) -> Iterator[list[Piece | str]]:
    """A group line by line."""
    alike = "" if group.kind in {"identical", "same-body"} else f", {int(group.similarity * 100)}% alike"
    names = dict.fromkeys(library.agents[ref].name for ref in group.refs)
    yield [Piece(TITLES[group.kind], BOLD), f"  {plain_line(', '.join(names))}{alike}"]
    for ref in group.refs:
        yield ["  ▶ " if ref == group.winner else "    ", plain_line(str(ref)), Piece(_note(library, ref), DIM)]
    yield ["    ", Piece(plain_line(group.why), DIM)]
    if group.differs:
        yield ["    ", Piece(plain_line(f"differs: {', '.join(group.differs)}"), DIM)]


def _note(library: Library, ref: Ref) -> str:
    agent: Agent = library.agents[ref]
    parts = (agent.reading.model or "", "parked" if ref.parked else "", "read-only" if agent.read_only else "")
    return "".join(f"  {part}" for part in parts if part)
