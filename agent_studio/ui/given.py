"""What of an agent reaches the model, as a text to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from agent_studio.model.agent import Agent
from agent_studio.model.fences import JS_SPACE
from agent_studio.model.precedence import Standing
from agent_studio.ui.gauge import thousands


class Given(NamedTuple):
    """A text, and the lines of it that are captions, each with the number of the line behind it (0: no numbers)."""

    text: str
    captions: Mapping[int, int]

    @classmethod
    def of(cls, agent: Agent, standing: Standing) -> Given:
        """The agent's entry in every conversation and its system prompt, both as sent; or why nothing is given."""
        if reason := not_given(agent, standing):
            return cls(f"Nothing of this file is given to the model\n\n{reason}", {0: 0})
        entry = agent.reading.entry
        body = agent.document.body
        prompt = body.strip(JS_SPACE)
        above = body[: len(body) - len(body.lstrip(JS_SPACE))].count("\n")
        head = f"In every conversation · ≈{thousands(agent.reading.warned_tokens)} tok"
        size = f"≈{thousands(-(-len(prompt) // 4))} tok" if prompt else "empty: it has no instructions"
        text = f"{head}\n{entry}\n\nSystem prompt, when it runs · {size}\n{prompt}"
        return cls(text, {0: 0, entry.count("\n") + 3: agent.document.body_line + above})


def not_given(agent: Agent, standing: Standing) -> str | None:
    """Why the model is given nothing of a file; None when it is."""
    if not agent.verdict.loads:
        return agent.verdict.reason
    return None if standing.active else standing.why
