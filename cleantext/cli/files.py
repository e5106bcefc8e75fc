"""Paths to documents: which files a path stands for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cleantext.cli.ignore import Ignore, absolute, of_git
from cleantext.cli.problems import STDIN, CannotRead
from cleantext.cli.settings import AllSettings

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
READ = SUFFIXES | HTML_SUFFIXES
LEFTOVER = ".cleantext~"  # the suffix of files that are being written


class Finder:
    """Finds the files that paths stand for.

    A file that is named is taken whatever its suffix, and unless `force` is set, whatever is excluded; in a folder
    those whose name `takes`, by default with a suffix of plain text or HTML, are, but for what the settings exclude and
    git ignores. Links in a folder are not followed: what they lead to inside it is found there, and nothing outside it
    is touched. `sweep` is called for what a killed run has left in a folder.
    """

    def __init__(
        self,
        settings: AllSettings,
        force: bool = False,
        note: Callable[[str], None] | None = None,
        sweep: Callable[[str], None] | None = None,
        takes: Callable[[str], bool] | None = None,
    ) -> None:
        self._settings, self._force, self._sweep = settings, force, sweep
        self._takes = takes or is_document
        self._note = note or (lambda message: None)
        self._git: dict[Path, list[Ignore]] = {}
        self._left_out = False  # whether something in the folder that is searched was

    def find(self, paths: Sequence[str]) -> Iterator[str | CannotRead]:
        """The files that `paths` stand for, in the order given, sorted within each folder; ``-`` is stdin.

        A path that leads to none gives a `CannotRead`; one that has come already does not come again.
        """
        seen: set[str] = set()
        for path in paths:
            for found in self._leading_to(path):
                if isinstance(found, str) and len(paths) > 1:
                    known = os.path.normpath(found)
                    if known in seen:
                        continue
                    seen.add(known)
                yield found

    def count(self, paths: Sequence[str]) -> int:
        """How many files and problems `find` will give."""
        return sum(1 for _ in self.find(paths))

    def excluded(self, path: str) -> bool:
        """Whether a file that is named is left out, because it or a folder it is in is excluded or ignored by git."""
        if not self._force:
            return False
        return self._settings.of(path).excludes(path) or _ignored(self._ignores(absolute(path).parent), path)

    def _leading_to(self, path: str) -> Iterator[str | CannotRead]:
        if path == STDIN:
            yield path
        elif Path(path).is_dir():
            empty, self._left_out = True, False
            try:
                for found in self._inside(path):
                    empty = False
                    yield found
            except CannotRead as error:
                empty = False
                yield error
            if empty:
                known = " ".join(sorted(READ))
                why = (
                    "all files in this folder are excluded or ignored by git"
                    if self._left_out
                    else (f"no file with one of the suffixes {known} in this folder")
                )
                yield CannotRead(f"{path}: {why}")
        else:
            try:
                if self.excluded(path):
                    self._note(f"{path}: excluded")
                    return
            except CannotRead as error:
                yield error
                return
            yield path

    def _inside(self, folder: str) -> Iterator[str | CannotRead]:
        """The files in a folder and those in it, in the order of their paths."""
        open_folders = [self._entries(folder, self._ignores(Path(folder)))]
        while open_folders:
            for entry in open_folders[-1]:
                if isinstance(entry, tuple):
                    open_folders.append(self._entries(*entry))
                    break
                yield entry
            else:
                open_folders.pop()

    def _entries(
        self, folder: str, ignores: Sequence[Ignore]
    ) -> Iterator[str | CannotRead | tuple[str, Sequence[Ignore]]]:
        """What is in a folder: files, what cannot be read, and folders with what is ignored in them."""
        try:
            settings = self._settings.of_folder(Path(folder))
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except CannotRead as error:
            yield error
            return
        except OSError as error:
            yield CannotRead(f"{folder}: {error.strerror or error}")
            return
        for entry in entries:
            path = entry.name if folder == "." else entry.path
            is_folder = entry.is_dir(follow_symlinks=False)
            if not is_folder and not self._takes(entry.name):
                if self._sweep is not None and entry.name.startswith(".") and entry.name.endswith(LEFTOVER):
                    self._sweep(path)
                continue
            if settings.excludes(path, is_folder) or _ignored(ignores, path, is_folder):
                self._left_out = True
                self._note(f"{path}: excluded")
            elif is_folder:
                inside = Path(path)
                respected = settings.config.respect_gitignore
                own = Ignore.of_file(inside / ".gitignore", inside) if respected else None
                yield path, [*ignores, own] if own is not None else ignores
            elif entry.is_symlink():
                try:
                    entry.stat()
                    self._note(f"{path}: a link, not followed")
                except OSError as error:
                    yield CannotRead(f"{path}: {_broken(error)}")
            elif entry.is_file(follow_symlinks=False):
                yield path

    def _ignores(self, folder: Path) -> list[Ignore]:
        """What git ignores in `folder`, by the files there and above."""
        if folder not in self._git:
            respected = self._settings.of_folder(folder).config.respect_gitignore
            self._git[folder] = of_git(folder) if respected else []
        return self._git[folder]


def suffix_of(path: str) -> str:
    """The suffix of a file name, in lower case."""
    return Path(path).suffix.lower()


def is_document(path: str) -> bool:
    """Whether a file has the suffix of a document."""
    return suffix_of(path) in READ


def kind_of(path: str) -> str:
    """How a document is to be read by its name: as ``"html"`` or ``"text"``; ``"auto"`` where the name does not say."""
    suffix = suffix_of(path)
    return "html" if suffix in HTML_SUFFIXES else "text" if suffix in SUFFIXES else "auto"


def _ignored(ignores: Sequence[Ignore], path: str, folder: bool = False) -> bool:
    """Whether git ignores `path`: the innermost file that says something of it decides."""
    for ignore in reversed(ignores):
        said = ignore.says(path, folder)
        if said is not None:
            return said
    return False


def _broken(error: OSError) -> str:
    return "a broken link" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
