"""All rules: every module of `rules` holds one."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from agent_studio.model.checks import rules
from agent_studio.model.checks.rule import Rule

FAMILIES = {
    "L": "Does it load",
    "N": "Names",
    "D": "Descriptions",
    "T": "Tools and permissions",
    "M": "Model and color",
    "E": "Bytes and text",
    "B": "Body",
    "S": "Security",
    "F": "All agents together",
}
"""The first letter of an id -> what the rules of that family are about."""


def _place(rule: Rule) -> tuple[int, str]:
    return list(FAMILIES).index(rule.family), rule.id


_MODULES = (import_module(f"{rules.__name__}.{module.name}") for module in iter_modules(rules.__path__))
RULES: tuple[Rule, ...] = tuple(sorted((module.RULE for module in _MODULES), key=_place))
"""Every rule, by family and id."""

BY_ID: dict[str, Rule] = {rule.id: rule for rule in RULES}


def named(word: str) -> Rule | None:
    """The rule of an id or a name."""
    return next((rule for rule in RULES if word in {rule.id, rule.name}), None)
