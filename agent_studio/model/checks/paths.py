"""Paths that an agent's text names: absolute ones of somebody's machine, and files of its project."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.prose import fences, line_before
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.document import Document

_LETTERS = "cdefghz"
"""The drives that are looked for with forward slashes, too: most schemes of addresses end in other letters."""
_DRIVE = rf"(?:[A-Za-z]:\\(?!n\\?[^a-z])|[{_LETTERS}{_LETTERS.upper()}]:/(?=[\w.])|/mnt/[a-z]/|/Volumes/)"
_HOME = r"(?:(?:/c)?/Users|/home)/"
_ABSOLUTE = pattern(
    rf"`({_DRIVE}[^`\n]{{2,300}}|{_HOME}[^`\n/]{{1,60}}/[^`\n]{{1,300}})`"
    rf"|(?<![\w/~.-])({_DRIVE}[^\s`\"'<>|*?,;)(]{{2,300}}"
    rf"|{_HOME}[^\s`\"'<>|*?,;)(/]{{1,60}}/[^\s`\"'<>|*?,;)(]{{1,300}})"
)
_BEGINNINGS = {":\\": 1, ":/": 1, "/mnt/": 0, "/Volumes/": 0, "/Users/": 0, "/c/Users/": 0, "/home/": 0}
"""What stands in each absolute path, and how far behind its beginning."""
_MOUNTED = pattern(r"/mnt/[a-z](?=/)|/c(?=/Users/)")
"""How a drive of Windows begins in its Linux, and in Git's shell."""
OWN_CONFIG = pattern(r"(?:~|(?:[A-Za-z]:|/mnt/[a-z]|/c|)[\\/](?:Users|home)[\\/][^\\/\n]{1,60})[\\/]\.claude[\\/]")
"""Where a person's own `.claude` folder lies, on any system."""
_SIEVE = Phrases(*(_BEGINNINGS.keys() - {":/"}), *(f"{letter}:/" for letter in _LETTERS))
_STAND_INS = frozenset(
    """
    user username you yourname your-name your_name yourusername your-username your_username youruser me name someone
    myuser foo alice bob johndoe john.doe jdoe example node runner ubuntu vscode app dev path claude coder codespace
    gitpod ec2-user jovyan developer shared public
    """.split()
)
"""Names in paths that are nobody's, and of accounts that every container has."""
_SAMPLE_FOLDERS = frozenset("app example foo path program temp tmp to".split())
"""Names of folders on a drive that are nobody's, or cut off at a blank."""
_HOMES = frozenset(("users", "home"))
_EVERYWHERE = ("windows", "program files", "programdata", "inetpub", "xampp", "msys", "mingw", "cygwin")
"""How folders begin that every Windows has."""
_OPEN = pattern(r"[$%*?\[{<^]|/:|\.\.\.|\\\\")
"""What stands in a path that is no single one: a variable, a pattern, a hole; or that is quoted for a program."""
_FILE = pattern(
    r"/[\w.-]{1,100}\.(?:md|txt|json|ya?ml|toml|py|ts|tsx|js|jsx|go|rs|java|rb|sh|sql|css|html|csv|cfg|ini|lock|tf|kt"
    r"|swift|cs|c|h|cpp)(?![\w/<{*(-])"
)
"""The last part of a path that is a file, by its ending."""
_FOLDERS = pattern(r"(?<![\w/.:~\\$@{}<>*-])(?:\./)?[A-Za-z0-9_][\w./-]{0,150}$")
"""What may stand before it; no folder with a leading dot."""
_LONGEST = 154
_WORD = pattern(r"[\w.-]{0,50}/[\w./-]{1,100}")
_ORDER = pattern(
    r"\b(?:open|read|load|see|consult|follow|check|review|listed in|refer to|according to|defined in|described in)\b"
    r"(?!.*(?:e\.g\.|example|such as|like))",
    re.IGNORECASE,
)
_MAYBE = pattern(
    r"\b(?:if|when|where|whether|unless|once)\b.{0,120}\b(?:exists?|present|available|found|there)\b|\boptional",
    re.IGNORECASE,
)
"""On the line of a path: it need not be there."""
_SPOKEN_OF = pattern(r"e\.g\.|example|such as|\blike\b|instead of|hard-?cod|absolute path|\u274c", re.IGNORECASE)
"""Before a path on its line: nobody is sent there."""
_MADE = pattern(
    r"\b(?:creat|writ|sav(?:e|ing)|generat|produc|output|append|stor(?:e|ing)|record)[a-z]{0,6}\b", re.IGNORECASE
)
"""Before a path on its line: the agent itself makes what is there."""
_OF_SKILLS = ("references/", "scripts/", "assets/")
"""How the files that a skill brings along begin, below the skill's own folder."""
_MOST = 200
"""Paths of each kind that are looked for in one file."""
_MOST_LOOKED_AT = 2_000
"""Files that are named in one file and looked at."""
_BEFORE = 40
"""Characters before a path in which a word must send the reader there."""
_SAMPLES = pattern(r"(?:^|/)(?:path|to|your|my|example|sample|foo|bar)[-_./]", re.IGNORECASE)


class Named(NamedTuple):
    """A path as it is spelled at `[start, end)` of the file's text."""

    start: int
    end: int
    path: str


@lru_cache(maxsize=4)
def absolute(document: Document) -> tuple[Named, ...]:
    """The first absolute paths below somebody's home, or on a drive outside of code, in description and body."""
    return tuple(islice(_absolute(document.text), _MOST)) if _SIEVE.stand_in(document) else ()


def _absolute(text: str) -> Iterator[Named]:
    for found in _written(text):
        group = 1 if found[1] else 2
        path = found[group].rstrip(".,:;\\" if group == 2 else "")
        start = found.start(group)
        if _is_somebodys(text, start, path) and not _is_loose(text, start, start + len(path)):
            yield Named(start, start + len(path), path)


def _written(text: str) -> Iterator[re.Match[str]]:
    """The absolute paths of a text, looked for only where one can begin: the pattern as a whole is slow."""
    end = 0
    for at in sorted(_beginnings(text)):
        quoted = _ABSOLUTE.match(text, at - 1) if at > end and text[at - 1] == "`" else None
        found = quoted or (_ABSOLUTE.match(text, at) if at >= end else None)
        if found:
            yield found
            end = found.end()


def _beginnings(text: str) -> Iterator[int]:
    for part, before in _BEGINNINGS.items():
        at = text.find(part)
        while at >= 0:
            yield max(at - before, 0)
            at = text.find(part, at + 1)


def _is_loose(text: str, start: int, end: int) -> bool:
    """Whether a path is an example, or one that need not be there, by what stands beside it on its line."""
    before, behind = line_before(text, start), text[end : end + _BEFORE * 2].partition("\n")[0]
    return bool(_SPOKEN_OF.search(before[-_BEFORE:]) or _MAYBE.search(before + behind))


def _is_somebodys(text: str, start: int, path: str) -> bool:
    """Whether a path is of one machine: in the home of a real name, or outside of code on a drive."""
    parts = re.split(r"[\\/]", _MOUNTED.sub("", path, count=1))[1:]
    at_home = bool(parts) and parts[0].lower() in _HOMES
    first = next(iter(parts[1:] if at_home else parts), "").lower()
    if not first or first in (_STAND_INS if at_home else _SAMPLE_FOLDERS) or _OPEN.search(path):
        return False
    return at_home or not (first.startswith(_EVERYWHERE) or _in_code(text, start))


@lru_cache(maxsize=4)
def relative(document: Document) -> tuple[Named, ...]:
    """The first files below the project's folder that the text sends its reader to, outside of blocks of code.

    Folders that begin with a dot are left out: they belong to tools, which make them where they are used. So are files
    that stand in a block of code, too: they are samples; those that the text has written; and those of skills.
    """
    return tuple(islice(_relative(document.text), _MOST))


def _relative(text: str) -> Iterator[Named]:
    files = list(islice(_files(text), _MOST_LOOKED_AT))
    found = [named for named in files if _is_ordered(text, named) and not _in_code(text, named.start)]
    known = {*_written_in_code(text), *_made(text, files)} if found else set()
    others = _OF_SKILLS if found and "skill" in text.lower() else ()
    paths = ((named, named.path.removeprefix("./")) for named in found)
    return (named for named, path in paths if path not in known and not path.startswith(others))


def _is_ordered(text: str, named: Named) -> bool:
    """Whether a word on the line before a path sends the reader there, whatever is there."""
    sent = _ORDER.search(text[max(named.start - _BEFORE, 0) : named.start].rpartition("\n")[2])
    return bool(sent) and not _is_loose(text, named.start, named.end)


def _made(text: str, files: Iterable[Named]) -> Iterator[str]:
    """The paths of files that the text orders to be written."""
    made = (named for named in files if _MADE.search(line_before(text, named.start)[-_BEFORE:]))
    return (named.path.removeprefix("./") for named in made)


def _written_in_code(text: str) -> Iterator[str]:
    """What stands in blocks of code and may be a path, and what it ends in."""
    for code in fences(text):
        for found in _WORD.finditer(text, code.start, code.end):
            parts = found[0].split("/")
            yield from ("/".join(parts[at:]) for at in range(len(parts)))


def _files(text: str) -> Iterator[Named]:
    """The relative paths of files in a text."""
    for found in _FILE.finditer(text):
        before = _FOLDERS.search(text, max(found.start() - _LONGEST, 0), found.start())
        path = text[before.start() : found.end()] if before else ""
        if before and "//" not in path and not _SAMPLES.search(path):
            yield Named(before.start(), found.end(), path)


def _in_code(text: str, at: int) -> bool:
    place = bisect_right(fences(text), at, key=lambda code: code.start) - 1
    return place >= 0 and at < fences(text)[place].end
