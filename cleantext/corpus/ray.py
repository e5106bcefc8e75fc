"""Tables of documents on Ray Data: ``pip install 'cleantext-spans[ray]'``."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import pyarrow as pa
import ray
from ray.data import Dataset
from ray.data.aggregate import Count, Max, Min
from ray.data.expressions import col

from cleantext.config import Config
from cleantext.corpus.arrow import cleaned
from cleantext.corpus.rows import RowCleaner, kind_of
from cleantext.corpus.site import add_outside, frequent_of, lines_of, outside_of, pages_by_site, profile_of
from cleantext.engine import Cleaner
from cleantext.site import Profile

ROWS = 256  # of a batch: some seconds of work


def clean(
    dataset: Dataset,
    *,
    column: str = "text",
    kind: str | None = None,
    url: str | None = None,
    config: Config | Cleaner | None = None,
    profile: Profile | None = None,
) -> Dataset:
    """The dataset with what becomes of its documents: what `cleantext.corpus.clean_table` makes of a table.

    The cleaner, with the profile, is put into the object store once, and each process takes it from there once.
    """
    ref = ray.put(RowCleaner(config, kind or kind_of(column), profile))
    return _mapped(dataset, partial(_clean, ref, column=column, url=url))


def learn(dataset: Dataset, *, column: str = "html", kind: str | None = None, url: str | None = None) -> Profile:
    """A profile of what repeats across the hosts of a dataset: what `cleantext.corpus.learn_table` makes of a table.

    The dataset is read twice; lines are counted by group-by. The profile comes to the driver: see docs/scale.md for how
    large it gets.
    """
    found = _mapped(dataset, partial(lines_of, column=column, kind=kind, url=url)).materialize()
    pages = found.groupby(["site", "page"]).aggregate(Count(alias_name="n")).select_columns(["site", "page"])
    different = found.groupby(["site", "page", "line"]).aggregate(
        Min("text", alias_name="t"), Max("prose", alias_name="p")
    )
    counted = different.groupby(["site", "line"]).aggregate(
        Count(alias_name="pages"), Min("t", alias_name="text"), Max("p", alias_name="prose")
    )
    profile = profile_of(pages_by_site(_table(pages)), _table(counted.filter(expr=col("pages") > 1)))
    ref = ray.put(frequent_of(profile))
    outside = _mapped(dataset, partial(_outside, ref, column=column, kind=kind, url=url))
    different = outside.groupby(["site", "page", "line"]).aggregate(Count(alias_name="n"))
    add_outside(profile, _table(different.groupby(["site", "line"]).aggregate(Count(alias_name="pages"))))
    return profile


def _clean(ref: ray.ObjectRef[Any], table: pa.Table, column: str, url: str | None) -> pa.Table:
    return cleaned(table, _fetched(ref), column, url)


def _outside(ref: ray.ObjectRef[Any], table: pa.Table, column: str, kind: str | None, url: str | None) -> pa.Table:
    return outside_of(table, _fetched(ref), column=column, kind=kind, url=url)


@lru_cache(maxsize=4)
def _fetched(ref: ray.ObjectRef[Any]) -> Any:
    return ray.get(ref)


def _mapped(dataset: Dataset, function: Callable[[pa.Table], pa.Table]) -> Dataset:
    return dataset.map_batches(function, batch_format="pyarrow", batch_size=ROWS)


def _table(dataset: Dataset) -> pa.Table:
    """All rows of a dataset, in this process."""
    tables = [ray.get(ref) for ref in dataset.to_arrow_refs()]
    return pa.concat_tables(table for table in tables if len(table)) if any(map(len, tables)) else pa.table({})
