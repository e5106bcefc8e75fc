"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["CLEANTEXT_CHECK"] = "1"  # every result of every test is verified, in child processes too


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command's cache, in a folder of its own."""
    folder = tmp_path_factory.mktemp("cache")
    os.environ["CLEANTEXT_CACHE_DIR"] = str(folder)
    return folder
