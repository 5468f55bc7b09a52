"""The verb `import`: agents of a folder taken over, after a review of what is new, the same, or otherwise here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from agent_studio.cli import destination, output, record, selection, table
from agent_studio.cli.copies import made_of
from agent_studio.cli.destination import to_option
from agent_studio.cli.diagnostics import ExitCode, Trouble, say
from agent_studio.cli.matching import WHERE, WHERE_HELP, matching
from agent_studio.cli.output import ADDED, BOLD, DIM, REMOVED, WRONG, Piece
from agent_studio.cli.verb import verb
from agent_studio.cli.writing import Consent, carried_out, consent_options
from agent_studio.model.change import Change
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan
from agent_studio.model.query.query import Query
from agent_studio.model.ref import Root
from agent_studio.model.transfer import Incoming, Status, incoming

_STYLES: dict[Status, str] = {"new": ADDED, "same": DIM, "changed": WRONG, "refused": REMOVED}


@verb(
    "import",
    "Take over agents from a folder or project. First a review: which are new here, the same, or otherwise. Then the"
    " new ones are written, with --update also those that are otherwise here, in their place.",
    ("agent-studio import ~/downloads/agents --dry-run", "only the review, and what would be written"),
    ("agent-studio import ../other-project --to user --where 'model:opus test'", "some of them, to your own agents"),
    ("agent-studio import ~/agents-repo --update --yes", "also newer versions of what is here"),
)
@click.argument("source", type=click.Path(), metavar="DIR", help="A folder, a project, or one file.")
@to_option(default="project", show_default=True)
@click.option("--where", type=WHERE, metavar="QUERY", help=WHERE_HELP)
@click.option("--update", is_flag=True, help="Also put those in place of files here that are otherwise.")
@consent_options
def import_verb(source: str, place: str, where: Query | None, *, update: bool, yes: bool, dry_run: bool) -> ExitCode:
    """Take over the agents."""
    here = selection.opened()
    library, root = destination.within(here, destination.of(here, place))
    if root.read_only:
        raise Trouble(f"{root.path} is read-only")
    there = selection.opened_at(source)
    agents = matching(there, filter(selection.is_agent, there), where)
    review = incoming(library, agents, root)
    if not review:
        say(f"No agents found in {record.near(source)}.")
        return ExitCode.FINE
    _reviewed(review, library, root)
    taken = [one for one in review if one.status == "new" or (update and one.status == "changed")]
    if not taken:
        say("Nothing to take over." if update else "Nothing new to take over (--update takes what is otherwise here).")
        return ExitCode.FINE
    noun = taken[0].agent.name if len(taken) == 1 else f"{len(taken):,} agents"
    say(f"Look before you trust them: agent-studio lint --select S {record.near(source)}")
    plan = Plan(Change(f"import {noun} to {root.name}", tuple(one.edit for one in taken)))
    return carried_out(library, plan, Consent(yes, dry_run))


def _reviewed(review: Sequence[Incoming], library: Library, root: Root) -> None:
    """Print what each file is here, what is to know of it, and how many there are of each kind."""
    made = {one.ref: made_of(one.edit, root) for one in review if one.status in {"new", "changed"}}
    after = library.replaced(made.values())
    rows = [
        [Piece(one.status, _STYLES[one.status]), Piece(one.agent.name), Piece(str(one.ref)), Piece(_note(one, after))]
        for one in review
    ]
    for pieces in table.aligned(("STATUS", "NAME", "HERE", "NOTE"), rows, output.width()):
        output.line(*pieces)
    counts = Counter(one.status for one in review)
    words: tuple[Status, ...] = ("new", "changed", "same", "refused")
    output.line(Piece(", ".join(f"{counts[word]:,} {word}" for word in words if counts[word]), BOLD))


def _note(one: Incoming, after: Library) -> str:
    """Why a file cannot be taken over, or that it will not load, or who wins then."""
    agent = after.get(one.ref)
    if one.reason or agent is None or one.status == "same":
        return one.reason
    return after.standing(agent).why or "" if agent.verdict.loads else f"does not load: {agent.verdict.reason}"
