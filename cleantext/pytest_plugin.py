"""The pytest plugin: every case.toml below the folders in the ini option ``cleantext_fixtures`` is a test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cleantext.fixtures import Case


class CaseFailure(Exception):
    """A case that does not come true; the message is the difference."""


class IncompleteCase(Exception):
    """A case without the files that say what must come out: that is no known failure."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-fixtures`` and the ini option ``cleantext_fixtures``."""
    group = parser.getgroup("cleantext")
    group.addoption(
        "--update-fixtures",
        action="store_true",
        help="write what cleantext makes of the cases that fail, and fail them: read the difference and run again",
    )
    parser.addini("cleantext_fixtures", "folders with cases for cleantext", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to write fixtures where nobody reads the difference, and to pass by a folder that is not there."""
    if config.getoption("--update-fixtures") and os.environ.get("CI"):
        raise pytest.UsageError("--update-fixtures is not for CI: run it where somebody reads the difference")
    for folder in config.getini("cleantext_fixtures"):
        if not folder.is_dir():
            raise pytest.UsageError(f"cleantext_fixtures: {folder} is no folder")


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> CaseFile | None:
    """Collect a case.toml below one of the folders."""
    if file_path.name == "case.toml":
        folders: list[Path] = parent.config.getini("cleantext_fixtures")
        if any(folder in file_path.parents for folder in folders):
            return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    """A case.toml."""

    def collect(self) -> Iterator[CaseItem]:
        """The one test of the case."""
        from cleantext.fixtures import load

        try:
            case = load(self.path.parent)
        except (ValueError, OSError, KeyError, TypeError) as error:
            raise self.CollectError(f"{self.path}: {error}") from error
        item: CaseItem = CaseItem.from_parent(self, name=self.path.parent.name, case=case)
        if case.xfail:
            item.add_marker(pytest.mark.xfail(reason=case.xfail, strict=True, raises=CaseFailure))
        yield item


class CaseItem(pytest.Item):
    """The test that a case comes true."""

    def __init__(self, *, case: Case, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.case = case

    def runtest(self) -> None:
        """Compare, and with ``--update-fixtures`` write down what differs."""
        from cleantext.fixtures import differences, update

        try:
            difference = differences(self.case)
        except (ValueError, TypeError) as error:
            raise CaseFailure(f"[config] of the case: {error}") from None
        incomplete = self.case.is_incomplete
        if difference and self.config.getoption("--update-fixtures") and (incomplete or not self.case.xfail):
            update(self.case)
            difference += "\n(written; read it and run again without --update-fixtures)"
        if difference:
            raise IncompleteCase(difference) if incomplete else CaseFailure(difference)

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException], style: str | None = None
    ) -> object:
        """The difference alone, without a traceback."""
        if isinstance(excinfo.value, CaseFailure | IncompleteCase):
            return f"{self.case.path}: {self.case.title}\n{excinfo.value}"
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test is from, and its name."""
        return self.path, 0, f"case {self.name}"
