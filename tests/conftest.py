"""What every test gets: a home of its own, a Hypothesis profile, and the real agent files where they are at hand."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
REAL_FILES = (ROOT / os.environ.get("AGENT_STUDIO_CORPUS", "../shared")).resolve()
"""The folder that holds `corpus/` (agent files that other people wrote) and `oracle/` (what the host makes of them)."""

gc.set_threshold(100_000, 50, 100)  # a studio makes so many objects that collections took a third of its tests' time

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("nightly", max_examples=20_000, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the store go first: they fork thousands of times, and the fork of a small process is a quick one."""
    items.sort(key=lambda item: "store" not in item.path.parts)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, so that no test reads or writes the real one."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for variable, folder in {
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
    }.items():
        monkeypatch.setenv(variable, str(home / folder))
    for variable in ("AGENT_STUDIO_CONFIG", "CLAUDE_CONFIG_DIR", "EDITOR", "FORCE_COLOR", "NO_COLOR", "VISUAL"):
        monkeypatch.delenv(variable, raising=False)
    return home


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """Whatever a studio has frozen can be collected after its test: else each keeps its memory, and forks grow slow."""
    yield
    gc.unfreeze()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real agent files; a test that asks for it is skipped where there is none."""
    return _real("corpus")


@pytest.fixture(scope="session")
def oracle() -> Path:
    """The folder with what the host makes of the real files; a test that asks for it is skipped where there is none."""
    return _real("oracle")


def _real(name: str) -> Path:
    folder = REAL_FILES / name
    if not folder.is_dir():
        pytest.skip(f"no {name}/ in {REAL_FILES} (set AGENT_STUDIO_CORPUS)")
    return folder
