"""The model is neither an alias nor the id of a Claude model; it is sent as it is, and the call fails.

Aliases are sonnet, opus, haiku, fable, best, opusplan and inherit, in any case, some with `[1m]`. Ids begin with
`claude-`; names of Bedrock, Vertex and gateways (`us.anthropic.claude-...`, `arn:...`, `team/model`) are taken for
right. The file loads, the error comes when the agent is asked. A value that is no text is ignored.

Fix: the alias that the text names, else `inherit`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place, spelling
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import quoted

_ID = re.compile(r"\S*(?i:claude)\S*|arn:\S+|\S+/\S+|[a-z]{2,20}(?:\.[a-z][\w:-]{1,80}){1,4}")
_FAMILY = re.compile(r"sonnet|opus|haiku|fable", re.IGNORECASE)


def check(agent: Agent) -> Iterator[Problem]:
    """A model that cannot be called."""
    value = agent.document.get("model")
    if not agent.verdict.loads or value is None:
        return
    model = agent.reading.model
    ignored = next((loss.words for loss in agent.reading.lost("value") if loss.key == "model"), None)
    if model is not None and is_known(model):
        return
    problem = ignored or f"{quoted(str(model), 40)} is no model of Claude: it is sent as it is, and the call fails"
    near = _nearest(str(value)[:200])
    fix = Fix(f"write {near}", False, lambda held: fieldedit.with_field(held, "model", near))
    yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "model"), problem, fix)


def is_known(model: str) -> bool:
    """Whether a model is an alias, or may be an id."""
    return model.lower() in schema.MODELS or (len(model) <= 200 and bool(_ID.fullmatch(model)))


def _nearest(text: str) -> str:
    """The alias that a text means."""
    family = _FAMILY.search(text)
    return family[0].lower() if family else spelling.nearest(text, schema.MODELS) or "inherit"


RULE = Rule("M001", "unknown-model", "warning", __doc__, check)
