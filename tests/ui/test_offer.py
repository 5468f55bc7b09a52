"""Commands are declared once: everything that is offered exists, no key means two things, and the footer fits."""

from __future__ import annotations

from types import MappingProxyType
from typing import get_args

import pytest
from textual.app import App

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.ui import offer
from agent_studio.ui.actions.actions import Actions
from agent_studio.ui.commands import COMMANDS, Context, nothing_selected, nothing_writable
from agent_studio.ui.dialogs.history import HistoryScreen, VersionList
from agent_studio.ui.panes.agent_list import AgentList
from agent_studio.ui.panes.compare import ComparePane
from agent_studio.ui.panes.duplicates.duplicate_list import DuplicateList
from agent_studio.ui.panes.editor import EditorPane
from agent_studio.ui.panes.empty import EmptyState
from agent_studio.ui.panes.problems.problem_list import ProblemList
from agent_studio.ui.screens import furniture  # noqa: F401  # all actions
from agent_studio.ui.screens.compare import CompareScreen
from agent_studio.ui.screens.main import MainScreen
from agent_studio.ui.screens.trust import TrustScreen, TrustScroll

OWNERS: dict[str, tuple[type, type]] = {
    "app": (MainScreen, MainScreen),
    "empty": (MainScreen, EmptyState),
    "list": (MainScreen, AgentList),
    "form": (MainScreen, EditorPane),
    "compare": (CompareScreen, ComparePane),
    "history": (HistoryScreen, VersionList),
    "problems": (MainScreen, ProblemList),
    "duplicates": (MainScreen, DuplicateList),
    "trust": (TrustScreen, TrustScroll),
}


def owners(screen: type) -> tuple[type, ...]:
    """A screen, and the actions that do some of its commands."""
    return (MainScreen, *Actions.__subclasses__()) if screen is MainScreen else (screen,)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_one_method(command: object) -> None:
    screen, pane = OWNERS[command.context]  # type: ignore[attr-defined]
    local = command.local  # type: ignore[attr-defined]
    if local is None:
        found = [owner for owner in owners(screen) if hasattr(owner, f"do_{command.verb}")]  # type: ignore[attr-defined]
        assert len(found) == 1
    elif local.startswith("app."):
        assert callable(getattr(App, f"action_{local.removeprefix('app.')}"))
    else:
        assert callable(getattr(pane, f"action_{local}"))


def test_every_method_belongs_to_a_command() -> None:
    verbs = {command.verb for command in COMMANDS}
    methods = {
        name.removeprefix("do_")
        for owner in (*owners(MainScreen), CompareScreen, HistoryScreen, TrustScreen)
        for name in dir(owner)
        if name.startswith("do_")
    }
    assert methods <= verbs


@pytest.mark.parametrize("context", get_args(Context))
def test_no_key_means_two_things(context: Context) -> None:
    keys = [
        key for command in COMMANDS if command.context == context and command.keys for key in command.keys.split(",")
    ]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("context", ["empty", "list", "form", "compare", "history"])
def test_the_footer_fits_and_offers_help(context: Context, width: int) -> None:
    pairs = offer.footer(context, width)
    assert sum(len(key) + len(label) + 3 for key, label in pairs) - 2 <= width
    assert pairs[-1][1] == "help"


def test_the_footer_of_the_form_has_room_for_the_next_problem_in_80_columns() -> None:
    assert ("F8", "next problem") in offer.footer("form", 80 - 2)


def test_what_is_read_only_is_to_be_copied() -> None:
    document = Document(b"---\nname: a\ndescription: b\n---\n")
    held = Agent(Ref("x", "a.md"), "/x/a.md", document, read_only=True)
    session = Session().loaded(Library((), MappingProxyType({held.ref: held})))
    assert nothing_writable(session) == "a: read-only, M copies it to yours"
    assert nothing_selected(session) is None
    assert nothing_writable(Session()) == "there is no agent under the cursor"
