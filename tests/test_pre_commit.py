"""The hooks, run by pre-commit in a real repository; it installs them from the network: ``pytest -m online``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import BODY, PAGE

REPO = Path(__file__).parent.parent
pytestmark = pytest.mark.online


def pre_commit(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    return tmp_path


def test_the_manifest_is_valid() -> None:
    done = pre_commit(REPO, "validate-manifest", ".pre-commit-hooks.yaml")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("count", [1, 200])
def test_the_hooks_in_a_repository(repository: Path, count: int) -> None:
    for number in range(count):
        (repository / f"{number}.txt").write_text(PAGE)
    (repository / "kept.txt").write_text(PAGE)
    (repository / "cleantext.toml").write_text('extend-exclude = ["kept.txt"]\n')
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    done = pre_commit(repository, "try-repo", str(REPO), "cleantext-check", "--all-files")
    assert done.returncode == 1
    assert done.stdout.count("related-prompt") == count
    assert f"{count} file{'s' * (count > 1)}, {2 * count} spans" in done.stdout
    done = pre_commit(repository, "try-repo", str(REPO), "cleantext-fix", "--all-files")
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert {path.read_text() for path in repository.glob("[0-9]*.txt")} == {BODY}
    assert (repository / "kept.txt").read_text() == PAGE
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    assert pre_commit(repository, "try-repo", str(REPO), "cleantext-check", "--all-files").returncode == 0
