"""Libraries in memory, of any size: a third of their agents are copies of others, with more or less changed."""

from __future__ import annotations

import random

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from benchmarks.collection import SEED, samples

_FAMILY = 4
_LOST = (0.0, 0.02, 0.08)
"""The share of words that the members of a family have otherwise than the first; the rest of them stand alone."""
_WORDS = 800
_LINE = 12


def library(count: int) -> Library:
    """So many agents in one folder. Of twelve, one is copied three times: below another header, and edited."""
    chance = random.Random(SEED)  # noqa: S311  # the same library every time is the point
    vocabulary = [word for data in samples() for word in data.decode().split() if word.rstrip(".,").isalpha()]
    agents: dict[Ref, Agent] = {}
    body: list[str] = []
    for number in range(count):
        place = number % (3 * _FAMILY)
        if place == 0 or place >= _FAMILY:
            body = chance.choices(vocabulary, k=_WORDS)
            text = body
        else:
            lost = _LOST[place - 1]
            text = [chance.choice(vocabulary) if chance.random() < lost else word for word in body]
        lines = [" ".join(text[start : start + _LINE]) for start in range(0, len(text), _LINE)]
        model = chance.choice(("opus", "sonnet", "haiku"))
        name = f"agent-{number - place if place < _FAMILY else number}"
        head = f"---\nname: {name}\ndescription: {' '.join(chance.choices(vocabulary, k=60))}\nmodel: {model}\n---\n"
        ref = Ref("folder", f"agent-{number}.md")
        agents[ref] = Agent(ref, f"/agents/{ref.path}", Document((head + "\n".join(lines) + "\n").encode()))
    return Library((Root("folder", "folder", "/agents"),), agents)
