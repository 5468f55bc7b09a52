"""What the keys carry elsewhere: to the clipboard, or copied and moved to another scope."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from agent_studio.model.agent import Agent
from agent_studio.model.change import Change
from agent_studio.model.plans import Plan
from agent_studio.model.ref import Root
from agent_studio.model.session import Session
from agent_studio.ui.actions.actions import Actions, work
from agent_studio.ui.actions.verbs import on_what
from agent_studio.ui.dialogs.pick import Choice, Pick, lettered
from agent_studio.ui.shown import near, shown_line

_PARTS = {"p": "path", "n": "name", "c": "content", "a": "@agent-name", "j": "JSON for --agents"}
"""What of an agent goes to the clipboard, by key."""


class Carrying(Actions):
    """The clipboard, and other folders."""

    def do_yank(self) -> None:
        """Ask what to copy of the targets, and put it into the clipboard."""
        agents = self.session.targets

        def chosen(part: str | None) -> None:
            if part is not None:
                self._yank(agents, part)

        title = Content.assemble("to the clipboard, of ", shown_line(on_what(agents)))
        self.app.push_screen(Pick(title, [Choice(key, part, Content(part)) for key, part in _PARTS.items()]), chosen)

    @work("copy")
    async def _yank(self, agents: Sequence[Agent], part: str) -> None:
        from agent_studio.ui import clipboard

        way = await clipboard.copy(self.app, self._part(agents, part))
        self.say(f"{part} of {on_what(agents)} {way}")

    def _part(self, agents: Sequence[Agent], part: str) -> str:
        """A part of each agent, a line apart; contents as they are edited."""
        if part == _PARTS["j"]:
            from agent_studio.model.definition import agents_json

            return agents_json(agents)
        if part == _PARTS["c"]:
            return "\n".join((self.session.document(agent.ref) or agent.document).text for agent in agents)
        words = {_PARTS["p"]: "{0.path}", _PARTS["n"]: "{0.name}", _PARTS["a"]: "@agent-{0.name}"}
        return "\n".join(words[part].format(agent) for agent in agents)

    def do_move(self) -> None:
        """Ask whether to copy or move the targets, then for the folder, and do it; those of a plugin are copied."""
        agents = self.session.targets
        if all(agent.read_only for agent in agents):
            self._ask_root(agents, move=False)
            return

        def chosen(verb: str | None) -> None:
            if verb is not None:
                self._ask_root(agents, move=verb == "move")

        title = Content.assemble(shown_line(on_what(agents)), " to another folder")
        choices = [Choice("c", "copy", Content("copy")), Choice("m", "move", Content("move"))]
        self.app.push_screen(Pick(title, choices), chosen)

    def _ask_root(self, agents: Sequence[Agent], *, move: bool) -> None:
        if move and self.session.drafts.keys() & {agent.ref for agent in agents}:
            self.say("save (^s) or revert the edits here first: they belong to the old place", wrong=True)
            return
        held = {agent.ref.root for agent in agents}
        roots = [root for root in self.session.library.roots if not root.read_only and held != {root.name}]
        if not roots:
            self.say("there is no other folder here that can be written to: open a project of your own", wrong=True)
            return

        def chosen(name: str | None) -> None:
            if root := next((root for root in roots if root.name == name), None):
                self._transfer(agents, root, move=move)

        title = Content.assemble("move " if move else "copy ", shown_line(on_what(agents)), " to")
        self.app.push_screen(Pick(title, folders(roots)), chosen)

    def _transfer(self, agents: Sequence[Agent], root: Root, *, move: bool) -> None:
        """Copy or move agents; a file that is in the way is never replaced, and it is said."""
        from agent_studio.model.transfer import transfer

        def plan(session: Session) -> Plan:
            there = [agent for one in agents if (agent := session.library.get(one.ref))]
            return transfer(session.library, there, root, move=move)

        self.studio.write(plan, self._arrived)

    def _arrived(self, change: Change) -> str:
        """What was done, and what the host makes of a single agent at its new place."""
        made = [agent for edit in change.edits if edit.after and (agent := self.session.library.get(edit.ref))]
        if len(made) != 1:
            return change.title
        if not made[0].verdict.loads:
            return f"{change.title} · it does not load: {made[0].verdict.reason}"
        standing = self.session.library.standing(made[0])
        note = "which one wins depends on read order" if standing.undefined else standing.why
        return f"{change.title} · {note}" if note else change.title


def folders(roots: Sequence[Root]) -> list[Choice]:
    """Each folder with a key of its own; no more than there are keys."""
    paths = {root.name: near(root.path) for root in roots}
    return [Choice(key, name, shown_line(f"{name} {paths[name]}")) for key, name in lettered(list(paths)).items()]
