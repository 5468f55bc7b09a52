"""What is printed and written."""

from __future__ import annotations

import json
from typing import Any

from oracle.__main__ import Result, measure, observations, report
from oracle.observation import Observation
from tests.oracle.probes import AGENT, LOADED, PLACE, probe

SEEN = Observation((AGENT,), {PLACE: LOADED})


def result(id: str, **more: Any) -> Result:
    return Result(probe(id=id), **more)


def test_probes_as_recorded_are_counted() -> None:
    assert report([result("a", now=SEEN), result("b", now=SEEN)]) == "2 of 2 probes as recorded; 0 differ\n"


def test_each_difference_has_a_line_of_its_own() -> None:
    results = [
        result("a", now=SEEN),
        result("b", now=SEEN, differences=("one", "two")),
        result("c", differences=("no answer: why",)),
        result("d", skipped="because"),
    ]
    assert report(results).splitlines() == [
        "1 of 3 probes as recorded; 2 differ: b, c",
        "  b: one",
        "  b: two",
        "  c: no answer: why",
        "  d: not compared, because",
    ]


def test_what_was_observed_is_written_as_the_record_is() -> None:
    (line,) = observations([result("a", now=SEEN), result("b", skipped="because")], "3").splitlines()
    assert json.loads(line) == {"id": "a", "version": "3", "observed": {"agents": [AGENT], "files": {PLACE: LOADED}}}


def test_a_probe_of_another_order_is_not_compared() -> None:
    assert "order" in measure("never run", probe(read_order=("b.md", "a.md"))).skipped


def test_a_program_that_does_not_answer_differs() -> None:
    (line,) = measure("true", probe()).differences
    assert line.startswith("no answer: ")
