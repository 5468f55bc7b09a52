"""Notes: what became of a section, in words beside its heading."""

from __future__ import annotations

from agent_studio.model.compare import Comparison, SectionPair

from .layout import Notes


def notes(comparison: Comparison) -> Notes:
    """What is said beside the headings of the sections that moved or were renamed, at the left and at the right."""
    return {place: _both(pair, comparison.first) for place, pair in enumerate(comparison.sections)}


def _both(pair: SectionPair, first: tuple[int, int]) -> tuple[str, str]:
    left, right = pair.left, pair.right
    if left is None or right is None or not (pair.moved or pair.renamed):
        return "", ""
    renamed = "renamed" if left.heading != right.heading else f"now {right.level * '#'}"
    if not pair.moved:
        return "", f"({renamed})"
    also = f" and {renamed}" if pair.renamed else ""
    there, here = first[1] + right.start, first[0] + left.start
    return f"(moved to line {there} of B{also})", f"(moved from line {here} of A{also})"
