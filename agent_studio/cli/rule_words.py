"""Words that mean rules: ids, names, and beginnings of ids, with what the shell may complete them to."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from agent_studio.model.checks.catalogue import RULES
from agent_studio.store.settings import unknown_rule


class RulesType(click.ParamType[tuple[str, ...]]):
    """A comma list of ids, names, or beginnings of ids."""

    name = "rules"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The words; a usage error for one that means no rule."""
        words = tuple(word.strip() for word in value.split(","))
        for word in words:
            if wrong := unknown_rule(word):
                self.fail(wrong, param, ctx)
        return words

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids and names that complete the last word."""
        before, comma, word = incomplete.rpartition(",")
        return [CompletionItem(f"{before}{comma}{name}") for name in names() if name.startswith(word)]


def names() -> list[str]:
    """Every id and name."""
    return [name for rule in RULES for name in (rule.id, rule.name)]


class RuleType(click.ParamType[str]):
    """One rule by id or name."""

    name = "rule"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids and names that begin so."""
        return [CompletionItem(name) for name in names() if name.startswith(incomplete)]
