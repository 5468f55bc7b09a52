"""What the keys do to problems: go to them, mend them, and look at what an agent may do."""

from __future__ import annotations

import asyncio
import inspect
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.change import Change
from agent_studio.model.document import EditRefused
from agent_studio.model.plans import Plan, PlanRefused
from agent_studio.model.session import Session
from agent_studio.store.reviews import Review, keep
from agent_studio.ui.actions.actions import Actions, work
from agent_studio.ui.findings import Finding
from agent_studio.ui.shown import near, shown_line

if TYPE_CHECKING:
    from agent_studio.ui.panes.editor import Target

_UNSAFE = "This may change what the agent means: look at every line."
_EDITED = "it has unsaved edits: save (^s in the form) or revert them first"
_NOTHING = "nothing is listed here"
_FILE = "these are all of a file: f and F mend from the rows below"


class Problems(Actions):
    """Goes to problems, mends them, and shows what an agent may do."""

    def show_problems(self) -> None:
        """To the problems."""
        self.studio.pane = "problems"
        self.studio.set_focus(None)
        self.studio.problems.rows.focus()

    def do_problems(self) -> None:
        """To the problems, or from there back to the list."""
        if self.studio.pane == "problems":
            self.studio.do_pane_list()
        else:
            self.show_problems()

    def do_search(self) -> None:
        """Into the filter of the problems."""
        self.studio.problems.focus_search()

    def do_page(self) -> None:
        """The whole page of the rule under the cursor."""
        from agent_studio.store.settings import own_path
        from agent_studio.ui.dialogs.page import Page
        from agent_studio.ui.panes.problems.quieter import quieter

        first, one = self.studio.problems.first, self.studio.problems.finding
        if first is not None:
            rule = first.rule
            title = shown_line(f"{rule.id} {rule.name}  {rule.severity}", "bold")
            ref = one.problem.ref if one else None
            said = f"{one.problem.message}\n\n" if one else ""
            own = near(own_path(os.environ, Path.home()))
            self.app.push_screen(Page(title, f"{said}{_flowing(rule.about)}\n\n{quieter(rule, ref, own)}"))

    # Going there

    def do_go(self) -> None:
        """Go to the problem under the cursor; fold a group."""
        finding = self.studio.problems.finding
        if self.studio.problems.first is None:
            self.say(_NOTHING, wrong=True)
        elif finding is None:
            self.studio.problems.rows.action_fold()
        elif self.session.library.get(finding.problem.ref) is None:
            self.say(f"{finding.problem.ref} is gone", wrong=True)
        else:
            self.studio.go_to(finding.problem.ref)
            self._go_to(self._target(finding), finding)

    def _go_to(self, target: Target, finding: Finding | None) -> None:
        """To where a problem is, and say it: a text has no place beside it for that."""
        self.studio.pane = "form"
        self.studio.set_focus(None)
        self.studio.editor.go_to(target)
        self.say(f"{finding.sign} {finding.rule.id} {finding.problem.message}" if finding else "", wrong=True)

    def _target(self, finding: Finding) -> Target:
        """Its field where that can be edited in the form, else its line in the body, else in the whole text."""
        from agent_studio.ui.panes.editor import BODY, RAW

        agent = self.studio.findings.library.get(finding.problem.ref)
        if agent is None:
            return RAW, 1
        document, line, key = agent.document, self.studio.findings.line(finding), finding.field_in(agent.document)
        if key is not None and _has_editor(agent, key):
            return key
        return (BODY if finding.problem.start >= document.body_at and document.fences else RAW), line

    def do_next_problem(self) -> None:
        """Focus the next field with a problem, then the next line of the body with one."""
        editor, agent = self.studio.editor, self.session.current
        if agent is None:
            return
        found = self.studio.findings.of(agent.ref)
        told = {self._target(finding): finding for finding in reversed(found)}  # the most pressing of each place
        fields = (key for key in editor.problems if _has_editor(agent, key))
        stops = sorted({*fields, *told}, key=_stop)
        if not stops:
            self.say("no problem in this agent")
            return
        here = _stop(editor.place) if editor.place is not None else (-1, 0)
        target = next((stop for stop in stops if _stop(stop) > here), stops[0])
        self._go_to(target, told.get(target))

    # Mending

    def _fix_of(self, finding: Finding) -> Callable[[Session], Plan]:
        """What plans the fix of a problem."""
        from agent_studio.model.checks import mending

        checked = self.studio.findings.library

        def plan(session: Session) -> Plan:
            if finding.problem.ref in session.drafts:
                raise PlanRefused(_EDITED)
            return mending.mend(session.library, checked, finding.problem)

        return plan

    def do_fix(self) -> None:
        """Show the safe fix that is offered for the agent under the cursor, and write it when that is wanted."""
        ref = self.session.cursor
        found = self.studio.findings.of(ref) if ref else ()
        if finding := next((finding for finding in found if finding.can_be_fixed_blind), None):
            self._look_first(self._fix_of(finding))
        elif found:
            self.say("no safe fix here: ! shows the problems, and what else would mend them", wrong=True)
        else:
            self.say("nothing was found here" if self.studio.findings.checked else "still checking…")

    def do_fix_this(self) -> None:
        """Write the fix of the problem under the cursor; one that is not safe only after a look at every line."""
        finding = self._fixable
        if finding is not None and finding.can_be_fixed_blind:
            self.studio.write(self._fix_of(finding), lambda change: f"{change.title} · {_what(change)}")
        elif finding is not None:
            self._look_first(self._fix_of(finding), _UNSAFE)

    def do_show_fix(self) -> None:
        """Show every line that the fix of the problem under the cursor would write."""
        finding = self._fixable
        if finding is not None:
            self._look_first(self._fix_of(finding), "" if finding.can_be_fixed_blind else _UNSAFE)

    @property
    def _fixable(self) -> Finding | None:
        """The problem under the cursor; None, and it is said why, where nothing would mend it."""
        finding = self.studio.problems.finding
        if finding is None:
            self.say(self._nowhere, wrong=True)
        elif finding.problem.fix is None:
            self.say(f"{finding.rule.id} has to be mended by hand here: ⏎ goes there", wrong=True)
            return None
        return finding

    @property
    def _nowhere(self) -> str:
        """Why nothing under the cursor can be mended."""
        if self.studio.problems.first is None:
            return _NOTHING
        return "these are all of a rule: F writes its safe fixes" if self.studio.problems.rule else _FILE

    def do_fix_rule(self) -> None:
        """Show all safe fixes of the rule under the cursor, and write them as one change."""
        from agent_studio.model.checks import mending

        rule = self.studio.problems.rule
        if rule is None:
            self.say(self._nowhere, wrong=True)
            return
        problems = [finding.problem for finding in self.studio.findings.all if finding.rule is rule]
        around = self.studio.around

        def plan(session: Session) -> Plan:
            planned = mending.mend_all(session.library, rule, problems, around, session.drafts)
            if not planned.change:
                left = f": {planned.skipped[0].ref.stem}: {planned.skipped[0].reason}" if planned.skipped else ""
                raise PlanRefused(f"{rule.id} has no safe fix here{left}")
            return planned

        self._look_first(plan)

    @work("mend")
    async def _look_first(self, plan: Callable[[Session], Plan], warning: str = "") -> None:
        """Show every line that a plan would write, and write it when that is wanted."""
        from agent_studio.ui.dialogs.change_view import ChangeView, lines_of

        try:
            planned = await asyncio.to_thread(plan, self.session)
        except (PlanRefused, EditRefused) as refused:
            self.say(str(refused), wrong=True)
            return
        files = await asyncio.to_thread(lines_of, planned.change)

        def chosen(answer: bool | None) -> None:
            if answer:
                self.studio.write(lambda session: _same(planned, session), lambda change: change.title)

        self.app.push_screen(ChangeView(planned, files, warning), chosen)

    # Trust

    @work("trust")
    async def do_trust(self) -> None:
        """What to look at before the agent under the cursor is trusted, or the one that the problem there is in."""
        from agent_studio.ui.screens.trust import TrustScreen, report

        ref = self.session.cursor
        if self.studio.pane == "problems":
            first = self.studio.problems.first
            ref = first.problem.ref if first else None
        agent = self.session.library.get(ref) if ref else None
        if agent is None:
            self.say(f"{ref} is gone" if ref else _NOTHING, wrong=True)
            return
        review = self.studio.reviews.get(agent.path)
        parts = await asyncio.to_thread(report, agent, review)

        def chosen(review: Review | None) -> None:
            if review is not None:
                self._keep(review)

        self.app.push_screen(TrustScreen(agent, review, parts, self.studio.now()), chosen)

    def _keep(self, review: Review) -> None:
        try:
            keep(review)
        except OSError as error:
            self.say(f"the review could not be kept: {error}", wrong=True)
            return
        self.studio.reviews = {**self.studio.reviews, review.path: review}
        self.say("marked as reviewed: if what it may do changes, it will show")
        self.studio.check_soon()


def _flowing(text: str) -> str:
    """A text whose paragraphs take the width they get; what is indented keeps its lines."""
    parts = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(part if part.startswith(" ") else part.replace("\n", " ") for part in parts)


def _same(planned: Plan, session: Session) -> Plan:
    """The plan as it was looked at; refused where one of its files has changed meanwhile."""
    for edit in planned.change.edits:
        agent = session.library.get(edit.ref)
        if (agent.document.data if agent else None) != edit.before:
            raise EditRefused(f"{edit.ref} has changed meanwhile: nothing was written, look again")
    return planned


def _has_editor(agent: Agent, key: str) -> bool:
    """Whether the form can focus a field: of one that nests it shows the source only."""
    field = schema.BY_NAME.get(key)
    return field is not None and field.kind != "yaml" and not agent.locked and not agent.document.trouble


def _stop(target: Target) -> tuple[int, int]:
    """Where a target comes among the others: fields in the order of the form, then the body, then the rest."""
    return (schema.ORDER.get(target, 0), 0) if isinstance(target, str) else (len(schema.ORDER) + target[0], target[1])


def _what(change: Change) -> str:
    """What a change did, in a few words."""
    from agent_studio.ui.dialogs.change_view import lines_of

    title, rows = lines_of(change)[0]
    count = sum(row.line.sign == "+" for row in rows)
    return f"{count} line{'' if count == 1 else 's'}" if rows else title
