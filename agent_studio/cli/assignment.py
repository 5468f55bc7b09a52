"""The verbs `set` and `unset`: fields changed or removed in every agent that matches, and not a byte beside them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from difflib import get_close_matches

import click

from agent_studio.cli import output, selection
from agent_studio.cli.diagnostics import ExitCode, Trouble, say
from agent_studio.cli.matching import WHERE, WHERE_HELP, matching
from agent_studio.cli.selection import STDIN, Selection
from agent_studio.cli.verb import verb
from agent_studio.cli.words import TargetType
from agent_studio.cli.writing import Consent, carried_out, consent_options
from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.document import EditRefused
from agent_studio.model.library import Library
from agent_studio.model.query.query import Query
from agent_studio.model.reassign import (
    BODY,
    Amendment,
    Assign,
    Exclude,
    Include,
    Substitute,
    amended,
    reassign,
)
from agent_studio.model.schema import IllegalValue, Value

_NAME = r"([A-Za-z_](?:[\w-]*\w)?)"
_ASSIGNMENT = re.compile(_NAME + r"(\+=|-=|=)(.*)", re.DOTALL)
_SUBSTITUTION = re.compile(_NAME + r"~([^\w\s])(.+?)\2(.*)\2", re.DOTALL)


@verb(
    "set",
    "Set fields in every agent that matches. That is in all that `agent-studio list` shows here, or in those that are"
    " named. Only the bytes of that value change. The change is shown, and on a terminal you are asked once.\n\n"
    "FIELD+=ITEMS adds to a list and FIELD-=ITEMS takes from it. FIELD~/OLD/NEW/ replaces a text in a field, or in the"
    " prompt where FIELD is body; any other sign can stand for the slashes.",
    ("agent-studio set color=red code-reviewer", "one agent, by name"),
    ("agent-studio set model=haiku --where 'model:sonnet scope:project'", "all that match, after one question"),
    ("agent-studio set tools+=WebFetch,WebSearch tools-=Bash --where tools:Bash", "add to a list, and take from it"),
    ("agent-studio set body~/yarn/pnpm/ description~/yarn/pnpm/ --where yarn", "replace a text"),
    ("agent-studio set tools=Read,Grep,Glob ~/agents --yes", "a whole folder, without a question"),
    ("agent-studio set memory=project - <old.md >new.md", "as a filter"),
)
@click.argument(
    "words",
    nargs=-1,
    required=True,
    type=TargetType("="),
    metavar="FIELD=VALUE... [PATH]...",
    help="Values, then files, folders, refs or names of agents; - is standard input.",
)
@click.option("--where", type=WHERE, metavar="QUERY", help=WHERE_HELP)
@consent_options
def set_verb(words: tuple[str, ...], where: Query | None, yes: bool, dry_run: bool) -> ExitCode:
    """Set the fields."""
    matches = [(word, _SUBSTITUTION.fullmatch(word) or _ASSIGNMENT.fullmatch(word)) for word in words]
    spelled = [match for _, match in matches if match]
    if not spelled:
        raise click.UsageError("give at least one FIELD=VALUE")
    _check_once([match[1] for match in spelled if match[2] == "="], [match[1] for match in spelled])
    rest = [word for word, match in matches if not match]
    chosen = targets(rest, where)
    return _assigned(rest, chosen, [_amendment(match, chosen) for match in spelled], Consent(yes, dry_run))


def _check_once(set_fields: Sequence[str], all_fields: Sequence[str]) -> None:
    """A field that is set stands in no other assignment."""
    if double := [name for name in set_fields if all_fields.count(name) > 1]:
        raise click.UsageError(f"{double[0]} is given twice")


def _amendment(match: re.Match[str], chosen: Selection) -> Amendment:
    """What a word asks for; raises `Trouble`."""
    name, sign, text = match[1], match[2], match[3]
    if match.re is _SUBSTITUTION:
        if name != BODY:
            _check_known(name, chosen)
        return Substitute(name, text, match[4])
    if sign == "=":
        return Assign(name, _value(name, text, chosen))
    _check_known(name, chosen)
    field = schema.BY_NAME.get(name)
    if field and field.kind != "list":
        lists = ", ".join(field.name for field in schema.FIELDS if field.kind == "list")
        raise Trouble(f"{name} is no list: += and -= go with {lists}")
    items = schema.split_list(text)
    return Include(name, items) if sign == "+=" else Exclude(name, items)


@verb(
    "unset",
    "Remove fields from every agent that matches. That is from all that `agent-studio list` shows here, or from those"
    " that are named. The change is shown, and on a terminal you are asked once.",
    ("agent-studio unset color code-reviewer", "from one agent, by name"),
    ("agent-studio unset permissionMode --where scope:project", "from all that match, after one question"),
    ("agent-studio unset category version ./agents --yes", "two fields, from a whole folder, without a question"),
)
@click.argument(
    "words",
    nargs=-1,
    required=True,
    type=TargetType(""),
    metavar="FIELD... [PATH]...",
    help="Fields, then files, folders, refs or names of agents; - is standard input.",
)
@click.option("--where", type=WHERE, metavar="QUERY", help=WHERE_HELP)
@consent_options
def unset_verb(words: tuple[str, ...], where: Query | None, yes: bool, dry_run: bool) -> ExitCode:
    """Remove the fields."""
    fields, rest = _fields_first(words)
    chosen = targets(rest, where)
    for name in fields:
        _check_known(name, chosen)
        if name in schema.BY_NAME and schema.BY_NAME[name].required:
            raise Trouble(f"{name} cannot be removed: Claude Code drops an agent without it")
    return _assigned(rest, chosen, [Assign(name, None) for name in fields], Consent(yes, dry_run))


def _fields_first(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words that are fields, and the rest: the first is one, and so are those after it that mean no agent."""
    library = selection.opened()

    def is_field(word: str) -> bool:
        is_path = os.sep in word or word == STDIN or os.path.lexists(word)
        return word in schema.BY_NAME or not (is_path or library.named(word))

    end = next((place for place, word in enumerate(words) if place and not is_field(word)), len(words))
    return list(words[:end]), list(words[end:])


def targets(words: Sequence[str], where: Query | None) -> Selection:
    """The agents to change: those that are named, else all; of them those that match."""
    if STDIN in words:
        if len(words) > 1 or where:
            raise click.UsageError("standard input (-) goes with neither other agents nor --where")
        agent = selection.from_stdin()
        return Selection(Library((), {agent.ref: agent}), (agent,))
    if words:
        chosen = selection.selected(words, folders=True)
    else:
        library = selection.opened()
        chosen = Selection(library, tuple(filter(selection.is_agent, library)))
    return Selection(chosen.library, matching(chosen.library, chosen.agents, where))


def _value(name: str, text: str, chosen: Selection) -> Value:
    """What a person means by `text` for a field; text for one that only the agents know."""
    if name not in schema.BY_NAME:
        _check_known(name, chosen)
        return text
    try:
        return schema.BY_NAME[name].parse(text)
    except IllegalValue as illegal:
        raise Trouble(str(illegal)) from None


def _check_known(name: str, chosen: Selection) -> None:
    if name in schema.BY_NAME or any(agent.document.has(name) for agent in chosen.agents):
        return
    folded = {known.casefold(): known for known in schema.BY_NAME}
    close = get_close_matches(name.casefold(), folded, n=1)
    hint = f": did you mean {folded[close[0]]}?" if close else f". There are: {', '.join(schema.BY_NAME)}"
    raise Trouble(f"no field is called {name}, and none of these agents has it{hint}")


def _assigned(words: Sequence[str], chosen: Selection, amendments: Sequence[Amendment], consent: Consent) -> ExitCode:
    if STDIN in words:
        return _filtered(chosen.agents[0], amendments)
    if not chosen.agents:
        say("No agent matches: nothing to do.")
        return ExitCode.FINE
    found = reassign(chosen.agents, amendments)
    code = carried_out(chosen.library, found.plan, consent, summary=found.words if len(chosen.agents) > 1 else ())
    return code if len(found.plan.skipped) == len(chosen.agents) else ExitCode.FINE


def _filtered(agent: Agent, amendments: Sequence[Amendment]) -> ExitCode:
    """The file on standard input with the amendments made, on standard output."""
    try:
        output.raw(amended(agent.document, amendments).data)
    except EditRefused as refused:
        raise Trouble(f"standard input: {refused}") from None
    return ExitCode.FINE
