"""Notes: what became of a section, in words beside its heading."""

from __future__ import annotations

from agent_studio.model.compare import Comparison, SectionPair

from .layout import Notes


def notes(comparison: Comparison) -> Notes:
    """What is said beside the headings of sections that moved or have another name or level, left and right."""
    return {place: _both(pair, comparison.first) for place, pair in enumerate(comparison.sections)}


def _both(pair: SectionPair, first: tuple[int, int]) -> tuple[str, str]:
    left, right = pair.left, pair.right
    if left is None or right is None:
        return "", ""
    also = ["renamed"] * pair.renamed + [f"now level {right.level}"] * (left.level != right.level)
    if not pair.moved:
        return "", _and(*also)
    there, here = first[1] + right.start, first[0] + left.start
    return _and(f"moved to line {there} of B", *also), _and(f"moved from line {here} of A", *also)


def _and(*said: str) -> str:
    return f"({' and '.join(said)})" if said else ""
