"""What ``cleantext corpus`` takes beside a bare loop: ``python -m benchmarks.corpus ROWS.jsonl``.

The rows, objects with a ``text``, are cleaned in a loop over `Cleaner` in this process, and by the command with one and
two processes. Seconds are those of the clock; memory is the most that all processes of a run had at one time, what
they share counted once, for a tenth of the rows and for all. ``--kills N`` then kills a run at N random moments, goes
on each time, and compares what is written with an unbroken run.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from random import Random

from cleantext import Cleaner

SAMPLE = 0.1  # seconds between two looks at the memory


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, help="JSON Lines with a text each")
    parser.add_argument("--kills", type=int, default=0, help="times a run is killed [0]")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], help="numbers of processes [1 2]")
    args = parser.parse_args()
    if not args.rows.is_file():
        parser.error(f"{args.rows} is no file")
    with tempfile.TemporaryDirectory() as folder:
        measure(args.rows, args.jobs, args.kills, Path(folder))


def measure(rows: Path, jobs: list[int], kills: int, folder: Path) -> None:
    """Print the figures for a file of rows."""
    count, alone = bare(rows)
    print(f"{count:,} rows; bare loop {alone:.1f} s, {count / alone:.0f} rows a second", flush=True)
    few = folder / "few.jsonl"
    with rows.open("rb") as file:
        few.write_bytes(b"".join(islice(file, count // 10)))
    for number in jobs:
        _, small = command(few, number, folder / "few")
        seconds, large = command(rows, number, folder / "out")
        print(f"command, {number} processes: {seconds:.1f} s, {alone / seconds:.2f} times the bare loop, ", end="")
        print(f"{large:.0f} MB beside {small:.0f} for a tenth: {large / small:.2f} times", flush=True)
    if kills:
        print(f"killed {kills} times: {'the same' if killed(few, kills, folder) else 'NOT THE SAME'}")


def bare(rows: Path) -> tuple[int, float]:
    """How many rows there are, and the seconds of a loop over them, without what reading takes."""
    cleaner = Cleaner()
    seconds, count = 0.0, 0
    with rows.open("rb") as file:
        for line in file:
            text = json.loads(line)["text"]
            begun = time.perf_counter()
            cleaner.clean(text, kind="text")
            seconds += time.perf_counter() - begun
            count += 1
    return count, seconds


def command(rows: Path, jobs: int, out: Path) -> tuple[float, float]:
    """The seconds of the command, and the most megabytes of all its processes."""
    shutil.rmtree(out, ignore_errors=True)
    begun = time.perf_counter()
    process = subprocess.Popen(arguments(rows, jobs, out))
    most = 0.0
    while process.poll() is None:
        most = max(most, megabytes(process.pid))
        time.sleep(SAMPLE)
    if process.returncode:
        sys.exit(f"the command failed with status {process.returncode}")
    return time.perf_counter() - begun, most


def arguments(rows: Path, jobs: int, out: Path) -> list[str]:
    """The command."""
    own = ["corpus", str(rows), "-o", str(out), "-j", str(jobs), "-q", "--isolated"]
    return [sys.executable, "-m", "cleantext", *own]


def megabytes(pid: int) -> float:
    """What a process and those that it started have in memory, each page in its share."""
    found = 0.0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                found += int(line.split()[1]) / 1000
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += megabytes(int(child))
    except OSError:
        pass  # it has just ended
    return found


def killed(rows: Path, kills: int, folder: Path) -> bool:
    """Whether a run that is killed at random moments, and goes on, writes what an unbroken one does."""
    whole, out = folder / "whole", folder / "killed"
    seconds, _ = command(rows, 2, whole)
    random = Random(1)
    for _ in range(kills):
        process = subprocess.Popen(arguments(rows, 2, out))
        time.sleep(random.uniform(0.2, 3 * seconds / kills))
        process.send_signal(signal.SIGKILL)
        process.wait()
    command_again = subprocess.run(arguments(rows, 2, out), check=False)
    names = sorted(path.name for path in whole.iterdir() if path.is_file())
    same = names == sorted(path.name for path in out.iterdir() if path.is_file())
    return same and command_again.returncode == 0 and not filecmp.cmpfiles(whole, out, names, shallow=False)[1]


if __name__ == "__main__":
    main()
