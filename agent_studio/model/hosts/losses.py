"""What Claude Code cuts or ignores in a file that loads: each loss in the words in which everybody is told of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from agent_studio.model import schema
from agent_studio.model.document import Document
from agent_studio.model.frontmatter import Entry
from agent_studio.model.hosts import hooks, tools
from agent_studio.model.schema import Field

Kind = Literal["filled", "fence", "no tools", "unusable tools", "cut", "twice", "value", "in a plugin", "hooks", "key"]


class Loss(NamedTuple):
    """One loss, in words: of which kind, and at which key. `span` is what is lost where that is not the value."""

    kind: Kind
    key: str
    words: str
    span: tuple[int, int] | None = None


def losses(document: Document, listed: tuple[str, ...] | None, denied: tuple[str, ...], plugin: bool) -> Iterator[Loss]:
    """What of a file is lost, worst first; `listed` and `denied` are its tools as the host has them."""
    if document.fences is None or document.reading == "lines":
        return
    if not document.header.flat:  # in which no line holds more than its field
        yield from _after_dashes(document)
    yield from _of_tools(document.get("tools"), listed, denied)
    if not document.header.flat:
        yield from _of_comments(document)
    yield from _twice(document)
    values = document.values
    for key in sorted(values.keys() & _OPTIONAL, key=schema.ORDER.__getitem__):
        field, value = schema.BY_NAME[key], values[key]
        if value is None:
            continue
        if plugin and field.plugin == "ignored":
            words = f"{field.name} is ignored in a plugin's agent: it is {field.default}"
            yield Loss("in a plugin", field.name, words)
        elif problem := field.problem(value):
            yield Loss("value", field.name, _of_value(field, _written(document, field.name, value), problem))
    if not plugin:
        yield from (Loss("hooks", "hooks", words) for words in hooks.losses(document.get("hooks")))
    yield from _of_keys(document)


_OPTIONAL = frozenset(field.name for field in schema.FIELDS if not field.required)


def short(text: str, most: int) -> str:
    """A text on one line, cut behind `most` characters."""
    text = " ".join(text[: 4 * most].split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _after_dashes(document: Document) -> Iterator[Loss]:
    """What follows three dashes that end the frontmatter within a line."""
    close = document.fences.close if document.fences else 0
    line = document.head.rfind("\n", 0, close) + 1
    if document.head[line:close].strip():
        words = f"line {document.line_at(line)}: three dashes end the frontmatter there, what follows became body"
        yield Loss("fence", "", words, (close, close + 3))


def _of_tools(value: object, listed: tuple[str, ...] | None, denied: tuple[str, ...]) -> Iterator[Loss]:
    """What keeps the agent from having the tools it lists; `value` is the field as it was read."""
    if listed is None:
        return
    if not listed:
        wrong = "is empty" if not value or isinstance(value, str) else "is no list of names"
        told = f"though Claude is told {tools.roster(listed, denied)}"
        yield Loss("no tools", "tools", f"tools {wrong}: the agent gets no tool at all, {told}")
    elif not any(map(tools.is_known, listed)):
        words = f"it cannot be started: Claude Code has none of its tools, {short(', '.join(listed[:_MOST]), 60)}"
        yield Loss("unusable tools", "tools", words)
    elif not tools.left(listed, denied):
        yield Loss("no tools", "tools", "disallowedTools takes all of its tools away: the agent gets none")


_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


def _of_comments(document: Document) -> Iterator[Loss]:
    """Text that YAML takes for a comment."""
    for key in ("name", "description"):
        entry = document.entry(key)
        cut = comment_behind(document, entry) if entry else None
        if entry and cut:
            where = f"line {document.line_at(entry.value_end)}: {key} ends"
            words = f'{where} before " #", "{short(cut.strip(), 40)}" never reaches the model'
            yield Loss("cut", key, words, (entry.value_end, entry.value_end + len(cut)))


def _twice(document: Document) -> Iterator[Loss]:
    """Fields that stand twice."""
    if len(document.values) < len(document.fields):
        counts = Counter(entry.key for entry in document.fields)
        for key, count in counts.items():
            if count > 1:
                yield Loss("twice", key, f"{key} stands {count} times: only the last counts")


def comment_behind(document: Document, entry: Entry) -> str | None:
    """The comment behind a plain value, with the blanks before it."""
    if entry.style != "plain" or entry.literal:
        return None
    found = _COMMENT.match(document.head, entry.value_end)
    return found[0] if found else None


_FOR_VALUE = re.compile(r"[ \t]*:[ \t]+(#\w(?:[^\r\n]*\S)?)")


def comment_for_value(document: Document, key: str) -> re.Match[str] | None:
    """The comment (its group) that stands where the value of a field should: `#`, a word, and the rest of the line."""
    entry = document.entry(key)
    return _FOR_VALUE.match(document.head, entry.key_end) if entry and entry.value is None else None


def _written(document: Document, key: str, value: object) -> str:
    """A value as the file has it; text without its quotes."""
    entry = document.entry(key)
    return document.source(entry) if entry and not isinstance(value, str) else str(value)


def _of_value(field: Field, value: str, problem: str) -> str:
    if field.name == "color":
        return f'color "{short(value, 30)}" is unknown to Claude Code: the agent has none'
    if field.name == "model":
        return f"model is {'not text' if value.strip() else 'empty'}: the agent inherits its model"
    return f'{field.name} "{short(value, 30)}" does not count, it is {field.default}: {problem}'


def _letters(key: str) -> str:
    return re.sub(r"[^a-z]", "", key.lower())


_MEANT = {
    "allowedtools": "tools",
    "tool": "tools",
    "whentouse": "description",
    **dict.fromkeys(("blockedtools", "deniedtools", "denytools", "forbiddentools"), "disallowedTools"),
    **{_letters(name): name for name in schema.BY_NAME},
}
"""Lower-case letters of a key -> the field that a person who writes it means."""


_LONGEST_SLIP = 24
_MOST = 50
"""Unknown keys, and tools, that are looked at: comparing letters is slow, and a person makes few slips."""


@lru_cache(maxsize=4_096)
def meant(key: str) -> str | None:
    """The field that a key which is none is a slip for: another spelling of it, or nearly its letters."""
    letters = _letters(key[: _LONGEST_SLIP + 1])
    if key in schema.BY_NAME or len(key) > _LONGEST_SLIP:
        return None
    close = [letters] if len(letters) < 5 else get_close_matches(letters, _MEANT, n=1, cutoff=0.8)
    return _MEANT.get(close[0]) if close else None


def _says_something(field: Field, value: object) -> bool:
    """Whether a value could be one of a field, and another than it has anyway."""
    if isinstance(value, dict | list) and field.kind not in {"list", "yaml"}:
        return False
    return value is not None and not (field.kind == "boolean" and value is False)


def _of_keys(document: Document) -> Iterator[Loss]:
    """Keys that are a slip for a field; a key of somebody else's is no loss."""
    unknown = (key for key in document.values if key not in schema.BY_NAME)
    for key in islice(unknown, _MOST):
        field = meant(key)
        if field and not document.has(field) and _says_something(schema.BY_NAME[field], document.get(key)):
            default = schema.BY_NAME[field].default
            yield Loss("key", key, f"{key} is no field of Claude Code and is ignored: {field} is, and stays {default}")
