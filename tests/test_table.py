"""The stored table of the phrase packs says what the packs say, and is used for no other packs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.find import stored
from cleantext.find.hashed import Hashed, hashed, numbers, stored_numbers
from cleantext.find.packs import digest, folder, packs
from cleantext.find.phrases import Phrases
from cleantext.find.stored import NAME, load, opened, store, table
from cleantext.find.table import Table, build, wild_entries

FOLDER = Path(str(folder()))
STORED = (FOLDER / NAME).read_bytes()
PACK = """[share]
always = '''
pass on this story
Pass on: this * to **
Émile
'''
near = '''
** pass it on
'''
[words]
home = '''
hearth
'''
[cues]
share = '''
Passing
'''
"""
EDITED = PACK.replace("this story", "that story")


@pytest.fixture(scope="module")
def built() -> Table:
    return build(packs(folder()))


def opened_again(content: Mapping[str, str]) -> Hashed:
    starts, records = hashed(content)
    return Hashed(records, numbers(stored_numbers(starts)))


def test_it_is_fresh() -> None:
    assert store(folder()) == STORED, "the packs or their folding changed: run python -m cleantext.find"


def test_it_is_the_same_in_every_process() -> None:
    code = "import sys; from cleantext.find.stored import *; sys.stdout.buffer.write(store(folder()))"
    for seed in "12":
        made = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        assert made.stdout == STORED


def test_it_says_what_the_packs_say(built: Table) -> None:
    found = table()
    assert isinstance(found.whole, Hashed), "the stored table is not used"
    assert found.kinds == built.kinds
    assert found.opening == built.opening == {head[:4] for head in built.starts}
    assert found.closing == built.closing == set(built.ends)
    for name in ("whole", "starts", "ends", "short_starts", "short_ends", "words", "cues"):
        assert dict(getattr(found, name)) == getattr(built, name), name
        assert all(getattr(found, name).get(key) == value for key, value in getattr(built, name).items()), name


def test_every_phrase_is_found_with_its_label(built: Table) -> None:
    plain, found = Phrases(built), Phrases(table())
    for key, entry in built.whole.items():
        assert found.look_up(key) == plain.look_up(key) == built.label(entry, key)
    for index in (built.starts, built.ends, built.short_starts, built.short_ends):
        for lines in islice(index.values(), None, None, 7):
            for part, entry in wild_entries(lines):
                line = f"{part}{entry[1:].replace('*', ' ida roe ')}{part}"
                assert found.look_up(line) == plain.look_up(line)


@given(st.text())
@settings(deadline=None)  # the first look-up reads the table
def test_what_is_no_phrase_is_none(text: str) -> None:
    assert table().whole.get(text) is None or text in dict(table().whole)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"]))
    ),
    st.lists(st.text(st.characters())),
)
def test_a_hashed_mapping_is_the_mapping(content: dict[str, str], others: list[str]) -> None:
    found = opened_again(content)
    assert dict(found) == content
    assert len(found) == len(content)
    for key in (*content, *others):
        assert found.get(key) == content.get(key)
        assert (key in found) is (key in content)
    assert hashed(dict(reversed(content.items()))) == hashed(content)


def collisions() -> Iterator[str]:
    """Strings that fall into one bucket of a table of four."""
    return (text for text in map(str, range(10_000)) if crc32(text.encode()) & 3 == 1)


def test_keys_of_one_bucket_are_told_apart() -> None:
    first, second, absent = islice(collisions(), 3)
    found = opened_again({first: "1", second: "2"})
    assert [found.get(first), found.get(second), found.get(absent), found.get(absent, "3")] == ["1", "2", None, "3"]
    with pytest.raises(KeyError):
        found[absent]


def test_a_key_cannot_be_made_of_parts_of_records() -> None:
    found = opened_again({"a": "b", "c": "d"})
    assert not any(key in found for key in ("", "b", "a\xfeb", "\xffa", "a\udcfeb", "a\udcfeb\udcffc", "\ud800"))


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A folder with one pack and its stored table."""
    (tmp_path / "en.toml").write_text(PACK, encoding="utf-8")
    (tmp_path / NAME).write_bytes(store(tmp_path))
    return tmp_path


def test_a_stored_table_is_used(edited: Path) -> None:
    found = load(edited)
    assert isinstance(found.whole, Hashed)
    assert found == build(packs(edited))
    label = Phrases(found).look_up("pass on: this tale to ida")
    assert label == ("share", "always", "Pass on: this * to **", "en")
    assert Phrases(found).look_up("emile") == ("share", "always", "Émile", "en")
    assert Phrases(found).look_up("now pass it on") == ("share", "near", "** pass it on", "en")
    assert (found.words["home"], found.cues["en"]) == ("hearth", "passing\tshare")


def test_an_edited_pack_counts_at_once(edited: Path) -> None:
    assert len(EDITED) == len(PACK)
    (edited / "en.toml").write_text(EDITED, encoding="utf-8")
    assert Phrases(load(edited)).look_up("pass on this story") is None
    assert Phrases(load(edited)).look_up("pass on that story") is not None


def test_another_pack_counts_at_once(edited: Path) -> None:
    (edited / "fr.toml").write_text("[share]\nalways = '''\npasser\n'''\n", encoding="utf-8")
    label = Phrases(load(edited)).look_up("passer")
    assert label is not None
    assert label.language == "fr"
    (edited / "fr.toml").rename(edited / "it.toml")
    label = Phrases(load(edited)).look_up("passer")
    assert label is not None
    assert label.language == "it"


@pytest.mark.parametrize("content", [b"", b"{}", b"phrases1", STORED[:20], STORED[:999], STORED[:-1], STORED])
def test_without_a_stored_table_of_these_packs_the_packs_count(content: bytes, edited: Path) -> None:
    (edited / NAME).write_bytes(content)
    assert load(edited) == build(packs(edited))
    (edited / NAME).unlink()
    assert load(edited) == build(packs(edited))


@given(st.data())
def test_a_damaged_table_is_told_from_a_whole_one(data: st.DataObject) -> None:
    whole = stored.content(build([("en", {"share": {"always": "pass on this story"}})]), b"12345678")
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    length = data.draw(st.integers(0, len(whole) - 1))
    assert opened(whole, b"12345678").whole == {"pass on this story": "!"}
    for damaged in (whole[:at] + bytes([changed]) + whole[at + 1 :], whole[:length], whole + b"\n"):
        with pytest.raises(ValueError, match="table"):
            opened(damaged, b"12345678")


def test_a_package_in_a_zip_has_it_too(tmp_path: Path) -> None:
    for name in ("en.toml", "de.toml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    (tmp_path / NAME).write_bytes(store(tmp_path))
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as package:
        for name in ("en.toml", "de.toml", NAME):
            package.write(tmp_path / name, f"phrases/{name}")
    inside = zipfile.Path(tmp_path / "package.zip", "phrases/")
    assert digest(inside) == digest(tmp_path)
    found = load(inside)
    assert isinstance(found.whole, Hashed)
    assert found == load(tmp_path)


def test_threads_may_share_it() -> None:
    found, lines = Phrases(table()), list(islice(table().whole, 2000)) * 2
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(found.look_up, lines))
