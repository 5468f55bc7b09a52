"""Where a person was when some folders were last open."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_studio.model.ref import Root
from agent_studio.store.state import state_path
from agent_studio.store.whereabouts import Whereabouts, remember, whereabouts

HERE, THERE = (Root("folder", "folder", "/here"),), (Root("folder", "folder", "/there"),)
HELD = Whereabouts("model:opus", "folder:one.md", zoomed=True)


def test_each_place_has_its_own() -> None:
    remember(HERE, HELD)
    remember(THERE, Whereabouts(broad=True))
    assert whereabouts(HERE) == HELD
    assert whereabouts((*HERE, Root("plugin/x", "plugin", "/plugin"))) == HELD
    assert whereabouts(THERE) == Whereabouts(broad=True)
    assert whereabouts((*HERE, *THERE)) == Whereabouts()
    remember(HERE, Whereabouts())
    assert whereabouts(HERE) == Whereabouts()


@pytest.mark.parametrize("text", ["", "{", "{}", "[1]", '[{"paths": ["/here"]}]', "[" * 100_000])
def test_what_cannot_be_understood_is_nowhere(text: str) -> None:
    remember(HERE, HELD)
    Path(state_path("places.json")).write_text(text)
    assert whereabouts(HERE) == Whereabouts()
    remember(HERE, HELD)
    assert whereabouts(HERE) == HELD
