"""Bits flipped in the file of a store: found when it is opened, with the file and the way back named; or without effect on what it holds."""

import contextlib
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crossread.errors import StoreError
from crossread.records import Document
from crossread.store import connection, open_store
from crossread.store.maintenance import backup, check, restore
from crossread.store.review import ReviewLog
from tests.torture.conftest import counts
from tests.torture.content import digest_of
from tests.torture.phases import PHASES, STORE, prepared

WORDS = ("died", "bridge", '"will not sign"', "Renn", "nothing of this")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, model: None) -> Path:
    """A store with something in each table."""
    folder = tmp_path_factory.mktemp("damage")
    phase = next(p for p in PHASES if p.name == "export")
    path = folder / STORE
    shutil.copy(prepared(phase, folder) / STORE, path)
    with open_store(path) as store:
        log = ReviewLog(store)
        log.append(at="2031-04-08T09:00:00Z", person="ada", action="reject", finding="event:1", reason="not so")
        log.save_search("bridge", "q=bridge", at="2031-04-08T09:00:00Z")
        store.add(Document(id="o", text="Kept as it came."), arrived="2031-04-08T09:00:00Z", original=b"Kept as it came." * 200)
    return path


@contextlib.contextmanager
def flipped(path: Path, position: int, bit: int) -> Iterator[Path]:
    """The file with one bit changed, in a place of its own."""
    data = bytearray(path.read_bytes())
    data[position] ^= 1 << bit
    damaged = path.with_name("damaged.db")
    damaged.write_bytes(data)
    connection._looked_through.clear()
    try:
        yield damaged
    finally:
        for left in path.parent.glob("damaged.db*"):
            left.unlink()


def seen(path: Path) -> object:
    """All that can be seen of a store: its rows, what is found by words, what comes back as records."""
    with open_store(path) as store:
        found = [store.search(words) for words in WORDS]
        records = [*store.documents(limit=1000), *store.readings(), *store.stories()]
    return digest_of(path), found, records


@counts(100, 1000)
def test_flipped_bit_is_found_at_the_start_or_has_no_effect(count: int, good: Path, figure: Callable[[str], None]) -> None:
    chance, size = random.Random(count), good.stat().st_size
    before = seen(good)
    ended: Counter[str] = Counter()
    while ended["found at the start"] < count and ended.total() < 5 * count:  # as many that hit something as were asked for
        position, bit = chance.randrange(size), chance.randrange(8)
        with flipped(good, position, bit) as damaged:
            try:
                open_store(damaged).close()
            except StoreError as err:
                message = str(err)
                assert str(damaged) in message, message
                assert f"crossread restore BACKUP {damaged}" in message, message
                ended["found at the start"] += 1
                continue
            assert seen(damaged) == before, f"bit {bit} of byte {position} changed what the store holds, and nobody noticed"
            with open_store(damaged) as store:
                store.add(Document(id="later", text="Snow fell."), arrived="2031-04-09T09:00:00Z")
            assert check(damaged).faults == ()
            ended["in unused space"] += 1
    assert ended["found at the start"] == count
    figure(
        f"flipped bits in a store of {size:,} bytes: {ended.total()}; {', '.join(f'{k} {v}' for k, v in ended.items())}; 0 unnoticed"
    )


@pytest.mark.parametrize(
    "words",
    [("read", "--store"), ("link", "--store"), ("check",), ("ingest", "in", "--store"), ("export", "-f", "json", "--store")],
)
def test_commands_name_the_damage(words: tuple[str, ...], good: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    data = good.read_bytes()
    at = data.index(b"will not sign")
    with flipped(good, at, 2) as damaged:
        line = [sys.executable, "-m", "crossread", *words, str(damaged)]
        done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == (1 if words == ("check",) else 3)
    assert "Traceback" not in done.stderr
    assert str(damaged) in done.stderr
    assert "crossread restore BACKUP" in done.stderr


def test_damaged_store_comes_back_from_its_backup(good: Path, tmp_path: Path) -> None:
    copy, wanted = tmp_path / "copy.db", seen(good)
    backup(good, copy)
    at = good.read_bytes().index(b"will not sign")
    with flipped(good, at, 2) as damaged:
        with pytest.raises(StoreError, match="is damaged itself"):
            restore(damaged, tmp_path / "other.db")
        kept = restore(copy, damaged)
        assert seen(damaged) == wanted
        assert kept is not None
        assert kept.exists()


def test_store_too_large_to_look_through_is_checked_as_it_is_read(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "LOOK_THROUGH_BYTES", 0)
    data = good.read_bytes()
    messages = []
    at = data.find(b"will not sign")
    while at >= 0:
        with flipped(good, at, 2) as damaged, open_store(damaged) as store:
            try:
                _ = [*store.documents(limit=1000), *store.readings(), *store.stories()]
            except StoreError as err:
                messages.append(str(err))
        at = data.find(b"will not sign", at + 1)
    assert len(messages) >= 5
    assert all("crossread restore BACKUP" in message for message in messages)
