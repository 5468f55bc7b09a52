"""How to hear no more of a rule: what a person writes into a configuration, never into an agent file."""

from __future__ import annotations

import json
import re

from agent_studio.model.checks.rule import Rule
from agent_studio.model.ref import Ref


def quieter(rule: Rule, ref: Ref | None, own: str) -> str:
    """What to write, and where: `own` is the person's file, `ref` the agent that a problem was found in."""
    ignored = f'["{rule.id}"]'
    lines = [f"To hear no more of it, write into {own} (or agent-studio.toml in a project):", "", "[lint]"]
    lines.append(f"ignore = {ignored}")
    if ref is not None:
        pattern = json.dumps(re.sub(r"([*?[])", r"[\1]", ref.path), ensure_ascii=False)
        lines += ["", "or of this file alone:", "", "[lint.per-file-ignores]", f"{pattern} = {ignored}"]
    return "\n".join(lines)
