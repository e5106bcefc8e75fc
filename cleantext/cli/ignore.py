"""Which paths patterns in the form of a .gitignore name."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# Stars in the name of a file or folder: each more may take a name's length as many times as long.
MOST_STARS = 4
_STARS = re.compile(r"\*+")


def absolute(path: str | Path) -> Path:
    """The path from the root, without ``..``; links are not followed, for what they are called decides."""
    return Path(os.path.normpath(Path(path).absolute()))


class Ignore:
    """Patterns and the folder that they are relative to. Raises ValueError for what is no pattern."""

    def __init__(self, root: Path, patterns: Iterable[str]) -> None:
        from pathspec import GitIgnoreSpec  # files that are named need none

        patterns = list(patterns)
        for pattern in patterns:
            if any(len(_STARS.findall(part)) > MOST_STARS for part in pattern.split("/")):
                raise ValueError(f"not a pattern: {pattern!r} has more than {MOST_STARS} stars in a name")
        self._inside = str(absolute(root)).rstrip(os.sep) + os.sep
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of sets of characters that Python may read otherwise one day
                self._spec = GitIgnoreSpec.from_lines(patterns)
        except re.error as error:
            raise ValueError(f"not a pattern: {error}") from error

    @classmethod
    def of_file(cls, path: Path, root: Path) -> Ignore | None:
        """The patterns in a file, relative to `root`, but for lines that are none; None if there is no such file."""
        try:
            if not path.is_file():
                return None
            lines = path.read_text(encoding="utf-8-sig", errors="surrogateescape").splitlines()
        except OSError:
            return None
        right = []
        for line in lines:
            if line.strip() == "!/":
                continue  # nothing for git, everything for pathspec
            with suppress(ValueError):
                cls(root, [line])
                right.append(line)
        return cls(root, right)

    def says(self, path: str, folder: bool = False) -> bool | None:
        """Whether the patterns name `path` (True), take it out again (False), or say nothing of it (None)."""
        path = str(absolute(path))
        if not path.startswith(self._inside):
            return None
        inside = path.removeprefix(self._inside).replace(os.sep, "/")
        return self._spec.check_file(inside + "/" if folder else inside).include


def of_git(folder: Path) -> list[Ignore]:
    """What git ignores in `folder`, by the files there and above, the outermost first. Nothing outside a work tree."""
    inside = [absolute(folder), *absolute(folder).parents]
    tree = next((above for above in inside if (above / ".git").exists()), None)
    if tree is None:
        return []
    found = [Ignore.of_file(tree / ".git" / "info" / "exclude", tree)]
    found += [Ignore.of_file(above / ".gitignore", above) for above in reversed(inside[: inside.index(tree) + 1])]
    return [ignore for ignore in found if ignore is not None]
