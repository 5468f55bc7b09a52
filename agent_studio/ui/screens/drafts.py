"""Edits that are not saved yet: from the form into a draft, from the draft to the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING

from textual import work
from textual.worker import Worker

from agent_studio.model import fieldedit, plans
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.ui.dialogs.pick import Choice, Pick
from agent_studio.ui.screens.keeping import KeepingScreen
from agent_studio.ui.shown import shown, shown_line

if TYPE_CHECKING:
    from agent_studio.model.merge import Merge
    from agent_studio.ui.panes.editor import EditorPane


class DraftScreen(KeepingScreen):
    """What is typed is a draft until it is saved, and no draft is lost without asking."""

    @property
    def editor(self) -> EditorPane:
        """The form, the body and the raw text."""
        from agent_studio.ui.panes.editor import EditorPane

        return self.query_one(EditorPane)

    def do(self, command_id: str) -> None:
        """Run a command."""
        raise NotImplementedError

    def on_editor_pane_field_edited(self, event: EditorPane.FieldEdited) -> None:
        """Take over a value."""
        values = {event.key: event.value}
        self._edit(event.ref, lambda document: plans.assigned(document, values), event.key)

    def on_editor_pane_body_edited(self, event: EditorPane.BodyEdited) -> None:
        """Take over a body."""
        self._edit(event.ref, lambda document: document.with_body(event.text))

    def on_editor_pane_raw_edited(self, event: EditorPane.RawEdited) -> None:
        """Take over a whole text."""
        self._edit(event.ref, lambda document: document.with_text(event.text))

    def _edit(self, ref: Ref, step: Callable[[Document], Document], key: str | None = None) -> None:
        ref = self.renamed.get(ref, ref)
        document = self.session.document(ref)
        if document is None:
            return
        try:
            self.session = self.session.edited(ref, step(document))
        except EditRefused as refused:
            if key is not None:
                self.editor.refuse(key, str(refused))
            else:
                self.say(str(refused), wrong=True)

    def do_save(self) -> None:
        """Write the draft of the agent under the cursor."""
        if (ref := self.session.cursor) in self.session.drafts and ref is not None:
            self._save((ref,))

    def _save(self, refs: tuple[Ref, ...]) -> Worker[None]:
        return self.write(lambda session: plans.Plan(session.saving(refs)), lambda change: change.title)

    def do_revert(self) -> None:
        """The field with the focus back to what is on disk; outside the fields, the whole draft (asked first)."""
        editor = self.editor
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

    def do_merge(self) -> None:
        """Take what the other program wrote into the draft, where the two do not touch the same."""
        ref = self.session.cursor
        agent = self.session.library.get(ref) if ref else None
        if ref is None or agent is None or self.session.outside(ref) != "changed":
            self.say("there is no other version on disk to merge with", wrong=True)
            return
        from agent_studio.model.merge import merged

        draft = self.session.drafts[ref]
        merge = merged(draft.agent.document, draft.document, agent.document)
        if merge.clean:
            self.session = self.session.merged(ref, merge.document)
            self.say(f"merged: {_taken(merge)} from the disk, yours kept elsewhere · ^s writes")
        else:
            both = ", ".join(dict.fromkeys(conflict.field or conflict.where for conflict in merge.conflicts))
            self.say(f"not merged, both sides changed: {both}", wrong=True)
            self.do("form.compare_disk")

    def do_quit(self) -> None:
        """Leave; with unsaved edits only after asking what becomes of them."""
        drafts = self.session.drafts
        if not drafts:
            self.leave()
            return

        def chosen(answer: str | None) -> None:
            if answer == "save":
                self._save_and_quit()
            elif answer == "keep":
                self._keep_and_quit()
            elif answer == "discard":
                self.session = reduce(Session.reverted, drafts, self.session)
                self.leave()

        names = ", ".join(draft.agent.name for draft in drafts.values())
        title = f"unsaved: {names}" if len(drafts) <= 3 else f"{len(drafts)} agents have unsaved edits"
        choices = [
            Choice("s", "save", shown("save all and quit")),
            Choice("k", "keep", shown("keep for next time")),
            Choice("x", "discard", shown("discard")),
        ]
        self.app.push_screen(Pick(shown_line(title), choices), chosen)

    @work
    async def leave(self, code: int = 0) -> None:
        """End, when no pane or screen is being put up or filled: that would fail while it is taken down."""
        await self.furnished.wait()
        async with self.editor.turn:
            self.app.call_later(self.app.exit, return_code=code)  # before which the app waits for its screens
            await asyncio.Event().wait()

    @work(group="write")
    async def _save_and_quit(self) -> None:
        """Save what can be saved without a word about it; what another program has touched is left to the person."""
        refs = [ref for ref in self.session.drafts if self.session.outside(ref) is None]
        if refs:
            await self._save(tuple(refs)).wait()
        if not self.session.drafts:
            self.leave()
        elif left := [ref for ref in self.session.drafts if self.session.outside(ref)]:
            self.say(f"not saved, changed on disk meanwhile: {', '.join(map(str, left))}", wrong=True)

    @work(group="keep")
    async def _keep_and_quit(self) -> None:
        """Leave when what is unsaved lies on the disk; where it cannot, stay."""
        if await self.keep():
            self.leave()


def _taken(merge: Merge) -> str:
    """What a merge took from the other side, in words."""
    count = merge.taken.stretches
    parts = [*merge.taken.fields, *([f"{count} part{'s' * (count != 1)} of the body"] if count else [])]
    return ", ".join(parts) or "spelling and comments"
