"""Edits that are not saved yet: from the form into a draft, from the draft to the disk."""

from __future__ import annotations

from collections.abc import Callable

from textual import on, work

from agent_studio.model import fieldedit, plans
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.ref import Ref
from agent_studio.ui.dialogs.pick import Choice, Pick
from agent_studio.ui.panes.editor import EditorPane
from agent_studio.ui.screens.verbs import VerbScreen
from agent_studio.ui.shown import shown, shown_line


class DraftScreen(VerbScreen):
    """What is typed is a draft until it is saved, and no draft is lost without asking."""

    @on(EditorPane.FieldEdited)
    def _field_edited(self, event: EditorPane.FieldEdited) -> None:
        values = {event.key: event.value}
        self._edit(event.ref, lambda document: plans.assigned(document, values), event.key)

    @on(EditorPane.BodyEdited)
    def _body_edited(self, event: EditorPane.BodyEdited) -> None:
        self._edit(event.ref, lambda document: document.with_body(event.text))

    @on(EditorPane.RawEdited)
    def _raw_edited(self, event: EditorPane.RawEdited) -> None:
        self._edit(event.ref, lambda document: document.with_text(event.text))

    def _edit(self, ref: Ref, step: Callable[[Document], Document], key: str | None = None) -> None:
        document = self.session.document(ref)
        if document is None:
            return
        try:
            self.session = self.session.edited(ref, step(document))
        except EditRefused as refused:
            if key is not None:
                self.query_one(EditorPane).refuse(key, str(refused))
            else:
                self.say(str(refused), wrong=True)

    def do_save(self) -> None:
        """Write the draft of the agent under the cursor."""
        if (ref := self.session.cursor) in self.session.drafts and ref is not None:
            self._save((ref,))

    def _save(self, refs: tuple[Ref, ...]) -> None:
        self.write(lambda session: plans.Plan(session.saving(refs)), lambda change: change.title)

    def do_revert(self) -> None:
        """The field with the focus back to what is on disk; outside the fields, the whole draft (asked first)."""
        editor = self.query_one(EditorPane)
        ref, key = self.session.cursor, editor.focused_key
        draft = self.session.drafts.get(ref) if ref else None
        if key is not None:
            editor.reset_field(key)
        if ref is None or draft is None:
            self.say("this is what is on disk")
        elif key is None:
            self._ask_discard(ref)
        else:
            base = draft.agent.document
            self._edit(ref, lambda document: fieldedit.restored(document, base, key), key)

    def _ask_discard(self, ref: Ref) -> None:
        def chosen(answer: str | None) -> None:
            if answer:
                self.session = self.session.reverted(ref)
                self.say("edits dropped: this is what is on disk")

        self.app.push_screen(Pick(shown_line(f"drop all edits of {ref}?"), [Choice("y", "yes", shown("drop"))]), chosen)

    def do_keep(self) -> None:
        """Let the draft stand on what is on disk now."""
        if self.session.cursor:
            self.session = self.session.kept(self.session.cursor)
            self.say("your edit is kept: ^s replaces what the other program wrote")

    def do_take(self) -> None:
        """Drop the draft for what is on disk."""
        if self.session.cursor:
            self.session = self.session.reverted(self.session.cursor)
            self.say("taken from disk")

    def do_next_problem(self) -> None:
        """Focus the next field with a problem."""
        if not self.query_one(EditorPane).next_problem():
            self.say("no problem in these fields")

    def do_quit(self) -> None:
        """Leave; with unsaved edits only after asking what becomes of them."""
        drafts = tuple(self.session.drafts)
        if not drafts:
            self.app.exit()
            return

        def chosen(answer: str | None) -> None:
            if answer == "save":
                self._save_and_quit(drafts)
            elif answer == "discard":
                self.app.exit()

        names = ", ".join(draft.agent.name for draft in self.session.drafts.values())
        choices = [Choice("s", "save", shown("save all and quit")), Choice("x", "discard", shown("discard and quit"))]
        self.app.push_screen(Pick(shown_line(f"unsaved: {names}"), choices), chosen)

    @work(group="write")
    async def _save_and_quit(self, refs: tuple[Ref, ...]) -> None:
        await self.write(lambda session: plans.Plan(session.saving(refs)), lambda change: change.title).wait()
        if not self.session.drafts:
            self.app.exit()
