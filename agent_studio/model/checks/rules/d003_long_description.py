"""The description is long: over 350 tokens, or over 100 and three fifths of it are examples.

Claude reads it in every conversation, whether or not the agent is asked; all descriptions share 15.0k tokens. Routing
needs two sentences on when to use the agent. Examples teach style, and belong into the body, which is read only when
the agent runs.

Fix: move the examples to the end of the body.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place, routing
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.view import Splice

_MOST = 350
_FEW = 100
_SHARE = 0.6


def check(agent: Agent) -> Iterator[Problem]:
    """A description that costs more than its routing is worth."""
    if not agent.verdict.loads or not isinstance(agent.document.get("description"), str):
        return
    text, tokens = agent.description, agent.reading.warned_tokens
    examples = 1 - len(routing.lead(text)) / len(text)
    if tokens <= _MOST and (tokens <= _FEW or examples <= _SHARE):
        return
    of_it = f", {examples:.0%} of it examples" if examples else ""
    message = f"the description costs {tokens:,} tokens in every conversation{of_it}"
    movable = examples and routing.lead(text)
    fix = Fix("move the examples to the body", safe=False, step=_moved) if movable else None
    yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "description"), message, fix)


def _moved(document: Document) -> Document:
    """The document with the examples of its description at the end of its body; raises `EditRefused`."""
    text = str(document.get("description")).replace("\\n", "\n")
    lead = routing.lead(text)
    if not lead or lead == text:
        raise EditRefused("the description has no examples after a text of its own")
    result = fieldedit.with_field(document, "description", lead)
    newline = result.newline_at(result.body_at)
    examples = text[len(lead) :].strip().replace("\n", newline)
    gap = newline * (2 if result.text.endswith("\n") else 3)
    end = len(result.text)
    return result.spliced(
        [Splice(end, end, f"{gap[len(newline) :]}## When it is asked{newline * 2}{examples}{newline}")]
    )


RULE = Rule("D003", "long-description", "info", __doc__, check)
