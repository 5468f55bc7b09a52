"""Edits that are not saved yet, while other programs write the same files."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_studio.model.document import Document
from agent_studio.model.fieldedit import with_field
from agent_studio.model.ref import Ref
from agent_studio.store.roots import find_roots
from agent_studio.ui.actions.places import Places
from tests.ui.conftest import REVIEWER, Studio
from tests.ui.driving import Driver

REF = Ref("folder", "reviewer.md")
NEW = Ref("folder", "critic.md")


async def _drafted(driver: Driver) -> Document:
    """Change the color in the form, not on disk."""
    await driver.go_to("reviewer")
    document = with_field(Document(REVIEWER), "color", "pink")
    driver.editor.post_message(driver.editor.FieldEdited(REF, "color", "pink"))
    await driver.until(lambda: REF in driver.session.drafts)
    assert driver.session.drafts[REF].document == document
    return document


async def test_an_edit_is_a_draft_until_saved(studio: Studio) -> None:
    async with studio() as driver:
        document = await _drafted(driver)
        assert driver.data("reviewer.md") == REVIEWER
        await driver.press("enter", "ctrl+s")
        await driver.until(lambda: driver.data("reviewer.md") == document.data)
        await driver.until(lambda: not driver.session.drafts)
        driver.main.do_pane_list()
        await driver.press("u")
        await driver.until(lambda: driver.data("reviewer.md") == REVIEWER)


async def test_a_change_outside_keeps_the_draft_and_saving_does_not_overwrite(studio: Studio) -> None:
    async with studio() as driver:
        document = await _drafted(driver)
        theirs = REVIEWER.replace(b"You review", b"You read")
        (driver.folder / "reviewer.md").write_bytes(theirs)
        await driver.until(lambda: driver.session.outside(REF) == "changed")
        assert driver.session.drafts[REF].document == document
        await driver.press("enter", "ctrl+s")
        await driver.until(lambda: "Nothing was written" in driver.said)
        assert driver.data("reviewer.md") == theirs
        driver.main.action_do("form.keep")
        driver.main.action_do("form.save")
        await driver.until(lambda: driver.data("reviewer.md") == document.data)


async def test_a_file_deleted_outside_is_not_recreated_unasked(studio: Studio) -> None:
    async with studio() as driver:
        document = await _drafted(driver)
        (driver.folder / "reviewer.md").unlink()
        await driver.until(lambda: driver.session.outside(REF) == "gone")
        assert driver.session.document(REF) == document
        assert any(agent.ref == REF for agent in driver.session.agents)
        assert not (driver.folder / "reviewer.md").exists()
        driver.main.action_do("form.save")
        await driver.until((driver.folder / "reviewer.md").exists)
        assert driver.data("reviewer.md") == document.data


async def test_a_file_renamed_outside_takes_the_draft_along(studio: Studio) -> None:
    async with studio() as driver:
        document = await _drafted(driver)
        (driver.folder / "reviewer.md").rename(driver.folder / "critic.md")
        await driver.until(lambda: NEW in driver.session.drafts)
        assert "your edit went along to folder:critic.md" in driver.said
        assert (driver.session.document(NEW), driver.session.outside(NEW)) == (document, None)
        assert driver.data("critic.md") == REVIEWER
        # What was typed while the file was renamed still names the old one.
        driver.editor.post_message(driver.editor.FieldEdited(REF, "model", "haiku"))
        await driver.until(lambda: b"haiku" in driver.session.drafts[NEW].document.data)


async def test_a_change_outside_is_merged_into_the_draft_by_a_key(studio: Studio) -> None:
    async with studio() as driver:
        await _drafted(driver)
        theirs = REVIEWER.replace(b"model: sonnet", b"model: opus").replace(b"You review", b"You read")
        (driver.folder / "reviewer.md").write_bytes(theirs)
        await driver.until(lambda: driver.session.outside(REF) == "changed")
        driver.main.action_do("form.merge")
        assert driver.said.startswith("merged: model, 1 part of the body from the disk, yours kept elsewhere")
        assert driver.session.outside(REF) is None
        assert driver.data("reviewer.md") == theirs
        driver.main.action_do("form.save")
        await driver.until(lambda: driver.data("reviewer.md") == theirs.replace(b"blue", b"pink"))


async def test_what_both_changed_is_named_and_compared(studio: Studio) -> None:
    async with studio() as driver:
        document = await _drafted(driver)
        (driver.folder / "reviewer.md").write_bytes(REVIEWER.replace(b"blue", b"red"))
        await driver.until(lambda: driver.session.outside(REF) == "changed")
        driver.main.action_do("form.merge")
        assert driver.said == "not merged, both sides changed: color"
        await driver.until(lambda: type(driver.app.screen).__name__ == "CompareScreen")
        assert (driver.session.document(REF), driver.session.outside(REF)) == (document, "changed")


async def test_files_added_outside_show_and_keep_cursor_marks_and_draft(studio: Studio) -> None:
    async with studio() as driver:
        document = await _drafted(driver)
        await driver.press("space")
        cursor, marks = driver.session.cursor, driver.session.marks
        (driver.folder / "aaa.md").write_bytes(REVIEWER.replace(b"name: reviewer", b"name: aaa"))
        await driver.until(lambda: len(driver.session.agents) == 4)
        assert (driver.session.cursor, driver.session.marks) == (cursor, marks)
        assert driver.session.document(REF) == document


async def test_a_color_key_goes_through_a_draft_of_the_same_file(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        driver.editor.post_message(driver.editor.FieldEdited(REF, "model", "haiku"))
        await driver.until(lambda: REF in driver.session.drafts)
        driver.main.do_pane_list()
        await driver.press("c", "g")
        await driver.until(lambda: b"color: green" in driver.data("reviewer.md"))

        def read() -> tuple[object, ...]:
            document = driver.session.document(REF)
            return (document.get("model"), document.get("color")) if document else ()

        await driver.until(lambda: read() == ("haiku", "green"))
        assert driver.session.outside(REF) is None
        assert b"model: sonnet" in driver.data("reviewer.md")


async def test_quit_asks_when_edits_are_unsaved(studio: Studio) -> None:
    async with studio() as driver:
        document = await _drafted(driver)
        driver.main.do_pane_list()
        await driver.press("q")
        await driver.until(lambda: type(driver.app.screen).__name__ == "Pick")
        await driver.press("escape")
        assert REF in driver.session.drafts
        await driver.press("q", "s")
        await driver.until(lambda: driver.data("reviewer.md") == document.data)


async def test_kept_for_next_time(studio: Studio) -> None:
    async with studio() as driver:
        document = await _drafted(driver)
        driver.main.do_pane_list()
        await driver.press("q")
        await driver.until(lambda: type(driver.app.screen).__name__ == "Pick")
        await driver.press("k")
        await driver.until(lambda: driver.app._exit)
    assert driver.data("reviewer.md") == REVIEWER
    async with studio() as driver:
        await driver.until(lambda: driver.said == "1 unsaved edit is back · ^s writes, ^r drops")
        assert driver.session.document(REF) == document
        driver.main.do_pane_list()
        await driver.press("q", "x")
        await driver.until(lambda: driver.app._exit)
    async with studio() as driver:
        assert not driver.session.drafts


@pytest.mark.parametrize("theirs", [REVIEWER.replace(b"blue", b"red"), None])
async def test_what_happened_to_the_file_of_a_kept_edit_shows(studio: Studio, theirs: bytes | None) -> None:
    async with studio() as driver:
        document = await _drafted(driver)
    if theirs is None:
        (driver.folder / "reviewer.md").unlink()
    else:
        (driver.folder / "reviewer.md").write_bytes(theirs)
    async with studio() as driver:
        assert driver.session.document(REF) == document
        assert driver.session.outside(REF) == ("changed" if theirs else "gone")
        await driver.press("q", "s")
        await driver.until(lambda: driver.said == "not saved, changed on disk meanwhile: folder:reviewer.md")
        assert [data for data in [driver.folder / "reviewer.md"] if data.exists()] == (
            [driver.folder / "reviewer.md"] if theirs else []
        )
        assert set(driver.session.drafts) == {REF}


async def test_edits_wait_until_their_folder_is_open_again(studio: Studio, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.md").write_bytes(REVIEWER)
    async with studio() as driver:
        document = await _drafted(driver)
        Places(driver.main).leave_for(find_roots([other], other, {}, other), "other")
        await driver.until(lambda: driver.is_loaded and len(driver.session.agents) == 1)
        assert not driver.session.drafts
        assert driver.said.startswith("1 unsaved edit kept")
        Places(driver.main).leave_for(find_roots([driver.folder], driver.folder, {}, driver.folder), "back")
        await driver.until(lambda: set(driver.session.drafts) == {REF})
        assert driver.session.document(REF) == document
        Places(driver.main).leave_for(find_roots([other], other, {}, other), "other")
        await driver.until(lambda: driver.is_loaded and len(driver.session.agents) == 1)
    async with studio() as driver:
        assert driver.session.document(REF) == document
