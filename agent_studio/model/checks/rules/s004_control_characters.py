r"""The text holds control characters that a terminal obeys: it may be recoloured, retitled, or its clipboard set.

An escape character (ESC) begins a command to the terminal, and programs that print the name or the description of an
agent as it stands hand it on. It need not stand in the file itself: in double quotes YAML makes an ESC of `\e` or
`\x1b`. The studio shows control characters and never sends them. Those in the body that command nothing are remains of
damage (E002).

Fix: remove them; what was a command to the terminal stays behind as text.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import hidden
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted, quoted, readable
from agent_studio.model.document import Document

_ANY = f"([{hidden.CONTROLS}]+)"
_SPELLED = f"([{hidden.CONTROLS}\x0b\x0c\x85]+|\r(?!\n))"
"""What escapes stand for: also carriage returns, with which a terminal writes one text over another."""
_COMMANDS = "([\x08\x1b\x90\x98\x9b\x9d-\x9f]+)"


def check(agent: Agent) -> Iterator[Problem]:
    """Commands to a terminal anywhere, and any control character in the frontmatter."""
    found = found_in(agent.document) if readable(agent) else []
    if found:
        chars, (start, end, _, key) = "".join(chars for _, _, chars, _ in found), found[0]
        around = quoted(agent.document.text[start : min(end, start + 20) + 40])
        where = f" in {key}" if key else ""
        message = f"found {counted(len(chars), 'control character')} ({hidden.names(chars)}){where}: {around}"
        end = max(end for _, end, _, _ in found)
        yield Problem(RULE.id, agent.ref, start, end, message, hidden.removal("remove them", found_in))


def found_in(document: Document) -> list[hidden.Stretch]:
    """Control characters in the frontmatter, and commands to a terminal in the body."""
    at = document.body_at
    standing = [one for one in hidden.stretches(document, _ANY, 0, at) if not one[3]]
    spelled = [one for one in hidden.stretches(document, _SPELLED, 0, at) if one[3]] if "\\" in document.head else []
    return standing + spelled + hidden.stretches(document, _COMMANDS, at)


RULE = Rule("S004", "control-characters", "high", __doc__, check)
