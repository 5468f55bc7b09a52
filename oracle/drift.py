"""What differs between the record of a probe and what was observed now.

Not measured again: bodies, colors, and what a started agent gets.
"""

from __future__ import annotations

from collections.abc import Iterator

from oracle.debuglog import SILENT
from oracle.observation import Observation
from oracle.probe import Probe, Row

FIELDS = ("description", "source", "path", "model", "tools", "tokens")
MOST = 60
"""Characters of a value that a line shows."""


def drift(probe: Probe, now: Observation) -> tuple[str, ...]:
    """One line for each difference; none where everything is as recorded."""
    return (*_files(probe, now), *_agents(probe, now))


def _files(probe: Probe, now: Observation) -> Iterator[str]:
    for place, was in probe.verdicts.items():
        before, after = _fate(was), _fate(now.files[place])
        if before != after:
            yield f"{place} was {before}, is {after}"


def _fate(verdict: Row) -> str:
    """`loaded`, or why a file was dropped as far as an observer can tell."""
    if verdict["verdict"] == "loaded":
        return "loaded"
    return f"dropped ({'silent' if verdict['reason'] in SILENT else verdict['reason']})"


def _agents(probe: Probe, now: Observation) -> Iterator[str]:
    before = {agent["name"]: agent for agent in probe.agents}
    after = {agent["name"]: agent for agent in now.agents}
    for name in sorted(before.keys() | after.keys()):
        if name not in before or name not in after:
            yield f"agent {name!r} is {'new' if name in after else 'gone'}"
            continue
        was, is_ = before[name], after[name]
        for field in FIELDS:
            if was[field] != is_[field]:
                yield f"agent {name!r}: {field} was {_short(was[field])}, is {_short(is_[field])}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MOST else text[: MOST - 1] + "…"
