r"""The text holds control characters that a terminal obeys: it may be recoloured, retitled, or its clipboard set.

An escape character (ESC) begins a command to the terminal, and programs that print the name or the description of an
agent as it stands hand it on. It need not stand in the file itself: in double quotes YAML makes an ESC of `\e` or
`\x1b`. The studio shows control characters and never sends them. Those in the body that command nothing are remains of
damage (E002).

Fix: remove them; what was a command to the terminal stays behind as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import hidden
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted, quoted, readable
from agent_studio.model.document import Document

_ANY = re.compile(f"([{hidden.CONTROLS}]+)")
_COMMANDS = re.compile("([\x08\x1b\x90\x98\x9b\x9d-\x9f]+)")


def check(agent: Agent) -> Iterator[Problem]:
    """Commands to a terminal anywhere, and any control character in the frontmatter."""
    found = _found(agent.document) if readable(agent) else []
    if found:
        chars, first = "".join(one.chars for one in found), found[0]
        around = quoted(agent.document.text[first.start : min(first.end, first.start + 20) + 40])
        where = f" in {first.key}" if first.key else ""
        message = f"found {counted(len(chars), 'control character')} ({hidden.names(chars)}){where}: {around}"
        end = max(one.end for one in found)
        yield Problem(RULE.id, agent.ref, first.start, end, message, hidden.removal("remove them", _found))


def _found(document: Document) -> list[hidden.Stretch]:
    header = [one for one in hidden.stretches(document, _ANY) if one.start < document.body_at]
    return header + [one for one in hidden.stretches(document, _COMMANDS) if one.start >= document.body_at]


RULE = Rule("S004", "control-characters", "high", __doc__, check)
