"""The text holds tag characters: nobody sees them, and the model reads them as plain letters.

The characters U+E0020 to U+E007E mirror ASCII and are drawn by no font, so whole sentences can stand between two words
without a trace. They have no use in an agent file but in the flags of England, Scotland, and Wales, which are left
alone. The message shows what they spell.

Fix: remove them.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import hidden
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted, quoted, readable
from agent_studio.model.document import Document

_FLAGS = ["".join(chr(0xE0000 + ord(char)) for char in f"{flag}\x7f") for flag in ("gbeng", "gbsct", "gbwls")]
_TAGS = f"\U0001f3f4(?:{'|'.join(_FLAGS)})|([\U000e0000-\U000e007f]+)"


def check(agent: Agent) -> Iterator[Problem]:
    """Tag characters, and what they spell."""
    found = found_in(agent.document) if readable(agent) else []
    if found:
        chars = "".join(chars for _, _, chars, _ in found)
        spelled = "".join(chr(ord(char) - 0xE0000) for char in chars if 0xE0020 <= ord(char) <= 0xE007E)
        message = f"found {counted(len(chars), 'invisible tag character')}; the model reads {quoted(spelled, 200)}"
        fix = hidden.removal("remove the tag characters", found_in)
        yield Problem(RULE.id, agent.ref, found[0][0], found[-1][1], message, fix)


def found_in(document: Document) -> list[hidden.Stretch]:
    """Tag characters that are no part of a flag."""
    return hidden.stretches(document, _TAGS)


RULE = Rule("S001", "tag-characters", "high", __doc__, check)
