"""The name holds what no name needs: control or hidden characters, a path, or letters of scripts that look alike.

Claude Code takes such names as they are. It makes the folder of the agent's memory from the name, so `../../x` leads
elsewhere; a line break or ESC writes into its list of agents and into terminals; `аdmin` with a Cyrillic `а` passes for
`admin`. Joiners in an emoji are fine, and so are words of several scripts (`код-reviewer`) none of which passes for
another.

Fix: the name without them, in lower-case words with hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from agent_studio.model import fieldedit, plans
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.rules import s003_invisible_characters
from agent_studio.model.visible import is_hidden, visible

_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
_LETTERS = dict(
    zip(
        "аеорсухіјѕԁһӏοανρАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdhloavpABEKMHOPCTXIJSABEZHIKMNOPTYX",
        strict=True,
    )
)
"""Letters of other scripts that pass for Latin ones."""
_PLAIN = dict(zip("ßæœøđłþ", ("ss", "ae", "oe", "o", "d", "l", "th"), strict=True))
_WORD = re.compile(r"[^\W\d_]+")


def check(agent: Agent) -> Iterator[Problem]:
    """A name that is no mere name."""
    name = agent.document.get("name")
    if not agent.verdict.loads or not isinstance(name, str) or not (reason := _reason(name)):
        return
    slug = re.sub(r"[.]{2,}", ".", plans.slug(unaccented("".join(_LETTERS.get(char, char) for char in name))))
    message = f"the name {visible(name[:60], keep='')} {reason}"
    fix = Fix(f"call it {slug}", False, lambda held: fieldedit.with_field(held, "name", slug))
    span = place.of_value(agent.document, "name")
    yield Problem(RULE.id, agent.ref, *span, message, fix if slug != "agent" else None)


def unaccented(name: str) -> str:
    """A name with plain letters in the place of Latin ones with accents, and their like."""
    if name.isascii():
        return name
    plain = (_PLAIN.get(char) or unicodedata.normalize("NFKD", char) for char in unicodedata.normalize("NFC", name))
    return "".join(
        "".join(part for part in parts if not unicodedata.combining(part)) if parts[0].isascii() else parts
        for parts in plain
    )


def _reason(name: str) -> str | None:
    """Why a name is dangerous; None where it is not."""
    if any(map(is_hidden, s003_invisible_characters.without_fitting(name))):
        return "holds characters that a terminal obeys or hides"
    if "/" in name or "\\" in name or ".." in name:
        return "is a path: the folder of the agent's memory is made from it"
    if len(_scripts(name)) > 1 and any(map(_passes, _WORD.findall(name))):
        return f"mixes letters of {' and '.join(sorted(_scripts(name)))} that look alike"
    return None


def _passes(word: str) -> bool:
    """Whether a word is read as Latin and is not, or only a part of it; Greek letters are symbols, too."""
    scripts, alike = _scripts(word), _LETTERS.keys() & set(word)
    return (len(scripts) > 1 and (bool(alike) or scripts != {"Greek", "Latin"})) or alike == set(word)


def _scripts(text: str) -> set[str]:
    """The scripts with letters that look alike which a text is written in."""
    if text.isascii():
        return set()
    words = (unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha())
    return {word.title() for word in words if word in _ALIKE}


RULE = Rule("N008", "dangerous-name", "high", __doc__, check)
