"""Every command of the interface, declared once.

Bindings, palette, footer, help and the key tables of the documentation come from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from agent_studio.model.session import Session

Context = Literal["app", "empty", "list", "form", "compare", "history", "problems", "duplicates", "trust"]

Blocked = Callable[[Session], str | None]
"""Why a command cannot run now, in words; None when it can."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do.

    `id` is what a keymap names, `context.verb`. `keys` are Textual key names, comma separated. `local` names an
    action of the pane itself (moving about); without it the screen's `do_verb` runs. `footer` ranks it for the
    footer, 1 first; 0 keeps it out.
    """

    id: str
    keys: str
    label: str
    help: str
    footer: int = 0
    local: str | None = None
    blocked: Blocked | None = None

    @property
    def context(self) -> str:
        """Where its keys work: everywhere (`app`) or in one pane."""
        return self.id.partition(".")[0]

    @property
    def verb(self) -> str:
        """The part of the id behind the dot."""
        return self.id.partition(".")[2]

    @property
    def action(self) -> str:
        """The Textual action its keys run."""
        return self.local or f"screen.do('{self.id}')"


def nothing_selected(session: Session) -> str | None:
    """Blocked without an agent to act on."""
    return None if session.targets else "there is no agent under the cursor"


def nothing_writable(session: Session) -> str | None:
    """Blocked where no target can be written."""
    if reason := nothing_selected(session):
        return reason
    agent = session.targets[0]
    if all(target.locked for target in session.targets):
        return f"{agent.name}: read-only, M copies it to yours" if agent.read_only else f"{agent.name}: {agent.locked}"
    return None


def nothing_done(session: Session) -> str | None:
    """Blocked without a change to take back."""
    return None if session.history.done else "nothing to undo"


def nothing_undone(session: Session) -> str | None:
    """Blocked without an undone change."""
    return None if session.history.undone else "nothing to redo"


def nothing_repeatable(session: Session) -> str | None:
    """Blocked before anything was set by key."""
    return nothing_writable(session) if session.repeat else "nothing to repeat yet: set a color or model first"


def nothing_drafted(session: Session) -> str | None:
    """Blocked without an edit that is not saved."""
    return None if session.cursor in session.drafts else "no unsaved edit here"


COMMANDS: tuple[Command, ...] = (
    Command("app.palette", "colon,ctrl+p", "all commands", "Find any command or agent by name"),
    Command("app.help", "question_mark,f1", "help", "Keys for this pane", footer=90),
    Command("app.quit", "q,ctrl+q", "quit", "Quit; asks when edits are unsaved", footer=80),
    Command("app.undo", "u,ctrl+z", "undo", "Take back the last change", footer=70, blocked=nothing_done),
    Command("app.redo", "U,ctrl+y", "redo", "Bring the last undone change back", blocked=nothing_undone),
    Command("app.next_pane", "tab", "next", "Next pane or field", local="app.focus_next"),
    Command("app.previous_pane", "shift+tab", "previous", "Previous pane or field", local="app.focus_previous"),
    Command("app.pane_list", "1", "list", "Go to the list"),
    Command("app.pane_form", "2", "form", "Go to the form"),
    Command("app.pane_preview", "3", "preview", "Go to the preview"),
    Command("app.problems", "exclamation_mark,4", "problems", "What the rules found, and back", footer=75),
    Command("app.zoom", "z", "zoom", "Give the whole screen to this pane, and back"),
    Command("app.rescan", "R,f5", "rescan", "Read the disk again"),
    Command("app.theme", "f2", "theme", "Choose a theme"),
    Command("app.open_folder", "o", "open", "Open another folder or file"),
    Command("app.back", "escape", "back", "One level back: popup, filter, marks"),
    Command("empty.new", "n", "new", "Create the first agent", footer=10),
    Command("empty.open_folder", "o", "open folder", "Open another folder or file", footer=20),
    Command("empty.demo", "d", "demo", "Open the demo collection, a temporary copy", footer=30),
    Command("list.down", "j,down", "down", "Next agent", local="down"),
    Command("list.up", "k,up", "up", "Previous agent", local="up"),
    Command("list.top", "g,home", "first", "First agent", local="top"),
    Command("list.bottom", "G,end", "last", "Last agent", local="bottom"),
    Command("list.half_down", "ctrl+d,pagedown", "half page down", "Half a page down", local="half_down"),
    Command("list.half_up", "ctrl+u,pageup", "half page up", "Half a page up", local="half_up"),
    Command("list.mark", "space", "mark", "Mark and move down", footer=10, blocked=nothing_selected),
    Command(
        "list.range", "v", "range", "Mark from here to where the cursor goes; again ends it", blocked=nothing_selected
    ),
    Command("list.range_down", "shift+down", "mark down", "Mark, go down and mark", blocked=nothing_selected),
    Command("list.range_up", "shift+up", "mark up", "Mark, go up and mark", blocked=nothing_selected),
    Command("list.mark_all", "A", "mark all", "Mark everything that the filter shows"),
    Command("list.invert", "asterisk", "invert", "Mark what is not marked, and the reverse"),
    Command(
        "list.filter", "slash", "filter", "Filter by words and by everything that is known; tab completes", footer=60
    ),
    Command("list.save", "ctrl+s", "save", "Write the edits of this agent", blocked=nothing_drafted),
    Command("list.revert", "ctrl+r", "drop edits", "Drop the edits of this agent", blocked=nothing_drafted),
    Command("list.open", "enter,l,right", "edit", "Edit this agent's fields", footer=50, blocked=nothing_selected),
    Command("list.history", "H", "history", "What was done to this agent, and versions", blocked=nothing_selected),
    Command("list.editor", "e", "$EDITOR", "Open in $VISUAL or $EDITOR", footer=65, blocked=nothing_writable),
    Command("list.color", "c", "color", "Set the color at once", footer=20, blocked=nothing_writable),
    Command("list.model", "m", "model", "Set the model at once", footer=30, blocked=nothing_writable),
    Command("list.repeat", "full_stop", "repeat", "Set the same here again", blocked=nothing_repeatable),
    Command("list.tools", "t", "tools", "Tick the tools of all marked, then look", blocked=nothing_writable),
    Command("list.colors", "C", "colors", "Who has which color; b there balances them"),
    Command("list.bulk", "B", "reassign", "Change a field of all marked, after a look", blocked=nothing_writable),
    Command("list.compare", "equals_sign", "compare", "Compare two marked, or this with its nearest twin", footer=40),
    Command("list.compare_with", "plus", "compare with", "Compare with git, a file, an edit", blocked=nothing_selected),
    Command("list.dups", "number_sign", "duplicates", "Agents that are there more than once, or nearly", footer=83),
    Command("list.preview", "p", "rendered", "Show the body rendered, and back", blocked=nothing_selected),
    Command("list.given", "P", "given", "Show what the model is given, and back", footer=86, blocked=nothing_selected),
    Command("list.where", "w", "where", "Show where it loads, and why", footer=84, blocked=nothing_selected),
    Command(
        "list.fix", "f", "fix", "The safe fix that is offered for this agent, after a look", blocked=nothing_writable
    ),
    Command("list.trust", "T", "trust", "What to look at before you trust it", blocked=nothing_selected),
    Command("list.sort", "s", "sort", "Sort the list; the same again reverses", footer=82),
    Command("list.group", "b", "group", "Group the list by scope, model, color, folder, duplicates", footer=83),
    Command("list.broaden", "W", "wide list", "More room for the list, and back"),
    Command("list.views", "apostrophe", "views", "Show a saved view"),
    Command("list.new", "n", "new", "New agent from a template"),
    Command("list.duplicate", "D", "duplicate", "Copy this agent beside itself", blocked=nothing_selected),
    Command("list.rename", "r", "rename", "Rename file, name or both", blocked=nothing_writable),
    Command("list.park", "x", "park", "Put out of Claude Code's sight, or back", footer=88, blocked=nothing_writable),
    Command("list.move", "M", "copy or move", "Copy or move to another folder of yours", blocked=nothing_selected),
    Command("list.import", "I", "import", "Take over agents of another folder, after a review"),
    Command("list.yank", "y", "copy text", "Copy path, name, content, @agent-name or JSON", blocked=nothing_selected),
    Command("list.delete", "d", "delete", "Move to the trash (asks for y)", blocked=nothing_writable),
    Command("form.save", "ctrl+s", "save", "Write the edits of this agent", footer=10, blocked=nothing_drafted),
    Command("form.revert", "ctrl+r,ctrl+z", "revert field", "This field back to what is on disk", footer=20),
    Command("form.editor", "f4", "$EDITOR", "This agent in $VISUAL or $EDITOR", footer=30, blocked=nothing_writable),
    Command("form.next_problem", "f8", "next problem", "Next field with a problem", footer=40),
    Command("form.next_tab", "ctrl+pagedown", "next tab", "Fields, body, raw", footer=35, local="next_tab"),
    Command("form.previous_tab", "ctrl+pageup", "previous tab", "Raw, body, fields", local="previous_tab"),
    Command("form.keep", "", "keep mine", "Keep the draft: saving it replaces what another program wrote"),
    Command("form.take", "", "take disk", "Drop the draft and take what is on disk"),
    Command("form.merge", "", "merge", "Merge the draft with what is on disk, where they do not touch the same"),
    Command("form.compare_disk", "", "compare", "Compare the draft with what is on disk"),
    Command("form.back", "escape", "back", "Back to the list", footer=50),
    Command("compare.next", "n", "next", "Next difference; next match while something is sought", 10, "next_hunk"),
    Command("compare.previous", "N", "previous", "Previous difference, or match", local="previous_hunk"),
    Command(
        "compare.next_part", "right_square_bracket", "part", "Next field or section that differs", local="next_part"
    ),
    Command("compare.previous_part", "left_square_bracket", "part", "Previous field or section", local="previous_part"),
    Command("compare.other_place", "percent_sign", "other place", "Other place of what moved", local="other_place"),
    Command("compare.down", "j,down", "down", "Scroll down", local="down"),
    Command("compare.up", "k,up", "up", "Scroll up", local="up"),
    Command("compare.top", "g,home", "top", "First row", local="top"),
    Command("compare.bottom", "G,end", "bottom", "Last row", local="bottom"),
    Command("compare.half_down", "ctrl+d,pagedown", "half page down", "Half a page down", local="half_down"),
    Command("compare.half_up", "ctrl+u,pageup", "half page up", "Half a page up", local="half_up"),
    Command("compare.view", "v", "view", "Side by side, unified, fields only", footer=30, local="next_view"),
    Command("compare.spelling", "i", "spelling", "Ignore spelling and white space, or count them again"),
    Command(
        "compare.context", "c", "context", "More identical lines around differences", footer=40, local="more_context"
    ),
    Command("compare.expand", "enter", "expand", "Unfold the identical lines here", footer=45, local="expand"),
    Command("compare.swap", "x", "swap", "Swap the sides", footer=50),
    Command("compare.other", "plus", "with other", "Compare with git, a file, the nearest twin instead"),
    Command("compare.find", "slash", "find", "Find text; n and N go to it, esc ends it", footer=35),
    Command("compare.difftool", "E", "difftool", "Both in $DIFFTOOL or git difftool, as copies"),
    Command("compare.patch", "y", "copy patch", "Copy the difference as a patch"),
    Command("compare.take_left", "greater_than_sign", "take A", "Take this difference from A", footer=12),
    Command("compare.take_right", "less_than_sign", "take B", "Take this difference from B", footer=14),
    Command("compare.choose", "space", "choose", "The next choice: A, B, both", footer=16),
    Command("compare.all_left", "A", "all A", "Take all that is undecided from A"),
    Command("compare.all_right", "B", "all B", "Take all that is undecided from B"),
    Command("compare.own", "e", "edit", "Write this difference yourself", footer=48),
    Command("compare.unchoose", "u", "take back", "Take the last choice back"),
    Command("compare.write", "w", "write", "Show the bytes of the result, then write them", footer=18),
    Command("compare.back", "escape", "back", "End finding; back", footer=25),
    Command("history.down", "j,down", "down", "Older version", local="cursor_down"),
    Command("history.up", "k,up", "up", "Newer version", local="cursor_up"),
    Command("history.top", "g,home", "top", "Newest version", local="first"),
    Command("history.bottom", "G,end", "bottom", "Oldest version", local="last"),
    Command("history.compare", "enter,equals_sign", "compare with now", "Compare with what is there now", footer=10),
    Command("history.bring_back", "w", "bring back", "Write this version again (asks for y)", footer=20),
    Command("history.back", "escape,q,H", "back", "Back to the list", footer=30),
    Command("problems.down", "j,down", "down", "Next row", local="down"),
    Command("problems.up", "k,up", "up", "Previous row", local="up"),
    Command("problems.top", "home", "top", "First row", local="top"),
    Command("problems.bottom", "G,end", "bottom", "Last row", local="bottom"),
    Command("problems.half_down", "ctrl+d,pagedown", "half page down", "Half a page down", local="half_down"),
    Command("problems.half_up", "ctrl+u,pageup", "half page up", "Half a page up", local="half_up"),
    Command("problems.fix_this", "f", "fix", "Write the fix of this problem", footer=10),
    Command("problems.fix_rule", "F", "fix all of rule", "Write all safe fixes of this rule, after a look", footer=20),
    Command("problems.show_fix", "p", "preview", "Every line that the fix would write, before it does", footer=15),
    Command("problems.go", "enter", "go to", "Go to the place in the file; fold a group", footer=30),
    Command("problems.group", "g", "group", "Group by file, or by rule", footer=50, local="group"),
    Command("problems.fold", "space", "fold", "Fold or unfold this group", local="fold"),
    Command("problems.search", "slash", "filter", "Filter by words, severity: and rule:", footer=60),
    Command("problems.trust", "T", "trust", "What to look at before its agent is trusted", footer=55),
    Command("problems.page", "question_mark", "why", "The whole page of this rule", footer=40),
    Command("problems.back", "escape", "back", "Back to the list", footer=42),
    Command("duplicates.down", "j,down", "down", "Next row", local="down"),
    Command("duplicates.up", "k,up", "up", "Previous row", local="up"),
    Command("duplicates.top", "g,home", "top", "First row", local="top"),
    Command("duplicates.bottom", "G,end", "bottom", "Last row", local="bottom"),
    Command("duplicates.next_group", "right_square_bracket", "group", "Next group, or kind", local="next_group"),
    Command("duplicates.previous_group", "left_square_bracket", "group", "Previous one", local="previous_group"),
    Command("duplicates.half_down", "ctrl+d,pagedown", "half page down", "Half a page down", local="half_down"),
    Command("duplicates.half_up", "ctrl+u,pageup", "half page up", "Half a page up", local="half_up"),
    Command("duplicates.mark_one", "space", "mark", "Mark this agent; of a group all but the one to keep", footer=15),
    Command(
        "duplicates.mark_rest", "A", "mark the rest", "Mark all of this group, or kind, but those to keep", footer=20
    ),
    Command("duplicates.set_against", "equals_sign", "compare", "Compare with the one that wins", footer=10),
    Command("duplicates.set_aside", "x", "park", "Park what is marked, else this agent; or bring it back", footer=25),
    Command("duplicates.trash", "d", "delete", "Move what is marked, else this agent, to the trash", footer=22),
    Command("duplicates.unmark", "asterisk", "no marks", "Take all marks away"),
    Command("duplicates.visit", "enter", "go to", "Go to this agent in the list; fold a group", footer=30),
    Command("duplicates.back", "escape,number_sign", "back", "Back to the list", footer=40),
    Command("trust.down", "j,down", "down", "Scroll down", local="scroll_down"),
    Command("trust.up", "k,up", "up", "Scroll up", local="scroll_up"),
    Command("trust.half_down", "ctrl+d,pagedown", "half page down", "Half a page down", local="page_down"),
    Command("trust.half_up", "ctrl+u,pageup", "half page up", "Half a page up", local="page_up"),
    Command("trust.top", "g,home", "top", "First line", local="scroll_home"),
    Command("trust.bottom", "G,end", "bottom", "Last line", local="scroll_end"),
    Command("trust.review", "r", "reviewed", "Mark as reviewed: later changes of what it may do will show", footer=10),
    Command("trust.back", "escape,q,T", "back", "Back to the list", footer=50),
)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}
