"""Which paths patterns in the form of a .gitignore name."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


class Ignore:
    """Patterns and the folder that they are relative to. Raises ValueError for what is no pattern."""

    def __init__(self, root: Path, patterns: Iterable[str]) -> None:
        from pathspec import GitIgnoreSpec  # files that are named need none

        self._inside = str(root.absolute()).rstrip(os.sep) + os.sep
        self._spec = GitIgnoreSpec.from_lines(patterns)

    @classmethod
    def of_file(cls, path: Path, root: Path) -> Ignore | None:
        """The patterns in a file, relative to `root`; None if there is no such file."""
        try:
            return cls(root, path.read_text(encoding="utf-8", errors="surrogateescape").splitlines())
        except (OSError, ValueError):
            return None

    def says(self, path: str, folder: bool = False) -> bool | None:
        """Whether the patterns name `path` (True), take it out again (False), or say nothing of it (None)."""
        path = str(Path(path).absolute())
        if not path.startswith(self._inside):
            return None
        inside = path.removeprefix(self._inside).replace(os.sep, "/")
        return self._spec.check_file(inside + "/" if folder else inside).include


def of_git(folder: Path) -> list[Ignore]:
    """What git ignores in `folder`, by the files there and above, the outermost first. Nothing outside a work tree."""
    folder = folder.absolute()
    tree = next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)
    if tree is None:
        return []
    inside = [folder, *folder.parents]
    folders = reversed(inside[: inside.index(tree) + 1])
    found = [Ignore.of_file(tree / ".git/info/exclude", tree)]
    found += [Ignore.of_file(above / ".gitignore", above) for above in folders]
    return [ignore for ignore in found if ignore is not None]
