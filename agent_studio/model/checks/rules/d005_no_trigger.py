"""The description says what the agent is, not when to ask it.

Claude picks an agent by its description alone. "Use this agent when ...", "use proactively after ...", "must be used
for ..." tell it; a job title ("Senior code reviewer") does not. Only short descriptions (60 characters at most) are
judged: a longer one says what the agent is good at, and so does one that names a task ("Debug failing builds"), and
Claude gets along with that.

Fix: none; only you know when it should be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule

_TRIGGER = re.compile(
    r"\b(?:us(?:e|ed|ing|eful)|invok\w{1,8}|call|ask|delegat\w{1,6}|launch|trigger\w{0,5}|activat\w{1,6}"
    r"|proactiv\w{1,4}|when\w{0,4}|if|for|before|after|whether|must be)\b|[^\x00-\u02ff]",
    re.IGNORECASE,
)
_SHORT = 60
_FEW = 3
"""Words that are no more than a title."""
_ROLE = re.compile(
    r"\b(?:agent|advisor|analyst|architect|assistant|auditor|bot|coach|coder|companion|consultant|coordinator|copilot|critic"
    r"|designer|developer|engineer|executor|expert|expertise|guru|helper|lead|manager|master|mentor|mode|ninja|operator"
    r"|orchestrator|partner|persona|planner|pro|professional|programmer|researcher|reviewer|scientist|specialist"
    r"|strategist|subagent|tester|tutor|wizard|writer)\b",
    re.IGNORECASE,
)
_TASKS = frozenset(
    "add address analyse analyze answer apply assess assist audit automate build check clean collect compare compile "
    "configure convert coordinate create debug deploy design detect diagnose document draft edit enforce ensure "
    "estimate evaluate execute explain explore extract find fix format gather generate guide handle help identify "
    "implement improve inspect integrate investigate lint locate maintain manage map measure merge migrate "
    "modernize monitor normalize optimise optimize organise organize plan prepare produce profile provide publish "
    "refactor remove rename repair report research resolve review rewrite run scaffold scan search secure simplify "
    "solve suggest summarise summarize sync test trace track transform translate triage troubleshoot turn update "
    "upgrade validate verify watch write".split()
)
"""Verbs with which what an agent does begins."""


def check(agent: Agent) -> Iterator[Problem]:
    """A description without a word about an occasion."""
    text = agent.description
    written = agent.verdict.loads and isinstance(agent.document.get("description"), str)
    if written and len(text) <= _SHORT and _is_title(text) and not _TRIGGER.search(text):
        message = "the description does not say when to use the agent, so Claude has to guess"
        yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "description"), message)


def _is_title(text: str) -> bool:
    """Whether a text names a role, or nothing, and no task."""
    words = text.lower().split()
    few, role = len(words) <= _FEW, _ROLE.search(text)
    task = bool(words) and not {words[0], words[0].removesuffix("s"), words[0].removesuffix("es")}.isdisjoint(_TASKS)
    return (few or not task) if role else few and not task


RULE = Rule("D005", "no-trigger", "info", __doc__, check)
