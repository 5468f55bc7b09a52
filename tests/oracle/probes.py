"""Probes made in tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from oracle.probe import Probe, Row

PLACE = "project/.claude/agents/x.md"
LOADED: Row = {"verdict": "loaded"}
AGENT: Row = {
    "name": "one",
    "description": "d",
    "source": "projectSettings",
    "path": "$PROJECT/.claude/agents/x.md",
    "model": None,
    "tools": "All tools",
    "tokens": 2,
}


MADE = Probe(
    id="made",
    version="2.1.329",
    files={PLACE: b"---\nname: one\ndescription: d\n---\n"},
    folders=(),
    links={},
    hardlinks={},
    cwd="project",
    args=(),
    env={},
    agents=(AGENT,),
    verdicts={PLACE: LOADED},
    read_order=(),
)


def probe(**changes: Any) -> Probe:
    """A probe of one file, with these fields changed."""
    return replace(MADE, **changes)


def placed(top: Path) -> set[str]:
    """Everything below a folder that is no folder, as paths."""
    return {path.relative_to(top).as_posix() for path in top.rglob("*") if not path.is_dir()}
