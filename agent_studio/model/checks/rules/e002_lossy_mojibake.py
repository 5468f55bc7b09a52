"""Characters were lost when the file was read in a wrong encoding: what is left cannot be turned back.

`â€"` was a dash, a quote, or an apostrophe before its last part was straightened into an ASCII quote; a replacement
character (U+FFFD) stands where bytes meant nothing at all; single control characters are what is left of emoji that
were cut to one byte; `鈥檚` is what Chinese Windows makes of `’s`. The model reads the remains. Scripts that read and
write a file in different encodings do this, PowerShell 5.1 among them.

Fix: by hand. Take the text from where it is whole, such as the history of the repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import hidden
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.rules.e001_mojibake import is_utf8
from agent_studio.model.checks.subject import counted, quoted, readable

_FIRST = frozenset("âðï鈥")
_REMAINS = "(?:â€|ðŸ)[\"'?]?|ï¿½|鈥[檚檛檙檒檝檓?]"
_FURTHER = range(0x80, 0x1_0000)
"""What follows where nothing was lost."""
_STUMPS = f"(\ufffd+|[{hidden.CONTROLS}]+)"


def check(agent: Agent) -> Iterator[Problem]:
    """What is left of lost characters."""
    document, text = agent.document, agent.document.text
    if not readable(agent):
        return
    stretches = hidden.stretches(document, _STUMPS)
    stumps = [(start, end) for start, end, chars, key in stretches if not key and "\x1b" not in chars]
    remains = re.finditer(_REMAINS, text) if not _FIRST.isdisjoint(hidden.strange(document)) else ()
    found = sorted([*(match.span() for match in remains if _is_lost(match)), *stumps])
    if found and is_utf8(document):
        (start, end), last = found[0], found[-1][1]
        around = quoted(text[max(start - 20, 0) : end + 20])
        message = f"characters were lost in {counted(len(found), 'place')}, the model reads what is left: {around}"
        yield Problem(RULE.id, agent.ref, start, last, message)


def _is_lost(remains: re.Match[str]) -> bool:
    """Whether the text does not go on as damaged text that still has all."""
    follows = remains.string[remains.start() + 2 : remains.start() + 3]
    return remains[0][0] in "ï鈥" or not follows or ord(follows) not in _FURTHER


RULE = Rule("E002", "lossy-mojibake", "warning", __doc__, check)
