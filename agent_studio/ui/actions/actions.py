"""Actions: what a group of commands does to the studio."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from agent_studio.model.session import Session

if TYPE_CHECKING:
    from textual.app import App
    from textual.worker import Worker

    from agent_studio.ui.screens.main import MainScreen


class Actions:
    """What a group of commands does: `do_verb` is run for the command whose id ends in that verb."""

    def __init__(self, studio: MainScreen) -> None:
        self.studio = studio

    @property
    def session(self) -> Session:
        """The session of the studio, which alone holds it."""
        return self.studio.session

    @session.setter
    def session(self, session: Session) -> None:
        self.studio.session = session

    @property
    def app(self) -> App[None]:
        """The application, which screens are pushed to."""
        return self.studio.app

    def say(self, message: str, wrong: bool = False) -> None:
        """Tell the person what happened, or (`wrong`) what did not and why."""
        self.studio.say(message, wrong)


_Group = TypeVar("_Group", bound=Actions)
_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def work(
    group: str, *, exclusive: bool = True
) -> Callable[
    [Callable[Concatenate[_Group, _Given], Coroutine[Any, Any, _Made]]],
    Callable[Concatenate[_Group, _Given], Worker[_Made]],
]:
    """Have a method run beside the keys, as a worker of the studio; an exclusive one ends those of its group first."""

    def decorated(
        method: Callable[Concatenate[_Group, _Given], Coroutine[Any, Any, _Made]],
    ) -> Callable[Concatenate[_Group, _Given], Worker[_Made]]:
        def started(self: _Group, /, *args: _Given.args, **kwargs: _Given.kwargs) -> Worker[_Made]:
            coroutine = method(self, *args, **kwargs)
            return self.studio.run_worker(coroutine, method.__name__, group, exclusive=exclusive)

        return started

    return decorated
