"""Packages of our own in the place of torch and its friends."""

from __future__ import annotations

import pytest
from wheelhouse import make_wheel

from dedupe_app.runtime.wanted import Wanted


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """A folder with all that is wanted: three wheels."""
    monkeypatch.delenv("UV_INDEX_URL", raising=False)
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "never")
    folder = tmp_path / "wheels"
    make_wheel(folder, "tiny-torch", "1.0", needs=["tiny-blas"])
    make_wheel(folder, "tiny-blas", "2.0")
    make_wheel(folder, "tiny-model", "3.0", "NAME = 'model'\n" + "# padding\n" * 20_000)
    return folder


@pytest.fixture
def selection():
    return Wanted(("tiny-torch==1.0", "tiny-model==3.0"), "cu130")
