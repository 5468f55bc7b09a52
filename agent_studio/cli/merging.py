"""The verb `merge`: the best of two agents, field by field and section by section."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from agent_studio.cli import destination, selection
from agent_studio.cli.diagnostics import ExitCode, Trouble
from agent_studio.cli.selection import Selection
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.cli.writing import Consent, carried_out, consent_options
from agent_studio.model import plans
from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Edit
from agent_studio.model.compare import Comparison, compare
from agent_studio.model.library import Library
from agent_studio.model.merge import Choice, Merging
from agent_studio.model.plans import Plan
from agent_studio.model.ref import Ref, is_agent_file

_CHOICES: dict[str, Choice] = {"a": "left", "b": "right", "both": "both"}


@verb(
    "merge",
    "Put the best of two agents into one. What is not taken from either side stays as it is in the file that is"
    " written. Only the bytes of what is taken change.",
    ("agent-studio merge project:reviewer.md user:reviewer.md --take model=b", "one field of B into A"),
    ("agent-studio merge old new --take tools=both --take-section Rules=a --into b", "tools of both, and a section"),
    ("agent-studio merge old new --take-section Rules=b --then-trash --yes", "then B goes to the trash; one undo"),
    ("agent-studio merge old new --take color=b --into third.md", "into a new file, which begins as A"),
)
@click.argument("a", type=AgentType(), help="A ref, a path or a name.")
@click.argument("b", type=AgentType(), help="The other one.")
@click.option(
    "--take", "fields", multiple=True, metavar="FIELD=a|b|both", help="A field from A, from B, a list of both."
)
@click.option(
    "--take-section",
    "sections",
    multiple=True,
    metavar="HEADING=a|b|both",
    help="A section with those below it; without a heading (=b) what stands above the first one.",
)
@click.option(
    "--into", default="a", show_default=True, metavar="a|b|PATH", help="What is written: A, B, or a new file."
)
@click.option("--then-trash", is_flag=True, help="Move the one that is not written to the trash.")
@consent_options
def merge_verb(
    *,
    a: str,
    b: str,
    fields: tuple[str, ...],
    sections: tuple[str, ...],
    into: str,
    then_trash: bool,
    yes: bool,
    dry_run: bool,
) -> ExitCode:
    """Merge the two agents."""
    if not fields and not sections:
        raise click.UsageError("say what to take: --take FIELD=a or =b, or --take-section HEADING=a or =b")
    if then_trash and into not in {"a", "b"}:
        raise click.UsageError("--then-trash goes with --into a or b: a new file leaves both as they are")
    chosen = _two(a, b)
    left, right = chosen.agents
    merging = Merging(compare(left.document, right.document), "right" if into == "b" else "left")
    for word, taken in (*((w, _of_field) for w in fields), *((w, _of_section) for w in sections)):
        name, choice = _assignment(word)
        for number in taken(merging.comparison, name):
            if choice not in merging.offered(number):
                raise Trouble(f"{word}: there is nothing of both to take, only of one")
            merging = merging.chosen(number, choice)
    library, edits = _written(chosen, merging, into)
    if then_trash:
        edits = (*edits, *_trashed(left if into == "b" else right))
    title = f"merge {left.ref} and {right.ref}"
    return carried_out(library, Plan(Change(title, edits)), Consent(yes, dry_run))


def _two(a: str, b: str) -> Selection:
    chosen = selection.selected((a, b))
    if len(chosen.agents) != 2:
        raise Trouble(f"{a} and {b} are one file")
    for agent in chosen.agents:
        if agent.trouble or not agent.document.whole:
            raise Trouble(f"{agent.ref}: {agent.trouble or agent.document.trouble}")
    return chosen


def _assignment(word: str) -> tuple[str, Choice]:
    name, sign, side = word.rpartition("=")
    if not sign or side.lower() not in _CHOICES:
        raise click.UsageError(f"{word}: say NAME=a, NAME=b or NAME=both")
    return name, _CHOICES[side.lower()]


def _of_field(comparison: Comparison, name: str) -> list[int]:
    """The difference that is a field, none where the field is the same."""
    if all(field.name != name for field in comparison.fields):
        known = ", ".join(field.name for field in comparison.fields)
        raise Trouble(f"neither of them has a field {name}. There are: {known}")
    return [d.number for d in comparison.differences if d.field and d.name == name]


def _of_section(comparison: Comparison, heading: str) -> list[int]:
    """The differences in a section and those below it."""
    found = comparison.below(heading)
    if found is None:
        known = ", ".join(dict.fromkeys(pair.heading for pair in comparison.sections if pair.status != "same"))
        raise Trouble(f"there is no one section {heading!r}. Sections that differ: {known or 'none'}")
    return [d.number for d in found]


def _written(chosen: Selection, merging: Merging, into: str) -> tuple[Library, tuple[Edit, ...]]:
    """The library in which the result is written, and the edit that does it, if there is anything to do."""
    result = merging.result
    if result.refused:
        reasons = (f"{merging.difference(number).name or 'the body'}: {why}" for number, why in result.refused.items())
        raise Trouble(f"nothing was merged. {'; '.join(reasons)}")
    after = result.document.data
    if into not in {"a", "b"}:
        library, ref = _new(chosen.library, into)
        return library, (Edit(ref, None, after),)
    agent = chosen.agents[0 if into == "a" else 1]
    if agent.locked:
        raise Trouble(f"{agent.ref}: {agent.locked}")
    before = agent.document.data
    return chosen.library, (Edit(agent.ref, before, after),) if after != before else ()


def _new(library: Library, path: str) -> tuple[Library, Ref]:
    """Where a new file will be."""
    folder, name = os.path.split(path)
    if not is_agent_file(name):
        raise click.UsageError(f"--into takes a, b, or the path of a new file whose name ends in .md, not {path}")
    if os.path.lexists(path):
        raise Trouble(f"{path} is there already: name a new file, or merge into a or b")
    root = destination.of_folder(folder or os.curdir)
    return destination.library_of(library, root), Ref(root.name, name)


def _trashed(agent: Agent) -> Sequence[Edit]:
    plan = plans.delete((agent,))
    for skip in plan.skipped:
        raise Trouble(f"{skip.ref} cannot go to the trash: {skip.reason}")
    return plan.change.edits
