r"""The text names an absolute path of another machine, which is not there on this one.

`F:\work\app\` and `/Users/anna/notes/` came in with a file that somebody wrote for themselves. The model tries to read
or write there, fails, and makes something up. This rule speaks only of paths that were looked for and not found, and
not of examples, nor of what is used only if it exists.

Fix: where the path leads into a project's `.claude` folder, keep what follows from there on; where into a person's own,
write `~/.claude/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import paths
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import judged, quoted
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_FOLDER = ".claude"


def check(agent: Agent, around: Surroundings) -> Iterator[Problem]:
    """Absolute paths that are not there; each is named once."""
    seen: set[str] = set()
    for named in paths.absolute(agent.document) if judged(agent) else ():
        if named.path not in seen and (agent.ref, named.path) in around.missing:
            seen.add(named.path)
            message = f"the model is sent to {quoted(named.path, 120)}, which does not exist here"
            yield Problem(RULE.id, agent.ref, named.start, named.end, message, _fix(named.path))


def _fix(path: str) -> Fix | None:
    relative = _relative(path)
    if relative is None:
        return None

    def step(document: Document) -> Document:
        found = [named for named in paths.absolute(document) if named.path == path]
        return document.spliced(Splice(named.start, named.end, relative) for named in found)

    return Fix(f"write {relative}", safe=False, step=step)


def _relative(path: str) -> str | None:
    """The path from a `.claude` folder on, with forward slashes; None where it leads into none."""
    parts = path.replace("\\", "/").split("/")
    if own := paths.OWN_CONFIG.match(path):
        return f"~/{_FOLDER}/" + path[own.end() :].replace("\\", "/")
    return "/".join(parts[parts.index(_FOLDER) :]) if _FOLDER in parts[3:] else None


RULE = Rule("B001", "stale-path", "warning", __doc__, placed=check)
