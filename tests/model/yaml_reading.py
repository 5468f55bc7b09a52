"""What a text stands for, in a form that tests can list."""

from __future__ import annotations

from agent_studio.model import nodes
from agent_studio.model.nodes import BadYaml

REFUSED = BadYaml
"""What `read` gives for a text that is not YAML."""


def read(source: str) -> object:
    """The value of a text, or `REFUSED`."""
    try:
        root = nodes.parse(source)
    except BadYaml:
        return REFUSED
    return root.value if root else None


def read_value(text: str) -> object:
    """What `x: text` gives x, or `REFUSED`."""
    value = read(f"x: {text}\n")
    return value["x"] if isinstance(value, dict) else value
