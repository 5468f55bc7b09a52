"""Real agents of one name, each with each: the comparison holds every line, mirrors, and merges to either side."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from agent_studio.model.compare import Comparison, compare, outline
from agent_studio.model.compare.lines import split
from agent_studio.model.document import Document
from agent_studio.model.merge import Merging
from tests.model.compare.test_outline import parsed

Pair = tuple[Document, Document]


def pairs(corpus: Path) -> list[Pair]:
    """The agents of the corpus that have one name and not the same bytes, each with each, in a random order."""
    named: dict[str, set[bytes]] = {}
    for path in sorted(corpus.rglob("*.md")):
        document = Document(path.read_bytes())
        if isinstance(name := document.get("name"), str) and not document.trouble:
            named.setdefault(name, set()).add(document.data)
    found = [(Document(a), Document(b)) for files in named.values() for a, b in combinations(sorted(files), 2)]
    random.Random(1).shuffle(found)
    return found


def spans(comparison: Comparison, mirrored: bool = False) -> set[tuple[object, object]]:
    """The lines of every difference, left and right; None where a side has none."""
    regions = [difference.region for difference in comparison.differences if difference.region]
    both = [(region.right, region.left) if mirrored else (region.left, region.right) for region in regions]
    return {(old if old[0] < old[1] else None, new if new[0] < new[1] else None) for old, new in both}


def faults(left: Document, right: Document) -> Iterator[str]:
    """What is wrong with the comparison and the merges of two documents."""
    comparison = compare(left, right)
    for side, document in enumerate((left, right)):
        lines = tuple(line for pair in comparison.lines.pairs if (line := (pair.left, pair.right)[side]))
        if lines != split(document.body):
            yield "lines are missing or in another order"
    if spans(compare(right, left), mirrored=True) != spans(comparison):
        yield "swapped it is another comparison"
    merging = Merging(comparison)
    if merging.all("left").result.document.data != left.data:
        yield "all of the left is not the left"
    result = merging.all("right").result
    if result.refused or not compare(result.document, right).same:
        yield f"all of the right does not read as the right: {dict(result.refused)}"


def test_some_real_agents_of_one_name(corpus: Path) -> None:
    assert [fault for pair in pairs(corpus)[:40] for fault in faults(*pair)] == []


@pytest.mark.sweep
def test_all_real_agents_of_one_name(corpus: Path) -> None:
    found = pairs(corpus)
    assert len(found) > 400
    assert [fault for pair in found for fault in faults(*pair)] == []


@pytest.mark.sweep
def test_every_real_text_is_read_as_the_parser_reads_it(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in sorted(corpus.rglob("*.md")):
        lines = split(Document(path.read_bytes()).body)
        assert outline.outline(lines) == parsed(lines, monkeypatch), path
