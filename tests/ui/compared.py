"""Pairs of agents to compare."""

from __future__ import annotations

from agent_studio.model.document import Document


def document(body: str, **fields: str) -> Document:
    """An agent with a body and fields as they are written."""
    header = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return Document(f"---\n{header}---\n{body}".encode())


BODY = [f"Line {number} of the body." for number in range(40)]
LEFT = document("\n".join(BODY), name="a", model="opus", color="green")
RIGHT = document(
    "\n".join([*BODY[:20], "Line 20 of the text.", *BODY[21:30], "Only at the right.", *BODY[30:]]),
    name="a",
    model="sonnet",
    color="blue",
)
