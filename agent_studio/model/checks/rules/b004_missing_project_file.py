"""The text sends the model to files of a project that are not in this one.

An agent that was written for one project names its plans and sources: `specs/003-todo-app/tasks.md`. Elsewhere the
model looks for them in vain. This rule speaks only of files that were looked for and not found. What the text itself
has written, what it reads only "if it exists", and what a skill brings along (`references/`) is left alone.

Fix: by hand. Name the file of this project, or take the reference out.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import paths
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted, judged, quoted
from agent_studio.model.checks.surroundings import Surroundings


def check(agent: Agent, around: Surroundings) -> Iterator[Problem]:
    """Files of a project that are not there, all together."""
    named = paths.relative(agent.document) if judged(agent) else ()
    named = tuple(one for one in named if (agent.ref, one.path) in around.missing)
    if named:
        missing = list(dict.fromkeys(one.path for one in named))
        listed = ", ".join(quoted(path) for path in missing[:3])
        message = f"the model is sent to {counted(len(missing), 'file')} that this project does not have: {listed}"
        yield Problem(RULE.id, agent.ref, named[0].start, named[0].end, message)


RULE = Rule("B004", "missing-project-file", "info", __doc__, placed=check)
