"""Numbers in a query: `>200`, `<=2k`, `10..20`, and ages as `<7d`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Within = Callable[[float], bool]
"""Whether a number is one that is asked for."""

COUNTS: Mapping[str, float] = {"": 1, "k": 1_000, "m": 1_000_000}
"""Unit -> how many."""
AGES: Mapping[str, float] = {
    "m": 60,
    "h": 3_600,
    "": 86_400,
    "d": 86_400,
    "w": 7 * 86_400,
    "mo": 30 * 86_400,
    "y": 365 * 86_400,
}
"""Unit -> seconds; without one it is days."""

_NUMBER = r"([0-9]+(?:\.[0-9]+)?)([a-z]*)"
_COMPARED = re.compile(rf"(<=|>=|<|>|=|){_NUMBER}")
_RANGE = re.compile(rf"{_NUMBER}\.\.{_NUMBER}")


def within(text: str, units: Mapping[str, float]) -> Within | None:
    """The comparison that `text` (in lower case) spells; None where it spells none."""
    if found := _RANGE.fullmatch(text):
        low, high = _number(found[1], found[2], units), _number(found[3], found[4], units)
        return None if low is None or high is None else lambda number: low <= number <= high
    if found := _COMPARED.fullmatch(text):
        limit = _number(found[2], found[3], units)
        return None if limit is None else _compared(found[1], limit)
    return None


def _number(digits: str, unit: str, units: Mapping[str, float]) -> float | None:
    return float(digits) * units[unit] if unit in units else None


def _compared(sign: str, limit: float) -> Within:
    match sign:
        case "<":
            return lambda number: number < limit
        case "<=":
            return lambda number: number <= limit
        case ">":
            return lambda number: number > limit
        case ">=":
            return lambda number: number >= limit
        case _:
            return lambda number: number == limit
