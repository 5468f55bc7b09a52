"""The studio over a folder, as the tests of the interface open it."""

from __future__ import annotations

from tests.ui.conftest import folder, studio

__all__ = ["folder", "studio"]
