"""The name that a person means by one that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from agent_studio.model.hosts import tools

_LONGEST = 40
"""Characters beyond which a word is no slip for a name."""
_LEAST = 0.75
"""How much of two names must be alike (difflib's ratio)."""
_SHORT, _LEAST_OF_LONG = 6, 0.85
"""In names of so many letters one slip leaves more alike than that; what is less alike is another word."""
_KINDS = 36
"""Letters and digits."""


def nearest(word: str, names: Iterable[str], least: float = _LEAST) -> str | None:
    """The name nearest to a word: the same letters, else nearly the same."""
    return _nearest(word, tuple(names), least) if len(word) <= _LONGEST else None


@lru_cache(maxsize=16)
def _by_letters(names: tuple[str, ...]) -> dict[str, tuple[str, int]]:
    """The letters of names -> the name, and the bag of its letters."""
    return {(letters := _letters(name)): (name, _bag(letters)) for name in names}


@lru_cache(maxsize=1_024)
def _nearest(word: str, names: tuple[str, ...], least: float) -> str | None:
    letters, by_letters = _letters(word), _by_letters(names)
    bag, length = _bag(letters), len(letters)
    # The letters in common, whatever their order: what is not alike by them is not alike for `difflib`.
    near = [
        name for name, (_, its) in by_letters.items() if 2 * (bag & its).bit_count() >= _LEAST * (length + len(name))
    ]
    close = get_close_matches(letters, near, n=1, cutoff=least)
    return by_letters[close[0]][0] if close else None


def _letters(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


def _bag(letters: str) -> int:
    """Letters and digits as a bag: one bit for each that comes for the first time, one for the second, and so on."""
    found = 0
    for letter in letters:
        bit = 1 << int(letter, _KINDS)
        while found & bit:
            bit <<= _KINDS
        found |= bit
    return found


_BY_CASE = {name.lower(): name for name in tools.TOOLS}
_FORMER = {
    letters: name
    for name, words in {
        "Agent": "agent task runsubagent",
        "AskUserQuestion": "askuser askquestions askfollowupquestion",
        "Bash": "execute executecommand runcommand runcommands runinterminal runshellcommand runtasks runtests shell "
        "terminal terminalcommand",
        "Edit": "applydiff applypatch editfile editfiles fileedit multiedit patch replace replaceinfile strreplace "
        "strreplaceeditor",
        "ExitPlanMode": "exitplanmode",
        "Glob": "filesearch findfiles findtestfiles list listdir listdirectory listfiles ls",
        "Grep": "codebase codebasesearch grepsearch search searchfilecontent searchfiles textsearch usages",
        "Read": "fileread notebookread readfile readmanyfiles view viewfile",
        "Skill": "slashcommand",
        "TaskOutput": "agentoutputtool bashoutput",
        "TodoWrite": "todo todos",
        "WebFetch": "fetch web",
        "WebSearch": "googlewebsearch",
        "Write": "createfile filewrite writefile writetofile",
    }.items()
    for letters in words.split()
}
"""Letters of names that older releases and other programs have -> the tool that does it now."""
_GROUPS = frozenset("agent edit execute read search todo web".split())
"""What stands before the slash in names of GitHub Copilot: the rest may say it more exactly."""


def tool_by_case(item: str) -> str | None:
    """The item with its tool in the right case; None where that is not what is wrong."""
    name, paren, rest = item.partition("(")
    right = _BY_CASE.get(name.lower())
    return f"{right}{paren}{rest}" if right and right != name else None


def tool(item: str) -> str | None:
    """The tool that is meant by an item of a list that is none; None where nothing is near."""
    name, paren, rest = item.partition("(")
    group, slash, part = name.partition("/")
    if slash:
        return _FORMER.get(_letters(part)) or tool(group) if group in _GROUPS else None
    letters = _letters(name)
    least = _LEAST if len(letters) < _SHORT else _LEAST_OF_LONG
    found = tool_by_case(name) or _FORMER.get(letters) or nearest(name, tools.TOOLS, least)
    return f"{found}{paren}{rest}" if found else None
