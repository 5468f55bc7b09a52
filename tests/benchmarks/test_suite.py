"""The benchmark itself, on a few files and one round: that every part of it can be run, not how long that takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_studio.model.document import Document
from benchmarks import __main__ as program
from benchmarks import collection
from benchmarks.bench import Bench
from benchmarks.figure import targets
from benchmarks.terminal import app

IDS = "L1 L2 L3 L4 S1 S2 S3 S4 K1 K2 K3 P1 P2 D1 D2 D3 D4 N1 N2 W1 W2 B1 B2 C1 R1 R2 R3 R4 R5 R6"
"""The targets of the design."""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path, (12, 24), rounds=1)
    yield bench
    bench.close()


def test_every_target_of_the_design_is_measured() -> None:
    assert set(IDS.split()) <= {target.id for target in program.chosen("")}


def test_targets_are_chosen_by_their_first_letters_and_rare_ones_only_so() -> None:
    assert {target.id for target in program.chosen("S1, K")} == {"S1", "K1", "K2", "K3"}
    assert {target.id for target in targets()} - {target.id for target in program.chosen("")} == {"X1"}
    assert [target.id for target in program.chosen("X")] == ["X1"]


@pytest.mark.parametrize("id", ["L1", "L3", "B1", "R2"])
def test_a_target_is_measured_on_a_few_files(id: str, bench: Bench) -> None:
    (target,) = program.chosen(id)
    figures = program.run([target], bench)[id]
    assert figures
    assert all(figure.absent or figure.value >= 0 for figure in figures)
    assert len({(figure.what, figure.against) for figure in figures}) == len(figures)


def test_a_folder_of_ones_own_is_measured_instead(tmp_path: Path) -> None:
    given = collection.build(tmp_path / "given", 7)
    assert Bench(tmp_path, given=given).sizes == (7,)


def test_a_collection_is_the_same_every_time_and_the_start_of_a_greater_one() -> None:
    few = list(collection.agents(30))
    assert few == list(collection.agents(40))[:30]
    documents = list(map(Document, few))
    assert all(document.fences for document in documents)
    assert {document.reading for document in documents} > {"strict"}


def test_a_terminal_knows_where_a_frame_ends(bench: Bench) -> None:
    with bench.open(*app("blank")) as terminal:
        assert terminal.up() > 0
        terminal.quiet()
        assert terminal.press(b"s") > 0
        assert terminal.seen.endswith(b"\x1b[?2026l")
        terminal.type(b"q")
        assert terminal.ended() > terminal.started
