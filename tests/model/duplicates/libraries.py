"""Libraries for tests: agents by what is in them."""

from __future__ import annotations

from agent_studio.model.agent import Agent
from agent_studio.model.library import Library
from agent_studio.model.ref import Root
from tests.model.documents import agent, headed

PROJECT, USER = Root("project", "project", "/project"), Root("user", "user", "/user")

TEXT = (
    "You review what others wrote before it is merged. Read the whole change first, then say what you would not let "
    "pass, with the line and the reason. Praise nothing that merely works. Where a test is missing, name the case. "
    "Never rewrite what you were asked to judge, and never guess what a name you did not look up may mean."
)
"""Fifty-odd words, no run of five of them twice."""


def written(name: str, body: str, path: str = "", root: str = "project", extra: str = "") -> Agent:
    """An agent of this name with this prompt."""
    document = headed(f"name: {name}\ndescription: does {name}\n{extra}", body)
    return agent(document, path or f"{name}.md", root)


def library(*agents: Agent) -> Library:
    """These agents in a project and a user's folder."""
    return Library((PROJECT, USER), {one.ref: one for one in agents})


def edited(text: str, *places: int) -> str:
    """A text with the words at some places otherwise."""
    return " ".join("otherwise" if place in places else word for place, word in enumerate(text.split()))
