"""The verb `explain`: what a rule looks for, and why."""

from __future__ import annotations

import inspect

import click

from agent_studio.cli import output, record, table
from agent_studio.cli.diagnostics import Trouble
from agent_studio.cli.output import BOLD, Piece
from agent_studio.cli.rule_words import RuleType
from agent_studio.cli.verb import verb
from agent_studio.model.checks.catalogue import FAMILIES, RULES, named
from agent_studio.model.checks.rule import Rule
from agent_studio.store.settings import unknown_rule


@verb(
    "explain",
    "Say what a rule of `lint` looks for, why, and how it is mended.",
    ("agent-studio explain L002", "by id"),
    ("agent-studio explain loads-by-fallback", "by name"),
    ("agent-studio explain --all", "a line for each rule"),
    ("agent-studio explain --all --format json | jq -r '.rules[].id'", "everything, for a program"),
)
@click.argument("word", required=False, type=RuleType(), metavar="RULE", help="The id or the name of a rule.")
@click.option("--all", "everything", is_flag=True, help="Every rule.")
@click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print."
)
def explain_verb(word: str | None, everything: bool, shape: str) -> None:
    """Print the page of a rule, or all rules."""
    if everything == bool(word):
        raise click.UsageError("give one RULE, or --all")
    rules = RULES if word is None else (_found(word),)
    if shape == "json":
        records = [_record(rule) for rule in rules]
        output.as_json({"schema": record.SCHEMA, **({"rules": records} if everything else records[0])})
    elif word is None:
        _as_table()
    else:
        _as_page(rules[0])


def _found(word: str) -> Rule:
    rule = named(word)
    if rule is None:
        starts = ", ".join(rule.id for rule in RULES if word and rule.id.startswith(word))
        raise Trouble(unknown_rule(word) or f"{word} is the beginning of several ids: {starts}")
    return rule


def _record(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "name": rule.name,
        "family": FAMILIES[rule.family],
        "severity": rule.severity,
        "experimental": rule.experimental,
        "summary": rule.summary,
        "about": inspect.cleandoc(rule.about),
    }


def _as_page(rule: Rule) -> None:
    when = ", only where it is selected by id or name" if rule.experimental else ""
    output.line(Piece(f"{rule.id} {rule.name}", BOLD), f"  {rule.severity}{when}")
    output.line()
    for line in inspect.cleandoc(rule.about).split("\n"):
        output.line(line)


def _as_table() -> None:
    rows = [[Piece(rule.id), Piece(rule.name), Piece(rule.severity), Piece(rule.summary)] for rule in RULES]
    for pieces in table.aligned(("RULE", "NAME", "SEVERITY", "WHAT"), rows, output.width()):
        output.line(*pieces)
