"""Tables of documents: rows in are rows out, with what became of each."""

from __future__ import annotations

import pickle
from typing import Any

import pyarrow as pa
import pytest

from cleantext import Cleaner, Config
from cleantext.corpus import clean_table, learn_table
from cleantext.corpus.rows import RowCleaner
from cleantext.corpus.site import lines_of
from cleantext.registry import STORY, STORY_HTML
from cleantext.site import Page, Profile, Site
from tests.test_cli import BODY, PAGE

NAMES = ["clean_text", "removed", "kept_ratio", "error"]
HTML = f"<html><body><nav><a href=/>Home</a></nav><h1>Mayor opens bridge</h1>{STORY_HTML}</body></html>"


def test_a_table_gets_four_columns_and_keeps_its_rows() -> None:
    table = pa.table({"id": [3, 1, 2, 0], "text": [PAGE, None, STORY, ""]})
    done = clean_table(table)
    assert done.select(["id", "text"]).equals(table)
    assert done.schema.names == ["id", "text", *NAMES]
    assert done["clean_text"].to_pylist() == [BODY, None, STORY, ""]
    assert done["error"].to_pylist() == [None] * 4
    assert done["kept_ratio"].to_pylist() == [len(BODY) / len(PAGE), None, 1.0, 1.0]
    spans = done["removed"].to_pylist()
    assert spans[1:] == [None, [], []]
    assert [PAGE[s["start"] : s["end"]] for s in spans[0]] == [s["text"] for s in spans[0]]
    assert "".join([BODY, *(s["text"] for s in spans[0])]) == PAGE
    assert [(s["rule"], s["group"], s["score"]) for s in spans[0]] == [
        ("related-prompt", "related", 0.98),
        ("comment-prompt", "comments", 0.98),
    ]
    assert all(s["reason"] for s in spans[0])


def test_a_row_says_what_a_call_says() -> None:
    page = Cleaner(level="named").clean(HTML)
    row = clean_table(pa.table({"html": [HTML]}), column="html", config=Config(level="named")).to_pylist()[0]
    assert row["clean_text"] == page.text
    assert [s["text"] for s in row["removed"]] == [s.text for s in page.removed]


@pytest.mark.parametrize(
    "kind",
    [pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.dictionary(pa.int8(), pa.string())],
    ids=str,
)
def test_strings_and_bytes_of_every_type_are_read(kind: pa.DataType) -> None:
    texts = pa.array([PAGE, None], pa.string())
    column = texts.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else texts.cast(kind)
    assert clean_table(pa.table({"text": column}))["clean_text"].to_pylist() == [BODY, None]


def test_the_encoding_of_bytes_is_found() -> None:
    page = f"<html><head><meta charset=windows-1251></head><body><p>Новый мост</p>{STORY_HTML}".encode("cp1251")
    done = clean_table(pa.table({"body": [page]}), column="body")
    assert "Новый мост" in done["clean_text"][0].as_py()


def test_the_name_of_a_column_says_what_it_holds() -> None:
    assert clean_table(pa.table({"text": [HTML]}))["clean_text"].to_pylist() == [HTML]
    told = clean_table(pa.table({"page": [HTML, STORY]}), column="page")["clean_text"].to_pylist()
    assert "<" not in told[0]
    assert told[1] == STORY
    assert "<" not in clean_table(pa.table({"text": [HTML]}), kind="html")["clean_text"][0].as_py()


def test_a_row_that_fails_carries_its_error_and_its_input() -> None:
    class Failing(RowCleaner):
        def _cleaner_for(self, source: str, url: str | None) -> Cleaner:
            if source == STORY:
                raise MemoryError
            return super()._cleaner_for(source, url)

    from cleantext.corpus.arrow import cleaned

    done = cleaned(pa.table({"text": [PAGE, STORY]}), Failing(), "text").to_pylist()
    assert done[0]["clean_text"] == BODY
    assert done[1] == {
        "text": STORY,
        "clean_text": None,
        "removed": None,
        "kept_ratio": None,
        "error": "MemoryError: ",
    }


def test_what_was_not_done_is_the_error_of_a_row_that_has_text() -> None:
    row = clean_table(pa.table({"text": [PAGE]}), config=Config(max_chars=10)).to_pylist()[0]
    assert row["clean_text"] == PAGE
    assert row["error"] == f"max-chars: {len(PAGE)} code points are more than 10; all of it stays"


def test_a_string_that_is_no_utf8_is_an_error_of_its_row() -> None:
    data = pa.array([b"a\xff", PAGE.encode()], pa.binary())
    broken = pa.Array.from_buffers(pa.string(), 2, data.buffers())
    done = clean_table(pa.table({"text": broken})).select(NAMES).to_pylist()
    assert done[0]["error"] == "not UTF-8: byte 1: invalid start byte"
    assert done[0]["clean_text"] is None
    assert done[1]["clean_text"] == BODY


def test_half_a_character_in_a_page_can_be_written() -> None:
    done = clean_table(pa.table({"html": [f"<p>&#xD83D; {STORY}</p>"]}), column="html")
    assert done["clean_text"][0].as_py().startswith("\ufffd")


def test_a_table_without_rows_gets_its_columns() -> None:
    assert clean_table(pa.table({"text": pa.array([], pa.string())})).schema.names == ["text", *NAMES]


@pytest.mark.parametrize(
    ("table", "options", "error"),
    [
        ({"txt": ["a"]}, {}, r"no column 'text'; did you mean 'txt'\?"),
        ({"text": [1]}, {}, "column 'text' holds int64, not strings"),
        ({"text": ["a"], "error": ["b"]}, {}, "has a column 'error' already"),
        ({"text": ["a"], "url": [b"b"]}, {"url": "url"}, "column 'url' holds binary, not strings"),
        ({"text": ["a"]}, {"kind": "page"}, "kind must be"),
        ({"text": ["a"]}, {"config": {"level": "named"}}, "config takes a Config or a Cleaner, not dict"),
        ({"text": ["a"]}, {"profile": Profile("folder")}, "this profile is by folder"),
        ({"text": ["a"]}, {"profile": "site.json"}, "profile takes a cleantext.site.Profile, not str"),
    ],
)
def test_what_cannot_be_cleaned_is_refused(table: dict[str, list[Any]], options: dict[str, Any], error: str) -> None:
    with pytest.raises((ValueError, TypeError), match=error):
        clean_table(pa.table(table), **options)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(TypeError, match=r"takes a pyarrow.Table, not dict"):
        clean_table({"text": ["a"]})


def test_two_columns_of_one_name_are_refused() -> None:
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], ["text", "text"])
    with pytest.raises(ValueError, match="2 columns 'text'"):
        clean_table(table)


def test_an_address_says_which_selectors_hold() -> None:
    page = f"<html><body>{STORY_HTML}<p class=promo>Trams run again from Monday on.</p></body></html>"
    config = Config.make(level="named", sites={"a.example": {"remove": [".promo"]}})
    table = pa.table({"html": [page, page], "url": ["https://www.a.example/1", "https://b.example/1"]})
    first, second = clean_table(table, column="html", url="url", config=config)["clean_text"].to_pylist()
    assert "Trams" not in first
    assert "Trams" in second


def pages(count: int, host: str) -> list[dict[str, str]]:
    """Pages of a site whose template has a line that no rule knows, above texts that differ."""
    found = []
    for number in range(count):
        town = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir")[number]
        story = STORY_HTML.replace("bridge", f"bridge of {town}").replace("flags", f"flags of {town}")
        html = f"<html><body><div>Tern and heron since 1911</div><h1>{town} opens bridge</h1>{story}</body></html>"
        found.append({"url": f"https://{host}/{number}", "html": html})
    return found


def test_what_repeats_across_a_site_is_learnt_and_goes() -> None:
    table = pa.Table.from_pylist([*pages(5, "a.example"), *pages(2, "b.example")])
    profile = learn_table(table, url="url")
    assert list(profile.sites) == ["a.example"]  # two pages are no site
    assert profile.sites["a.example"].template() == {"tern and heron since #": 5}
    done = clean_table(table, column="html", url="url", config=Config(level="named"), profile=profile).to_pylist()
    rules = [[span["rule"] for span in row["removed"]] for row in done]
    assert ["site-template" in found for found in rules] == [True] * 5 + [False] * 2
    assert all(row["error"] is None for row in done)


def test_a_page_counts_once_and_order_does_not_matter() -> None:
    rows = pages(5, "a.example")
    twice = pa.Table.from_pylist([*reversed(rows), *rows[:3]])
    assert learn_table(twice, url="url").as_json() == learn_table(pa.Table.from_pylist(rows), url="url").as_json()


def test_a_profile_of_a_table_is_that_of_a_folder() -> None:
    rows = pages(6, "a.example")
    site, once = Site(), set[int]()
    read = [Page.of(row["html"], "html") for row in rows]
    for page in read:
        site.add(page, once)
    for page in read:
        site.outside.update(site.carried.keys() & page.outside({*site.frequent()}))
    learnt = learn_table(pa.Table.from_pylist(rows), url="url").sites["a.example"]
    assert [learnt.pages, learnt.carried, learnt.outside, learnt.prose] == [
        site.pages,
        site.carried,
        site.outside,
        site.prose,
    ]


def test_documents_without_a_page_are_of_no_site() -> None:
    table = pa.table({"html": pa.array([None, b"<p>One line of it</p>"], pa.binary())})
    assert lines_of(table, column="html").to_pylist()[0]["text"] == "One line of it"


def test_a_cleaner_of_rows_is_the_same_behind_a_pickle() -> None:
    table = pa.Table.from_pylist(pages(4, "a.example"))
    cleaner = RowCleaner(Config(level="named"), "html", learn_table(table, url="url"))
    again = pickle.loads(pickle.dumps(cleaner))
    row = table.to_pylist()[0]
    assert again.clean(row["html"], row["url"]) == cleaner.clean(row["html"], row["url"])
