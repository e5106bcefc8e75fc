"""Kill ``cleantext check --fix`` at random moments: ``python -m benchmarks.killed [--files N] [--times N]``.

Every file must be whole afterwards, the old or the new one; the next run finishes the job and nothing else is left.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from cleantext.registry import STORY

OLD = f"Mayor opens bridge after long wait\n\n{STORY}\n\nSimilar Posts\n\nLeave a Reply\n".encode()
COMMAND = [sys.executable, "-m", "cleantext", "check", "--fix", "-q", "-o", os.devnull, "--isolated", "--no-cache"]


def killed(folder: Path, files: int, after: float) -> tuple[int, int]:
    """Kill a run over so many files after so many seconds; how many were new then, and how many were left over.

    Raises AssertionError if a file was neither old nor new, or the next run does not finish the job.
    """
    paths = [folder / f"{number}.txt" for number in range(files)]
    for path in paths:
        path.write_bytes(OLD)
    run = subprocess.Popen([*COMMAND, str(folder)], start_new_session=True)
    time.sleep(after)
    run.kill()  # its processes end by themselves
    run.wait()
    while _is_there(run.pid):
        time.sleep(0.05)
    new = OLD[: OLD.index(b"\nSimilar")]
    found = [path.read_bytes() for path in paths]
    assert {*found} <= {OLD, new}
    left = len(list(folder.iterdir())) - files
    done = subprocess.run([*COMMAND, str(folder)], check=False)
    assert done.returncode == 0
    assert {path.read_bytes() for path in paths} == {new}
    assert len(list(folder.iterdir())) == files
    return found.count(new), left


def _is_there(group: int) -> bool:
    """Whether a process of a group still runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def took(folder: Path, files: int) -> float:
    """The seconds of a whole run."""
    for number in range(files):
        (folder / f"{number}.txt").write_bytes(OLD)
    start = time.monotonic()
    subprocess.run([*COMMAND, str(folder)], check=True)
    return time.monotonic() - start


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--times", type=int, default=50)
    args = parser.parse_args()
    moments = random.Random(0)
    with TemporaryDirectory() as name:
        whole = took(Path(name), args.files)
        found = [killed(Path(name), args.files, moments.uniform(0.1, whole)) for _ in range(args.times)]
    amid = sum(0 < new < args.files for new, _ in found)
    print(
        f"{args.times} runs of {whole:.1f} s killed, {amid} amid the files; {sum(left for _, left in found)} left over"
    )
    print("every file was whole each time, and the next run finished the job")


if __name__ == "__main__":
    main()
