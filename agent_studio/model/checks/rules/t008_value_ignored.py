"""The value of a field is none that Claude Code takes, so it is ignored, and the agent runs as if it were absent.

`permissionMode: readonly` leaves the mode of the conversation, `memory: yes` no memory, `maxTurns: many` no limit. The
file loads, only the debug log says so. Values are case-sensitive, but for `effort`.

Fix: the nearest value that counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place, spelling
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.schema import Field, Value

_ELSEWHERE = frozenset(("model", "color"))
"""Fields with a rule of their own."""
_MEANT = {"permissionMode": {"readonly": "plan", "planning": "plan", "ask": "default"}, "memory": {"true": "project"}}
"""Field -> letters of a value that is none -> the one that does what it says."""
_TRUE, _FALSE = frozenset(("yes", "on", "1", "y", "t")), frozenset(("no", "off", "0", "n", "f"))


def check(agent: Agent) -> Iterator[Problem]:
    """Values that Claude Code passes over."""
    for loss in agent.reading.lost("value") if agent.verdict.loads else ():
        if loss.key not in _ELSEWHERE:
            fix = _fix(schema.BY_NAME[loss.key], agent.document.get(loss.key))
            yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, loss.key), loss.words, fix)


def _fix(field: Field, value: object) -> Fix | None:
    """The value that is meant, where one is near."""
    near = _nearest(field, _spelt(value).strip()[:200])
    if near is None or (field.kind == "prose" and isinstance(value, list | dict)):
        return None
    return Fix(f"write {_spelt(near)}", False, lambda held: fieldedit.with_field(held, field.name, near))


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _nearest(field: Field, text: str) -> Value | None:
    match field.kind:
        case "boolean":
            low = text.lower()
            return True if low in _TRUE | {"true"} else False if low in _FALSE | {"false"} else None
        case "integer":
            digits = re.search(r"[0-9]{1,9}", text.replace(",", "").replace("_", ""))
            return max(int(digits[0]), field.minimum or 0) if digits and int(digits[0]) else None
        case "choice":
            letters = re.sub("[^a-z]", "", text.lower())
            return _MEANT.get(field.name, {}).get(letters) or spelling.nearest(text, field.choices)
        case _:
            return text or None


RULE = Rule("T008", "value-ignored", "warning", __doc__, check)
