"""A value without quotes means one thing in YAML 1.2, which Claude Code reads, and another in YAML 1.1.

Many programs (everything in Python or Ruby, GitHub's own) still read YAML 1.1: there `yes` and `on` are true, `12:30`
is the number 750, `010` is eight, and `2024-01-01` is a date.

    category: on

Fix: quotes around text, plain digits for a number; Claude Code reads the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import scalars
from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.frontmatter import Entry
from agent_studio.model.view import Splice

_LONGEST = 40
"""Characters of the longest value that is looked at: a date with a time."""
_MOST = 200
"""Fields that are looked at."""


_FIRST = frozenset("yYnNtTfFoO~<=.+-0123456789")
"""How a value begins that older readers may take for something else than text."""
_TYPED = frozenset("yes no on off true false null".split())
_NUMBERS = frozenset("0123456789abcdefABCDEFxXoOtTzZinIN_.,:+-~=< ")
"""What numbers and dates are made of."""


def check(agent: Agent) -> Iterator[Problem]:
    """Values of one word that older readers take for something else."""
    document = agent.document
    if not agent.verdict.loads:
        return
    for entry in document.fields[:_MOST]:
        if entry.style != "plain" or entry.literal or entry.value_end - entry.value_start > _LONGEST:
            continue
        source = document.source(entry)
        if differs(source, entry.value):
            message = f"{entry.key}: {source} is {_noun(entry.value)} to Claude Code and something else to YAML 1.1"
            fix = Fix("write it so that all read the same", safe=True, step=_spelt(entry))
            yield Problem(RULE.id, agent.ref, entry.value_start, entry.value_end, message, fix)


def differs(source: str, value: object) -> bool:
    """Whether a YAML 1.1 reader takes a plain scalar for another value."""
    if not isinstance(value, str | int | float) or source[0] not in _FIRST or _is_usual(source, value):
        return False
    import yaml  # noqa: PLC0415  # few files have such a value

    try:
        elsewhere = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError):
        return isinstance(value, str) and value == source and scalars.plain(source) is None
    return type(elsewhere) is not type(value) or repr(elsewhere) != repr(value)


def _is_usual(source: str, value: str | float) -> bool:
    """Whether all readers take a scalar for this value: truth values, plain digits, text but for a few words."""
    if isinstance(value, str):
        said = source[0].isalpha() or not _NUMBERS.issuperset(source) or (source.count(".") > 1 and ":" not in source)
        return said and value == source and source.isprintable() and source.lower() not in _TYPED
    return isinstance(value, bool) or (isinstance(value, int) and source == str(value))


def _noun(value: object) -> str:
    return "text" if isinstance(value, str) else f"the number {value}"


def _spelt(entry: Entry) -> Step:
    def step(document: Document) -> Document:
        text = scalars.double(entry.value) if isinstance(entry.value, str) else str(entry.value)
        result = document.spliced([Splice(entry.value_start, entry.value_end, text)])
        if repr(result.get(entry.key)) != repr(document.get(entry.key)) or not result.reads_like(document):
            raise EditRefused(f"{entry.key} cannot be quoted here")
        return result

    return step


RULE = Rule("L012", "typed-elsewhere", "info", __doc__, check)
