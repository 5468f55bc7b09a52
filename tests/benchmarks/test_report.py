"""What is said of a run beside an earlier one: fixed figures, no clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.figure import Figure, absent, counted


def timed(value: float, spread: float = 0.1, limit: float | None = 2.0, what: str = "load") -> Figure:
    return Figure(
        what, value, "×", limit, round(value * (1 - spread), 3), round(value * (1 + spread), 3), 7, "the floor"
    )


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        (timed(1.0), timed(1.2), False),
        (timed(1.0), timed(1.7), True),
        (timed(1.0), timed(1.7, spread=0.4), False),
        (timed(1.7), timed(1.0), False),
        (counted("found", 0.99, least=True), counted("found", 0.98, least=True), False),
        (counted("found", 0.99, least=True), counted("found", 0.9, least=True), True),
        (counted("lost", 0), counted("lost", 1), True),
        (timed(1.0), absent("load", "no peer"), False),
    ],
    ids=["noise", "slower", "wide", "faster", "a hair less", "less", "more", "absent"],
)
def test_what_fell_back_is_worse_than_both_spreads_explain(before: Figure, now: Figure, worse: bool) -> None:
    assert bool(report.fell_back({"L1": [now]}, {"L1": [before]})) is worse


def test_only_the_same_figure_of_the_same_target_is_compared() -> None:
    assert not report.fell_back({"L1": [timed(9, what="load 100")]}, {"L1": [timed(1)], "L2": [timed(1)]})


def test_a_figure_that_is_no_longer_measured_is_told() -> None:
    before = {"L1": [timed(1), absent("peer", "was not there")], "L2": [timed(1)]}
    assert report.gone({"L1": [absent("load", "no peer")]}, before) == ["L1 load"]


def test_a_row_says_whether_the_target_is_held_or_by_how_much_missed() -> None:
    assert report.verdict(timed(1.9)) == "held"
    assert report.verdict(timed(3.0)) == "missed, +50 %"
    assert report.verdict(counted("found", 0.5, "", 1.0, least=True)) == "missed, +50 %"
    assert report.verdict(timed(3.0, limit=None)) == ""
    assert report.verdict(absent("load", "no peer")) == "not measured: no peer"
    assert "≤ 2.00" in report.line("L1", timed(3.0))


def test_figures_come_back_from_json_as_they_were(tmp_path: Path) -> None:
    results = {"L1": [timed(1.5), absent("load", "no peer")], "L3": [counted("lost", 0, "", 0)]}
    report.save(tmp_path / "a.json", results, "here")
    assert report.load(tmp_path / "a.json") == results
    assert report.load(tmp_path / "none.json") == {}


def test_only_the_part_of_a_page_between_the_markers_is_made_anew() -> None:
    page = f"Above.\n\n{report.BEGIN}\nold\n{report.END}\n\nBelow.\n"
    once = report.paged(page, {"L1": [timed(3.0)]}, "here")
    assert once.startswith("Above.\n")
    assert once.endswith("\n\nBelow.\n")
    assert "old" not in once
    assert "0 held, 1 missed" in once
    assert report.paged(once, {"L1": [timed(3.0)]}, "here") == once
