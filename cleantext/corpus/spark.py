"""Tables of documents on Spark: ``pip install 'cleantext-spans[spark]'``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql
from pyspark.sql.types import ArrayType, DoubleType, LongType, StringType, StructField, StructType

from cleantext.config import Config
from cleantext.corpus.arrow import ADDED, check_names, cleaned
from cleantext.corpus.rows import RowCleaner, kind_of
from cleantext.corpus.site import add_outside, frequent_of, lines_of, outside_of, pages_by_site, profile_of
from cleantext.engine import Cleaner
from cleantext.site import PAGES, Profile

_REMOVED = StructType(
    [
        StructField(name, LongType() if name in ("start", "end") else DoubleType() if name == "score" else StringType())
        for name in ADDED.field("removed").type.value_type.names
    ]
)
_ADDED = [
    StructField("clean_text", StringType()),
    StructField("removed", ArrayType(_REMOVED)),
    StructField("kept_ratio", DoubleType()),
    StructField("error", StringType()),
]


def clean(
    frame: DataFrame,
    *,
    column: str = "text",
    kind: str | None = None,
    url: str | None = None,
    config: Config | Cleaner | None = None,
    profile: Profile | None = None,
) -> DataFrame:
    """The frame with what becomes of its documents: what `cleantext.corpus.clean_table` makes of a table.

    Batches are cleaned where they are; none is moved. A profile goes to every executor once, with the function.
    """
    check_names(frame.columns, column, url)
    schema = StructType([*frame.schema.fields, *_ADDED])
    cleaner = RowCleaner(config, kind or kind_of(column), profile)
    return frame.mapInArrow(_each(partial(cleaned, cleaner=cleaner, column=column, url=url)), schema)


def learn(frame: DataFrame, *, column: str = "html", kind: str | None = None, url: str | None = None) -> Profile:
    """A profile of what repeats across the hosts of a frame: what `cleantext.corpus.learn_table` makes of a table.

    The frame is read twice; lines are counted by group-by. The profile comes to the driver: see docs/scale.md for how
    large it gets.
    """
    check_names(frame.columns, column, url, added=False)
    found = frame.mapInArrow(
        _each(partial(lines_of, column=column, kind=kind, url=url)),
        "site string, page string, line bigint, text string, prose boolean",
    ).persist()
    pages = found.select("site", "page").distinct()
    large = pages.groupBy("site").count().where(sql.col("count") >= PAGES).select("site")
    different = found.groupBy("site", "page", "line").agg(
        sql.min("text").alias("text"), sql.max("prose").alias("prose")
    )
    counted = (
        different.groupBy("site", "line")
        .agg(sql.count("page").alias("pages"), sql.min("text").alias("text"), sql.max("prose").alias("prose"))
        .where("pages > 1")
        .join(large, "site", "left_semi")
    )
    profile = profile_of(pages_by_site(pages.join(large, "site", "left_semi").toArrow()), counted.toArrow())
    found.unpersist()
    outside = frame.mapInArrow(
        _each(partial(outside_of, frequent=frequent_of(profile), column=column, kind=kind, url=url)),
        "site string, page string, line bigint",
    )
    add_outside(profile, outside.distinct().groupBy("site", "line").count().toArrow())
    return profile


def _each(
    function: Callable[[pa.Table], pa.Table],
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A function of tables as one of batches."""

    def batches(found: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in found:
            yield from function(pa.Table.from_batches([batch])).to_batches()

    return batches
