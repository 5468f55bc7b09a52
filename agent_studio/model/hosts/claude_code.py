"""What Claude Code makes of an agent file: whether it loads, as what, and what is lost.

Facts as observed on the releases in `releases`; the rules of a plugin's agents are more tolerant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agent_studio.model import schema
from agent_studio.model.document import Document
from agent_studio.model.fences import DOTS, JS_SPACE
from agent_studio.model.hosts import hooks, tools
from agent_studio.model.hosts.intent import tries
from agent_studio.model.hosts.losses import Kind, Loss, losses
from agent_studio.model.hosts.releases import LATEST, RELEASES, Release, rejected_name, units
from agent_studio.model.hosts.verdict import Cause, Verdict


class Scoped(NamedTuple):
    """What a plugin gives to the name of an agent: `plugin:folder:name`, and the file's stem where it has none."""

    plugin: str
    folders: tuple[str, ...]
    stem: str

    def name(self, name: str | None) -> str:
        """The name in full."""
        return ":".join((self.plugin, *self.folders, name or self.stem))


_LOADS = Verdict("loads")


class Reading(NamedTuple):
    """An agent as the host has it.

    `name` and `description` are None where they are missing or no text. `tools` is None where nothing restricts
    them, empty where the field grants none; `denied` are the tools taken away. `color` is the word in the file, legal
    or not. `losses` is what the host cuts or ignores, worst first.
    """

    name: str | None = None
    description: str | None = None
    model: str | None = None
    color: str | None = None
    tools: tuple[str, ...] | None = None
    denied: tuple[str, ...] = ()
    verdict: Verdict = _LOADS
    losses: tuple[Loss, ...] = ()

    def lost(self, kind: Kind) -> Iterator[Loss]:
        """The losses of one kind."""
        return (loss for loss in self.losses if loss.kind == kind)

    @property
    def roster(self) -> str:
        """The tools as the model is told them."""
        return tools.roster(self.tools, self.denied)

    @property
    def entry(self) -> str:
        """The line by which the model knows the agent in every conversation."""
        return f"- {self.name or ''}: {self.description or ''} (Tools: {self.roster})"

    @property
    def tokens(self) -> int:
        """Estimated tokens of name and description, by the formula of the host's `/context`."""
        return -(-(units(self.name or "") + units(self.description or "")) // 3)

    @property
    def warned_tokens(self) -> int:
        """Estimated tokens by the formula of the host's start-up warning: a quarter of the characters, halves up."""
        return (units(f"{self.name or ''}: {self.description or ''}") + 2) // 4


def read(document: Document, release: Release = LATEST, scoped: Scoped | None = None) -> Reading:
    """A release's reading of a document; `scoped` where it belongs to a plugin."""
    unread = ""
    if scoped and document.whole and document.reading == "lines":
        unread = document.trouble or _why(document)
        document = Document(b"")  # the host sees no field of it
    name, description = _text(document, "name", scoped), _text(document, "description", scoped)
    model, color = document.get("model"), document.get("color")
    listed, denied = _tools(document), _restriction(document, "disallowedTools") or ()
    lost = tuple(losses(document, listed, denied, scoped is not None))
    if scoped is None:
        description = description.replace("\\n", "\n") if description else None
        verdict = _verdict(document, release, lost)
    else:
        lost = (*_filled_in(document, name, description, scoped, unread), *lost)
        verdict = _verdict_of_plugin(document, lost)
        name, description = scoped.name(name), description or f"Agent from {scoped.plugin} plugin"
    return Reading(
        name,
        description,
        _model(model) if isinstance(model, str) else None,
        color if isinstance(color, str) and color else None,
        listed,
        denied,
        verdict,
        lost,
    )


def elsewhere(document: Document, scoped: Scoped | None = None) -> dict[str, Verdict]:
    """Older observed releases that load what the latest does not, or the reverse: version -> verdict."""
    now = read(document, LATEST, scoped).verdict
    older = {release.version: read(document, release, scoped).verdict for release in RELEASES[:-1]}
    return {version: verdict for version, verdict in older.items() if verdict.loads != now.loads}


def _text(document: Document, key: str, scoped: Scoped | None) -> str | None:
    """A required field's text, None where it has none; in a plugin a number is text, too."""
    value = document.get(key)
    if scoped and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value else None


def _model(text: str) -> str | None:
    """A model as the host lists it: trimmed, `inherit` in any case."""
    text = text.strip(JS_SPACE)
    return text.lower() if text.lower() == "inherit" else text or None


def _restriction(document: Document, key: str) -> tuple[str, ...] | None:
    """The items of a list of tools; None where it is absent or holds a `*`."""
    if not document.has(key):
        return None
    items = schema.items_of(document.get(key))
    return None if "*" in items else items


def _tools(document: Document) -> tuple[str, ...] | None:
    """The tools of the agent: those listed, and what its memory needs."""
    listed = _restriction(document, "tools")
    if not listed or document.get("memory") not in schema.BY_NAME["memory"].choices:
        return listed
    return (*listed, *(tool for tool in tools.MEMORY_TOOLS if tool not in listed))


def _verdict(document: Document, release: Release, lost: tuple[Loss, ...]) -> Verdict:
    return _unreadable(document, release) or _refused(document, release) or _loaded(document, lost)


def _verdict_of_plugin(document: Document, lost: tuple[Loss, ...]) -> Verdict:
    if not document.whole:
        return Verdict("dropped", document.trouble, "too-large")
    return _loaded(document, lost)


def _loaded(document: Document, lost: tuple[Loss, ...]) -> Verdict:
    if lost:
        return Verdict("degraded", lost[0].words)
    if document.reading == "tolerant":
        return Verdict("tolerated", f"not valid YAML ({_why(document)}); Claude Code repairs it, other tools may not")
    return _LOADS


def _unreadable(document: Document, release: Release) -> Verdict | None:
    """The verdict on a file in which the host finds no fields."""
    if document.trouble:
        cause: Cause = "too-large" if not document.whole else "no-frontmatter"
        return Verdict("dropped" if tries(document) else "not-agent", document.trouble, cause)
    if document.data.startswith(b"\xef\xbb\xbf") and not release.reads_bom:
        return Verdict("dropped", "a BOM stands before the first line", "no-frontmatter")
    if document.reading == "lines":
        return Verdict("dropped", f"the frontmatter is not YAML: {_why(document)}", "yaml-error")
    if not document.has("name") and not document.has("description"):
        return Verdict("dropped", f"the frontmatter has neither name nor description{_no_fields(document)}", "no-name")
    return None


def _no_fields(document: Document) -> str:
    """Why a frontmatter that is YAML has no fields at all."""
    if document.header.mapping or document.fences is None:
        return ""
    header, close, _ = document.fences
    if end := DOTS.search(document.text, header, close):
        return f": `...` on line {document.line_at(end.start())} does not close it, and ends its fields"
    return ": it is not made of fields"


def _why(document: Document) -> str:
    """Why the header is no YAML, and where."""
    header = document.header
    return (
        header.error or "" if header.error_at is None else f"line {document.line_at(header.error_at)}: {header.error}"
    )


def _refused(document: Document, release: Release) -> Verdict | None:
    """The verdict on a file whose fields the host could read, but does not take."""
    name, description = document.get("name"), document.get("description")
    if _is_nothing(name):
        return Verdict("dropped", "it has no name", "no-name")
    if not isinstance(name, str):
        return Verdict("dropped", f"its name is not text but {_noun(name)}: put it in quotes", "name-not-text")
    if reason := rejected_name(name, release):
        return Verdict("dropped", reason, "name-rejected")
    if description is None or description == "":
        return Verdict("dropped", "it has no description", "description-missing")
    if not isinstance(description, str):
        reason = f"its description is not text but {_noun(description)}: put it in quotes"
        return Verdict("dropped", reason, "description-missing")
    found = document.get("hooks")
    if release.bad_hooks_drop and not _is_nothing(found) and (reason := hooks.problem(found)):
        return Verdict("dropped", reason, "hooks-invalid")
    return None


def _is_nothing(value: object) -> bool:
    """Whether JavaScript takes a value for false: absent, empty text, zero, false, not a number."""
    return value is None or value in ("", 0, False) or value != value  # noqa: PLR0124  # NaN alone differs from itself


def _noun(value: object) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    return "true or false" if isinstance(value, bool) else f"the number {value}"


def _filled_in(
    document: Document, name: str | None, description: str | None, scoped: Scoped, unread: str
) -> Iterator[Loss]:
    """What the host makes up for a plugin's agent; `unread` says why it sees no field of it."""
    if document.fences is None:
        words = f"its frontmatter cannot be read ({unread}): it loads under its file name, {scoped.name(None)}"
        yield Loss("filled", "name", words)
    elif name is None:
        yield Loss("filled", "name", f"it has no name: it loads under its file name, {scoped.name(None)}")
    if description is None:
        words = f'it has no description: the model is told "Agent from {scoped.plugin} plugin"'
        yield Loss("filled", "description", words)
