"""The verb `explain`."""

from __future__ import annotations

import json

import pytest

from agent_studio.model.checks.catalogue import RULES
from tests.cli.runs import Cli


@pytest.mark.parametrize("word", ["L002", "loads-by-fallback"])
def test_a_rule_by_id_or_name(cli: Cli, word: str) -> None:
    run = cli("explain", word)
    assert (run.code, run.err) == (0, "")
    assert run.lines[:3] == [
        "L002 loads-by-fallback  warning",
        "",
        "The frontmatter is no YAML; Claude Code repairs it, every strict reader refuses it.",
    ]
    assert "    description: Use when: a review is wanted" in run.lines
    assert run.lines[-1].startswith("Fix: ")


def test_a_rule_that_runs_on_demand_says_so(cli: Cli) -> None:
    assert cli("explain", "B008").lines[0] == "B008 contradiction  info, only where it is selected by id or name"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("loads-by-falback", "no rule is called 'loads-by-falback': did you mean loads-by-fallback?"),
        ("l002", "no rule is called 'l002': did you mean L002"),
        ("N00", "N00 is the beginning of several ids: N001, N002"),
        ("\x1b]0;x\x07", "no rule is called '\\x1b]0;x\\x07', and no id begins so"),
    ],
)
def test_what_is_no_rule(cli: Cli, word: str, said: str) -> None:
    run = cli("explain", word)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"agent-studio: {said}")


def test_all_rules(cli: Cli) -> None:
    lines = cli("explain", "--all").lines
    assert [line.split()[0] for line in lines] == ["RULE", *(rule.id for rule in RULES)]


def test_json(cli: Cli) -> None:
    data = json.loads(cli("explain", "--all", "--format", "json").out)
    assert data["schema"] == 1
    assert [rule["id"] for rule in data["rules"]] == [rule.id for rule in RULES]
    one = json.loads(cli("explain", "loads-by-fallback", "--format", "json").out)
    assert one == {"schema": 1, **next(rule for rule in data["rules"] if rule["id"] == "L002")}
    assert one["family"] == "Does it load"
    assert "\n\nFix: " in one["about"]


@pytest.mark.parametrize("words", [(), ("L002", "--all")])
def test_one_rule_or_all(cli: Cli, words: tuple[str, ...]) -> None:
    run = cli("explain", *words)
    assert run.code == 2
    assert "give one RULE, or --all" in run.err
