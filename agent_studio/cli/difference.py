"""The verb `diff`: two agents, or two versions of one, by field and section, by word, or by line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import combinations

import click

from agent_studio.cli import output, record, sides, table
from agent_studio.cli.compared import Shape, alike, compared
from agent_studio.cli.diagnostics import ExitCode, say
from agent_studio.cli.output import Piece
from agent_studio.cli.sides import Side
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.cli.writing import diff_lines
from agent_studio.model.compare import Comparison, compare
from agent_studio.model.compare.comparison import similarity
from agent_studio.model.compare.outline import Section
from agent_studio.model.ref import is_agent_file

_CALLED_BY_GIT = "GIT_DIFF_PATH_COUNTER"
"""The environment variable that git sets for a program that is to show a difference.

It is given a path and, for both files, their path, id and mode, and perhaps two words about a new name; of a path in
conflict there is only the path. To a difftool, which has it, too, are given two files.
"""


@verb(
    "diff",
    "Compare agents by field and section, as Claude Code reads them. One agent alone is compared with the one that is"
    " most like it; of three or more it is said how alike they are. Ends with 0 when they are the same, 1 when they"
    " differ, 2 when there is trouble. Git can call it, too: docs/compare.md says how.",
    ("agent-studio diff project:reviewer.md user:reviewer.md", "what differs, field by field and section by section"),
    ("agent-studio diff reviewer strict-reviewer --word", "the words that differ"),
    ("agent-studio diff reviewer strict-reviewer --unified | patch reviewer.md", "a plain patch"),
    ("agent-studio diff reviewer --at HEAD", "what changed since the last commit"),
    ("agent-studio diff HEAD~3:agents/reviewer.md -", "a file as git had it, and standard input"),
)
@click.argument(
    "words",
    nargs=-1,
    required=True,
    type=AgentType(),
    metavar="A [B]...",
    help="Refs, paths or names; REVISION:PATH is a file as git has it, - is standard input.",
)
@click.option("--sections", "shape", flag_value="sections", type=str, default="sections", help="By field and section.")
@click.option("--fields", "shape", flag_value="fields", type=str, help="By field, and how much of the prompt is alike.")
@click.option("--word", "shape", flag_value="word", type=str, help="By field and section, with each word marked.")
@click.option("--unified", "shape", flag_value="unified", type=str, help="By line, as diff -u does: a patch.")
@click.option("--at", "version", metavar="VERSION", help="A as of a revision of git, or as a change (its ID) left it.")
@click.option("--unsaved", is_flag=True, help="A, and the edit of it in the studio that is not saved.")
@click.option("--loose", is_flag=True, help="Let spelling, white space and line breaks make no difference.")
@click.option("--exit-code", is_flag=True, help="End with 1 for a difference also where git asks for it.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: all of it, for a program."
)
def diff_verb(
    *,
    words: tuple[str, ...],
    shape: str,
    version: str | None,
    unsaved: bool,
    loose: bool,
    exit_code: bool,
    form: str,
) -> ExitCode:
    """Print how the agents differ."""
    by_git = _CALLED_BY_GIT in os.environ and len(words) in {1, 7, 8, 9}
    found = _from_git(words) if by_git else _sides(words, version, unsaved)
    if not found:
        return ExitCode.FINE
    if by_git and not is_agent_file(words[0]):
        shape = "unified"
    code = _printed(found, "json" if form == "json" else shape, loose)
    # Git gives up when the program that it calls ends with anything else.
    return ExitCode.FINE if by_git and not exit_code else code


def _sides(words: Sequence[str], version: str | None, unsaved: bool) -> list[Side]:
    if (version or unsaved) and (len(words) > 1 or (version and unsaved)):
        raise click.UsageError("--at and --unsaved compare one agent with itself: name only that")
    if version:
        return sides.with_version(words[0], version)
    if unsaved:
        return sides.with_unsaved(words[0])
    return sides.with_twin(words[0]) if len(words) == 1 else sides.named(words)


def _from_git(words: Sequence[str]) -> list[Side]:
    if len(words) == 1:
        say(f"{words[0]} is in conflict: git has no two versions of it")
        return []
    return sides.from_git(words)


def _printed(found: Sequence[Side], shape: str, loose: bool) -> ExitCode:
    if len(found) > 2:
        return _matrix(found, shape == "json")
    old, new = found
    if shape == "unified":
        return _by_line(old, new)
    comparison = compare(old.document, new.document, loose=loose)
    if comparison.coarse:
        say("They are too large to be compared in full: some of what is alike is shown as replaced.")
    if shape == "json":
        output.as_json(_record(old, new, comparison))
    else:
        form: Shape = "fields" if shape == "fields" else "word" if shape == "word" else "sections"
        for line in compared(comparison, (old.name, new.name), form):
            output.line(*line)
    return ExitCode.FINE if comparison.same else ExitCode.DIFFERENT


def _by_line(old: Side, new: Side) -> ExitCode:
    if old.data == new.data:
        return ExitCode.FINE
    for line in diff_lines(old.data, new.data, old.path, new.path):
        output.line(line)
    return ExitCode.DIFFERENT


def _matrix(found: Sequence[Side], as_json: bool) -> ExitCode:
    """How alike each two of several agents are."""
    bodies = [side.document.body for side in found]
    alike_to = {(i, j): similarity(bodies[i], bodies[j]) for i, j in combinations(range(len(found)), 2)}
    rows = [[alike_to.get((min(i, j), max(i, j)), 1.0) for j in range(len(found))] for i in range(len(found))]
    if as_json:
        shares = [[round(share, 4) for share in row] for row in rows]
        output.as_json({"schema": record.SCHEMA, "agents": [side.name for side in found], "similarity": shares})
    else:
        titles = ["", *map(str, range(1, len(found) + 1)), "agent"]
        cells = [
            [
                Piece(str(i)),
                *(Piece("-" if i == j else alike(share)) for j, share in enumerate(row, 1)),
                Piece(side.name),
            ]
            for i, (row, side) in enumerate(zip(rows, found, strict=True), 1)
        ]
        for line in table.aligned(titles, cells, output.width(), numbers=len(found) + 1):
            output.line(*line)
    return ExitCode.FINE if len({side.data for side in found}) == 1 else ExitCode.DIFFERENT


_STATUS = {"left": "only-a", "right": "only-b", "renamed": "changed"}


def _record(old: Side, new: Side, comparison: Comparison) -> dict[str, object]:
    first, other = comparison.first
    return {
        "schema": record.SCHEMA,
        "a": old.name,
        "b": new.name,
        "similarity": round(comparison.similarity, 4),
        "fields": [
            {
                "name": field.name,
                "status": field.status,
                "respelled": field.respelled,
                "a": field.left.value if field.left else None,
                "b": field.right.value if field.right else None,
            }
            for field in comparison.fields
        ],
        "sections": [
            {
                "heading": pair.heading,
                "status": _STATUS.get(pair.status, pair.status),
                "changed": pair.changed,
                "renamed_to": pair.right.heading if pair.renamed and pair.right else None,
                "a_lines": _lines(pair.left, first),
                "b_lines": _lines(pair.right, other),
            }
            for pair in comparison.sections
        ],
    }


def _lines(section: Section | None, first: int) -> list[int] | None:
    """The first and the last line of a section in its file, None where it has none."""
    return [first + section.start, first + section.end - 1] if section and section.end > section.start else None
