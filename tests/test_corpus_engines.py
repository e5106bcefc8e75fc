"""The real engines, on this machine: what they make of a table is what one process makes, whatever is killed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleantext import Config
from cleantext.corpus import clean_table, learn_table
from cleantext.registry import STORY
from tests.test_cli import PAGE
from tests.test_corpus_table import HTML, pages

pytestmark = [
    pytest.mark.engines,
    pytest.mark.filterwarnings("ignore"),  # of the engines themselves
]
OPTIONS: dict[str, Any] = {"column": "html", "url": "url", "config": Config(level="named")}


def texts(count: int) -> pa.Table:
    """Rows in which a row that is missing and one that does not fit the limits stand among others."""
    found: list[str | None] = [f"Item {number}\n\n{PAGE}" for number in range(count)]
    found[3], found[5] = None, STORY * 40
    return pa.table({"n": range(count), "text": found})


def sites() -> pa.Table:
    rows = [*pages(6, "a.example"), *pages(5, "b.example"), *pages(2, "c.example")]
    return pa.Table.from_pylist([*rows, *rows[:4], {"url": None, "html": HTML}, {"url": None, "html": None}])


def kill_one(pattern: str) -> None:
    """Kill a process of an engine, as soon as there is one that is at work."""
    for _ in range(1500):
        found = subprocess.run(
            ["pgrep", "-f", re.escape(pattern)], capture_output=True, text=True, check=False
        ).stdout.split()
        for pid in map(int, found):
            if pid != os.getpid() and busy(pid):
                title = Path(f"/proc/{pid}/cmdline").read_text()
                if pattern not in title:  # it is done with that
                    continue
                os.kill(pid, signal.SIGKILL)
                KILLED.append(title)
                return
        time.sleep(0.02)


KILLED: list[str] = []


def busy(pid: int) -> bool:
    """Whether a process has used processor time for a second."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK") > 1.0


def while_killing(pattern: str, work: Callable[[], pa.Table]) -> pa.Table:
    """What comes of `work` while a process is killed."""
    KILLED.clear()
    thread = Thread(target=kill_one, args=(pattern,))
    thread.start()
    done = work()
    thread.join()
    assert KILLED, "nothing was killed"
    return done


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    if shutil.which("java") is None:
        pytest.skip("no Java")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2,4]")  # two at a time, each task up to four times
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "50",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def test_spark_makes_of_a_table_what_one_process_makes(spark: Any) -> None:
    from cleantext.corpus.spark import clean

    table = texts(400)
    config = Config(max_chars=2_000)
    done = clean(spark.createDataFrame(table).repartition(7, "n"), config=config).orderBy("n").toArrow()
    assert done.to_pylist() == clean_table(table, config=config).to_pylist()
    assert done["error"].null_count == 399


def test_spark_learns_what_one_process_learns(spark: Any) -> None:
    from cleantext.corpus.spark import clean, learn

    frame = spark.createDataFrame(sites()).repartition(5)
    profile = learn(frame, url="url")
    assert profile.as_json() == learn_table(sites(), url="url").as_json()
    done = clean(frame, **OPTIONS, profile=profile).toArrow().to_pylist()
    alone = clean_table(sites(), **OPTIONS, profile=profile).to_pylist()
    assert sorted(map(str, done)) == sorted(map(str, alone))
    assert "site-template" in str(alone)


def test_spark_loses_nothing_when_a_worker_is_killed(spark: Any, tmp_path: Path) -> None:
    from cleantext.corpus.spark import clean

    table = texts(6_000)
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=1_000)

    def work() -> pa.Table:
        frame = spark.read.parquet(str(tmp_path / "in.parquet")).repartition(8)
        clean(frame).write.parquet(str(tmp_path / "out"))
        return pq.read_table(tmp_path / "out").sort_by("n")

    done = while_killing("pyspark.daemon", work)
    assert done.to_pylist() == clean_table(table).to_pylist()


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()


def table_of(ray: Any, dataset: Any) -> pa.Table:
    return pa.concat_tables(ray.get(ref) for ref in dataset.to_arrow_refs())


def test_ray_makes_of_a_table_what_one_process_makes(ray: Any) -> None:
    from cleantext.corpus.ray import clean

    table = texts(400)
    config = Config(max_chars=2_000)
    done = table_of(ray, clean(ray.data.from_arrow(table).repartition(5), config=config)).sort_by("n")
    assert done.to_pylist() == clean_table(table, config=config).to_pylist()


def test_ray_learns_what_one_process_learns(ray: Any) -> None:
    from cleantext.corpus.ray import clean, learn

    dataset = ray.data.from_arrow(sites()).repartition(3)
    profile = learn(dataset, url="url")
    assert profile.as_json() == learn_table(sites(), url="url").as_json()
    done = table_of(ray, clean(dataset, **OPTIONS, profile=profile)).to_pylist()
    alone = clean_table(sites(), **OPTIONS, profile=profile).to_pylist()
    assert sorted(map(str, done)) == sorted(map(str, alone))


def test_ray_loses_nothing_when_a_worker_is_killed(ray: Any) -> None:
    from cleantext.corpus.ray import clean

    table = texts(6_000)
    done = while_killing(
        "ray::MapBatches(_clean)", lambda: table_of(ray, clean(ray.data.from_arrow(table).repartition(8)).materialize())
    ).sort_by("n")
    assert done.to_pylist() == clean_table(table).to_pylist()


def test_datasets_map_batches_of_arrow(tmp_path: Path) -> None:
    os.environ["HF_HUB_OFFLINE"] = "1"
    datasets = pytest.importorskip("datasets")
    table = texts(50)
    dataset = datasets.Dataset(table, fingerprint="invented").with_format("arrow")
    done = dataset.map(clean_table, batched=True, batch_size=20, cache_file_name=str(tmp_path / "cache.arrow"))
    assert done.with_format(None)[:] == clean_table(table).to_pydict()


def test_duckdb_reads_and_writes_around_it(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    table = texts(50)
    pq.write_table(table, tmp_path / "in.parquet")
    reader = duckdb.sql(f"select * from '{tmp_path}/in.parquet' order by n").to_arrow_table()
    cleaned = clean_table(reader)
    assert len(cleaned) == 50
    found = duckdb.sql(
        "select r.rule, count(*) as spans from (select unnest(removed) as r from cleaned) group by 1"
    ).fetchall()
    assert sorted(found) == [("comment-prompt", 49 - 1), ("related-prompt", 49 - 1)]
