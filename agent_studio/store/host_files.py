"""The host's own JSON files, as far as they decide about agents."""

from __future__ import annotations

import json
import os
import re
from typing import NamedTuple

from .contents import read


def json_at(path: str) -> object:
    """What a JSON file holds; None where it is not there or cannot be read, as the host takes it."""
    try:
        return json.loads(read(os.path.realpath(path)).data)
    except (FileNotFoundError, ValueError, RecursionError):
        return None


def text_at(path: str | os.PathLike[str]) -> str:
    """What a small text file holds; nothing where it is not there or cannot be read."""
    try:
        return read(os.path.realpath(path)).data.decode(errors="replace")
    except (FileNotFoundError, ValueError):
        return ""


def plugins_only(managed: str) -> str | None:
    """Why only agents of plugins and of the administrator are read, as managed settings may demand; else None."""
    folder = os.path.join(managed, "managed-settings.d")
    more = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for path in (os.path.join(managed, "managed-settings.json"), *(os.path.join(folder, name) for name in more)):
        match json_at(path):
            case {"strictPluginOnlyCustomization": list() as kinds} if "agents" not in kinds:
                pass
            case {"strictPluginOnlyCustomization": on} if on:
                return f"{path} allows agents from plugins only"
            case _:
                pass
    return None


_DENIED = re.compile(r"(?:Agent|Task)(?:\((.*)\))?", re.DOTALL)


class Settings(NamedTuple):
    """What the settings say of agents.

    `enabled` is `plugin@marketplace` -> whether it is enabled, `denied` the names (`*` for all) that
    `permissions.deny` keeps from the model.
    """

    enabled: dict[str, bool]
    denied: frozenset[str]

    @classmethod
    def of(cls, config: str, project: str) -> Settings:
        """The settings of a person (`config` is their configuration folder) in a project, the nearer ones first."""
        files = (
            os.path.join(config, "settings.json"),
            os.path.join(project, ".claude", "settings.json"),
            os.path.join(project, ".claude", "settings.local.json"),
        )
        enabled: dict[str, bool] = {}
        denied: set[str] = set()
        for found in map(json_at, files):
            match found:
                case {"enabledPlugins": dict() as plugins}:
                    enabled |= {str(name): on is True for name, on in plugins.items()}
                case _:
                    pass
            match found:
                case {"permissions": {"deny": list() as rules}}:
                    denied |= {match[1] or "*" for rule in rules if (match := _DENIED.fullmatch(str(rule)))}
                case _:
                    pass
        return cls(enabled, frozenset(denied))
