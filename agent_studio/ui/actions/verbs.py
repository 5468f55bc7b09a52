"""What keys write at once: color, model, new, copy, rename, park, trash, $EDITOR."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from textual.content import Content

from agent_studio.model import plans, schema
from agent_studio.model.agent import Agent
from agent_studio.model.change import Change
from agent_studio.model.document import EditRefused
from agent_studio.model.plans import PlanRefused, Values
from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.ui.actions.actions import Actions, work
from agent_studio.ui.dialogs.ask import Ask
from agent_studio.ui.dialogs.pick import Choice, Pick
from agent_studio.ui.shown import shown_line
from agent_studio.ui.swatches import KEYS, SHADES

_OTHER = "other"
_REMOVE = "remove"


def on_what(agents: Sequence[Agent]) -> str:
    """What a verb acts on, in words."""
    return agents[0].name if len(agents) == 1 else f"{len(agents):,} agents"


class Verbs(Actions):
    """The verbs of the list: each acts on the marked agents, else on the one under the cursor."""

    def _question(self, verb: str) -> Content:
        return Content.assemble(f"{verb} of ", shown_line(on_what(self.session.targets)))

    def _set(self, values: Values) -> None:
        """Set fields in the targets at once, and remember them for repeat."""
        targets = tuple(agent.ref for agent in self.session.targets)
        self.session = self.session.repeating(values)

        def plan(session: Session) -> plans.Plan:
            return plans.assign([agent for ref in targets if (agent := session.library.get(ref))], values)

        self.studio.write(plan, on_agents, lambda document: plans.assigned(document, values))

    def do_color(self) -> None:
        """Ask for a letter, set that color."""
        choices = [Choice(key, color, Content.styled(color, SHADES[color])) for key, color in KEYS.items()]
        choices.append(Choice("0", _REMOVE, Content("none")))

        def chosen(color: str | None) -> None:
            if color is not None:
                self._set({"color": None if color == _REMOVE else color})

        self.app.push_screen(Pick(self._question("color"), choices), chosen)

    def do_model(self) -> None:
        """Ask for a letter, set that model; `/` asks for a full id."""
        from agent_studio.ui.amending import MODEL_KEYS

        choices = [Choice(key, model, Content(model)) for key, model in MODEL_KEYS.items()]
        choices += [Choice("/", _OTHER, Content("full id…")), Choice("0", _REMOVE, Content("remove"))]

        def chosen(model: str | None) -> None:
            if model == _OTHER:
                self._ask_model()
            elif model is not None:
                self._set({"model": None if model == _REMOVE else model})

        self.app.push_screen(Pick(self._question("model"), choices), chosen)

    def _ask_model(self) -> None:
        known = {agent.reading.model for agent in self.session.agents if agent.reading.model}
        field = schema.BY_NAME["model"]

        def chosen(model: str | None) -> None:
            if model:
                self._set({"model": model})

        note = "An alias, or an id as the API knows it: claude-… (→ takes the suggestion)"
        names = sorted(known | set(field.choices))
        self.app.push_screen(Ask(f"Model of {on_what(self.session.targets)}", note, suggestions=names), chosen)

    def do_repeat(self) -> None:
        """Set here what was set last."""
        if self.session.repeat is not None:
            self._set(self.session.repeat)

    def do_new(self) -> None:
        """Ask for a name, write a template, open it."""
        root = next((root for root in self.session.library.roots if not root.read_only), None)
        if root is None:
            self.say("nothing here can be written to: open a project or folder of your own", wrong=True)
            return

        def plan(session: Session, name: str) -> plans.Plan:
            return plans.create(session.library, root.name, name)

        def chosen(name: str | None) -> None:
            if name:
                self.studio.write(lambda session: plan(session, name), _titled)

        check = self._checked(lambda name: plan(self.session, name))
        self.app.push_screen(Ask("New agent", f"Its name. It is written to {root.path}", check=check), chosen)

    def _checked(self, plan: Callable[[str], object]) -> Callable[[str], str | None]:
        """A check for a name: legal for the host, and the plan that would use it can be made."""

        def check(name: str) -> str | None:
            try:
                schema.BY_NAME["name"].parse(name)
                plan(name)
            except (schema.IllegalValue, PlanRefused, EditRefused) as refused:
                return str(refused)
            return None

        return check

    def do_duplicate(self) -> None:
        """Copy the agent under the cursor beside itself."""
        if agent := self.session.current:
            self.studio.write(lambda session: plans.duplicate(session.library, agent), _titled)

    def do_rename(self) -> None:
        """Ask what to rename, then for the new name."""
        agent = self.session.current
        if agent is None:
            return
        if agent.ref in self.session.drafts:
            self.say("save (^s) or revert the edits here first: they belong to the old name", wrong=True)
            return
        choices = [
            Choice("b", "both", Content("both")),
            Choice("n", "name", Content("name only")),
            Choice("f", "file", Content("file only")),
        ]

        def chosen(what: str | None) -> None:
            if what is not None:
                self._ask_rename(agent, what)

        title = Content.assemble("rename ", shown_line(agent.name))
        self.app.push_screen(Pick(title, choices), chosen)

    def _ask_rename(self, agent: Agent, what: str) -> None:
        def plan(session: Session, text: str) -> plans.Plan:
            name = text if what != "file" else None
            stem = None if what == "name" else text if what == "file" else plans.slug(text)
            return plans.rename(session.library, session.library.get(agent.ref) or agent, name, stem)

        def chosen(text: str | None) -> None:
            if text:
                self.studio.write(lambda session: plan(session, text), _titled)

        value = agent.ref.stem if what == "file" else agent.name
        check = self._checked(lambda text: plan(self.session, text))
        self.app.push_screen(
            Ask(f"Rename {agent.name}", f"New {what if what != 'both' else 'name'}", value, check), chosen
        )

    def do_park(self) -> None:
        """Put the targets out of the host's sight; back where all of them are out of it."""
        self.park([agent.ref for agent in self.session.targets])

    def park(self, refs: Sequence[Ref]) -> None:
        """Put agents out of the host's sight; back where all of them are out of it."""
        if self.session.drafts.keys() & refs:
            self.say("save (^s) or revert the edits here first: they belong to the old file name", wrong=True)
            return
        step, done = (plans.unpark, "unparked") if all(ref.parked for ref in refs) else (plans.park, "parked")

        def plan(session: Session) -> plans.Plan:
            return step(session.library, [agent for ref in refs if (agent := session.library.get(ref))])

        self.studio.write(plan, lambda change: f"{done} {change.title.partition(' ')[2]}")

    def do_delete(self) -> None:
        """Ask for `y`, then move the targets to the trash."""
        self.delete(self.session.targets)

    def delete(self, agents: Sequence[Agent]) -> None:
        """Ask for `y`, then move agents to the trash."""
        refs = [agent.ref for agent in agents]

        def chosen(answer: str | None) -> None:
            if answer:
                self.studio.write(
                    lambda session: plans.delete([a for ref in refs if (a := session.library.get(ref))]),
                    lambda change: f"{change.title} · u brings it back",
                )

        title = Content.assemble("delete ", shown_line(on_what(agents)), "?")
        self.app.push_screen(Pick(title, [Choice("y", "yes", Content("move to the trash"))]), chosen)

    @work("editor")
    async def do_editor(self) -> None:
        """Open the agent under the cursor in the person's editor, and take over what was saved there."""
        from agent_studio.ui import external

        agent = self.session.current
        if agent is None:
            return
        if agent.ref in self.session.drafts:
            self.say("save (^s) or revert the edits here first: two editors on one file lose work", wrong=True)
            return
        await self.studio.reread([agent.path])  # what others wrote until now is not the editor's doing
        before = self.session.library.get(agent.ref)
        if before is None:
            self.say(f"{agent.ref}: it is not there any more", wrong=True)
            return
        try:
            command = external.editor_command(os.environ, agent.path)
            await external.run_editor(self.app, command)
        except external.NoEditor as missing:
            self.say(str(missing), wrong=True)
            return
        await self.studio.reread([agent.path])
        if after := self.session.library.get(agent.ref):
            title = f"edit {agent.name} in {command.words[0]}"
            await self.studio.happened(agent.ref, before.document.data, after.document.data, title)


def on_agents(change: Change) -> str:
    """What was done, and to which or how many agents."""
    count = len(change.edits)
    return f"{change.title} on {change.edits[0].ref if count == 1 else f'{count:,} agents'}"


def _titled(change: Change) -> str:
    return change.title
