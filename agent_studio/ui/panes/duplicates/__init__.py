"""The duplicates of all agents: groups by kind, and beside them who wins, why, and what differs."""

from __future__ import annotations

from .pane import DuplicatesPane

__all__ = ["DuplicatesPane"]
