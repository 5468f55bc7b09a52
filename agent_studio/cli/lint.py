"""The verb `lint`: what is wrong with agents, and mending it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import click

from agent_studio.cli import linting, output, record, report, writing
from agent_studio.cli.diagnostics import ExitCode
from agent_studio.cli.finding import Finding
from agent_studio.cli.linting import Target
from agent_studio.cli.rule_words import RulesType
from agent_studio.cli.selection import STDIN
from agent_studio.cli.start import start_options
from agent_studio.cli.verb import verb
from agent_studio.cli.writing import Consent, consent_options

if TYPE_CHECKING:
    from agent_studio.model.checks.mending import Mended

RULES = RulesType()


@verb(
    "lint",
    "Say what is wrong with agents, and fix it. Looks at those at each PATH (a file, a folder, a project), or without"
    " one at those that Claude Code reads when it starts here. Ends with 0 when there is no problem, 1 when there is"
    " one of any severity, 2 when it could not look.",
    ("agent-studio lint", "everything that Claude Code reads from here"),
    ("agent-studio lint --select S ~/downloads/agents", "only what to look at before you trust a folder"),
    ("agent-studio lint --fix", "mend what can be mended safely: shows the change, asks once"),
    ("agent-studio lint --statistics --ignore T001,D", "how often each rule was broken, some left out"),
    ("agent-studio lint --no-config --format github .claude/agents", "in CI, whatever the repository says of itself"),
    more=start_options(),
)
@click.argument(
    "paths", nargs=-1, type=click.Path(), metavar="[PATH]...", help="Files, folders or projects; - is standard input."
)
@click.option(
    "--select",
    type=RULES,
    multiple=True,
    metavar="RULES",
    help="Only these: a comma list of ids, names, and beginnings of ids. Can be repeated.",
)
@click.option("--ignore", type=RULES, multiple=True, metavar="RULES", help="Not these. Can be repeated.")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, in all files or in none.")
@click.option("--unsafe-fixes", "unsafe", is_flag=True, help="With --fix or --diff: also what should be looked at.")
@click.option("--diff", is_flag=True, help="Only show what --fix would change; ends with 1 where that is anything.")
@click.option("--statistics", is_flag=True, help="How often each rule was broken, instead of where.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "jsonl", "sarif", "github"]),
    default="text",
    show_default=True,
    help="What to print; github: annotations in a workflow.",
)
@click.option("--no-config", "bare", is_flag=True, help="Read no configuration, neither yours nor the project's.")
@click.option("--exit-zero", is_flag=True, help="End with 0 also when there are problems.")
@consent_options
def lint_verb(
    *,
    paths: tuple[str, ...],
    select: tuple[tuple[str, ...], ...],
    ignore: tuple[tuple[str, ...], ...],
    fix: bool,
    unsafe: bool,
    diff: bool,
    statistics: bool,
    shape: str,
    bare: bool,
    exit_zero: bool,
    yes: bool,
    dry_run: bool,
) -> ExitCode:
    """Print what was found, after it was mended where that was asked for."""
    if unsafe and not (fix or diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if (fix or diff or statistics) and shape != "text":
        raise click.UsageError(f"--fix, --diff and --statistics print text: lint once more for {shape}")
    if diff and paths == (STDIN,):
        raise click.UsageError("--diff needs files: --fix - prints the text as it would be")
    configuration = linting.configured(chain(*select), chain(*ignore), with_files=not bare)
    target = linting.target(paths)
    if fix or diff:
        from agent_studio.model.checks.mending import Mender  # noqa: PLC0415  # most runs only look

        mended = Mender(*linting.checkers(target.library, configuration), unsafe).mended(target.library, target.agents)
        if diff:
            return _shown(target, mended)
        if paths == (STDIN,):
            output.raw(mended.agents[0].document.data)
            return ExitCode.FINE
        target = _carried_out(target, mended, Consent(yes, dry_run))
    findings = linting.findings(target.library, target.agents, configuration)
    _printed(findings, len(target.agents), "statistics" if statistics else shape)
    return ExitCode.DIFFERENT if findings and not exit_zero else ExitCode.FINE


def _shown(target: Target, mended: Mended) -> ExitCode:
    """Print what would change."""
    writing.say_skipped(mended.plan)
    writing.shown(target.library.roots, mended.plan.change)
    return ExitCode.DIFFERENT if mended.plan.change else ExitCode.FINE


def _carried_out(target: Target, mended: Mended, consent: Consent) -> Target:
    """Mend as far as there is consent; the agents as they are then."""
    writing.say_skipped(mended.plan)
    if mended.plan.change and writing.written(target.library, mended.plan.change, consent):
        return Target(mended.library, mended.agents)
    return target


def _printed(findings: tuple[Finding, ...], files: int, shape: str) -> None:
    match shape:
        case "json":
            problems = [finding.as_full_record for finding in findings]
            output.as_json({"schema": record.SCHEMA, "files": files, "problems": problems})
        case "jsonl":
            for finding in findings:
                output.as_json({"schema": record.SCHEMA, **finding.as_full_record}, indent=None)
        case "sarif":
            from agent_studio.cli import sarif  # noqa: PLC0415  # most runs print text

            output.as_json(sarif.log(findings))
        case "github":
            report.as_annotations(findings)
        case "statistics":
            report.as_statistics(findings, files)
        case _:
            report.as_text(findings, files)
