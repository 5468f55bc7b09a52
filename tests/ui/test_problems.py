"""The list of problems: groups, filter, and rows that fit whatever stands in them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widgets import Input, Static

from agent_studio.model.agent import Agent
from agent_studio.model.checks.catalogue import BY_ID
from agent_studio.model.checks.problem import Problem, Severity
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from agent_studio.model.visible import is_hidden
from agent_studio.ui.findings import Finding, Findings
from agent_studio.ui.panes.problems import ProblemsPane
from agent_studio.ui.panes.problems.rows import By, Group, drawn, rows
from agent_studio.ui.panes.problems.search import BadSearch, searched
from tests.ui.desk import HOSTILE
from tests.ui.waiting import until


def agent(path: str, name: str = "one") -> Agent:
    text = f"---\nname: {name}\ndescription: Use when.\ntools: Read\n---\nBody.\n"
    return Agent(Ref("project", path), f"/p/{path}", Document(text.encode()))


def finding(rule: str, path: str, severity: Severity | None = None, message: str = "said", start: int = 4) -> Finding:
    problem = Problem(rule, Ref("project", path), start, start + 1, message)
    return Finding(problem, BY_ID[rule], severity or BY_ID[rule].severity)


def findings(*found: Finding, names: tuple[str, ...] = ("a.md", "b.md")) -> Findings:
    agents = [agent(name, name.removesuffix(".md")) for name in names]
    return Findings(Library((Root("project", "project", "/p"),), {one.ref: one for one in agents}), found, checked=True)


MANY = findings(finding("T001", "a.md"), finding("L002", "a.md"), finding("T001", "b.md"), finding("L001", "b.md"))


def outline(by: str, folded: tuple[str, ...] = ()) -> list[str]:
    assert by in {"rule", "file"}
    listed = rows(MANY.all, "rule" if by == "rule" else "file", folded)
    return [row.key if isinstance(row, Group) else f"  {row.rule.id} {row.problem.ref.path}" for row in listed]


def test_groups_come_by_weight_then_rule_and_fold() -> None:
    assert outline("rule") == ["L001", "  L001 b.md", "L002", "  L002 a.md", "T001", "  T001 a.md", "  T001 b.md"]
    assert outline("rule", ("T001", "L001")) == ["L001", "L002", "  L002 a.md", "T001"]


def test_files_come_by_their_worst_then_in_the_order_of_the_library() -> None:
    assert outline("file") == [
        "project:b.md",
        "  T001 b.md",
        "  L001 b.md",
        "project:a.md",
        "  T001 a.md",
        "  L002 a.md",
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ["T001", "L002", "T001", "L001"]),
        ("severity:error", ["L001"]),
        ("severity:err", ["L001"]),
        ("severity:error,warning", ["L002", "L001"]),
        ("-severity:info", ["L002", "L001"]),
        ("rule:l", ["L002", "L001"]),
        ("rule:inherits-all-tools", ["T001", "T001"]),
        ("b.md", ["T001", "L001"]),
        ("SAID rule:T b.md", ["T001"]),
        ("-b.md -loads-by", ["T001"]),
        ("[/nope] \x1b", []),
        ("-", ["T001", "L002", "T001", "L001"]),
    ],
)
def test_filter(text: str, left: list[str]) -> None:
    assert [found.rule.id for found in searched(MANY, text)] == left


@pytest.mark.parametrize("text", ["model:opus", "severity:", "rule:,", "severity:grave"])
def test_a_filter_that_means_nothing_says_so(text: str) -> None:
    with pytest.raises(BadSearch):
        searched(MANY, text)


class Listed(App[None]):
    """Only the problems."""

    def compose(self) -> ComposeResult:
        yield ProblemsPane()


@pytest.mark.parametrize("text", ["model:opus", "severity:grave"])
async def test_what_is_wrong_with_a_filter_stands_beside_what_was_typed(text: str) -> None:
    app = Listed()
    async with app.run_test(size=(80, 24)) as pilot:
        typed, told = app.query_one(Input), app.query_one("#problems-found", Static)
        typed.value = text
        await until(pilot, lambda: told.has_class("-wrong") and told.size.width > 0)
        assert typed.size.width > len(text)
        assert len(str(told.render())) <= told.size.width


async def test_after_the_last_problem_of_a_group_comes_the_first_of_the_next() -> None:
    app, held = Listed(), findings(finding("L001", "a.md"), finding("L001", "b.md"), finding("T001", "a.md"))
    async with app.run_test(size=(80, 24)) as pilot:
        pane = app.query_one(ProblemsPane)
        pane.findings = held
        await until(pilot, lambda: pane.finding is held.all[0])
        pane.rows.action_down()
        pane.findings = replace(held, all=(held.all[0], held.all[2]))
        assert pane.finding is held.all[2]
        pane.findings = replace(held, all=())
        assert pane.first is None


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("width", [56, 76, 158])
def test_rows_fit_and_hide_nothing(hostile: str, width: int) -> None:
    path = f"{hostile.replace('/', '_')}.md"
    found = finding("L002", path, message=f"{hostile}\n{hostile}")
    one = agent(path, hostile)
    held = Findings(Library((Root("project", "project", "/p"),), {one.ref: one}), (found,), checked=True)
    for row in rows(held.all, "rule", ()):
        for by in ("rule", "file"):
            text = "".join(piece.text for piece in drawn(row, held, "rule" if by == "rule" else "file", width, False))
            assert not any(is_hidden(char) for char in text)
            assert "\n" not in text
            assert cell_len(text) <= width


def test_of_a_long_path_the_file_is_seen_in_every_row() -> None:
    one = agent(f"{'folder/' * 30}one.md")
    held = Findings(Library((Root("project", "project", "/p"),), {one.ref: one}), (finding("T001", one.ref.path),))
    ways: tuple[By, ...] = ("rule", "file")
    for by in ways:
        kept = [drawn(row, held, by, 76, False) for row in rows(held.all, by, ())]
        assert sum("/one.md" in "".join(piece.text for piece in pieces) for pieces in kept) == 1


def test_ten_thousand_are_listed_and_filtered_quickly() -> None:
    names = tuple(f"{number}.md" for number in range(1_000))
    held = findings(
        *(finding(rule, name) for name in names for rule in ("T001", "L002", "D001", "D003", "D005") * 2), names=names
    )
    start = time.perf_counter()
    assert len(list(rows(held.all, "file", ()))) == 11_000
    assert len(searched(held, "severity:warning literal")) == 2_000
    assert time.perf_counter() - start < 1


def test_the_field_of_a_finding() -> None:
    document = agent("a.md").document
    at = document.text.index("Use when")
    assert finding("D001", "a.md", start=at).field_in(document) == "description"
    assert finding("L007", "a.md", start=document.body_at).field_in(document) is None
    assert finding("N007", "a.md").field_in(document) == "name"
    assert finding("T001", "a.md").field_in(document) == "tools"


def test_the_worst_of_a_file_comes_first() -> None:
    assert [found.rule.id for found in MANY.of(Ref("project", "b.md"))] == ["L001", "T001"]
    worst = MANY.worst(Ref("project", "a.md"))
    assert worst is not None
    assert worst.rule.id == "L002"
    assert MANY.worst(Ref("project", "c.md")) is None
    assert MANY.counts == {"info": 2, "warning": 1, "error": 1}
    assert replace(MANY, all=()).worst(Ref("project", "a.md")) is None
