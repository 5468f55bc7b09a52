"""The name of a widget is its selector in every stylesheet: no two of ours, and none of Textual's, may share one."""

from __future__ import annotations

import pkgutil
from collections import Counter
from collections.abc import Iterator
from importlib import import_module

import textual.widgets
from textual.widget import Widget

import agent_studio.ui


def below(kind: type[Widget]) -> Iterator[type[Widget]]:
    for found in kind.__subclasses__():
        yield found
        yield from below(found)


def test_each_widget_has_a_name_of_its_own() -> None:
    for module in pkgutil.walk_packages(agent_studio.ui.__path__, "agent_studio.ui."):
        import_module(module.name)
    ours = {kind for kind in below(Widget) if kind.__module__.startswith("agent_studio.")}
    names = Counter(kind.__name__ for kind in ours)
    assert len(names) > 50
    assert [name for name, count in names.items() if count > 1 or hasattr(textual.widgets, name)] == []
