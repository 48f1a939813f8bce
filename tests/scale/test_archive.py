"""Archives on both engines: the same results as linking in one process, whatever dies on the way."""

import gzip
import http.server
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.generator import reports

from crossread.calls import read_all
from crossread.errors import ConfigError, StoreError
from crossread.ingest import ingest_paths
from crossread.jsonlines import encode
from crossread.linking import link_stories
from crossread.scale import LinkOptions, LocalEngine, RayEngine, ReadOptions, link_archive, read_archive
from crossread.scale.archive import Archive
from crossread.scale.engines import Engine
from crossread.scale.shards import count_documents, cut

N = 36
SMALL = ReadOptions(shard_size=6, seconds=30)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    rows = [
        {"id": r.id, "title": r.title, "text": r.text, "publisher": r.publisher, "published": r.published}
        for r in reports(N, sentences=5, per_story=6)
    ]
    rows.append(rows[3])  # the same report once more
    rows.append({**rows[4], "text": rows[7]["text"], "publisher": "Another Paper"})  # another report under a taken id
    return [json.dumps(row) + "\n" for row in rows]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> Path:
    path = tmp_path_factory.mktemp("input") / "reports.jsonl"
    path.write_text("".join(lines))
    return path


def opened(kind: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An engine whose workers find the tests' own tasks."""
    own = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(p for p in own if p))
    return LocalEngine(2) if kind == "local" else RayEngine(workers=2)


@pytest.fixture(scope="module")
def local_engine() -> Iterator[LocalEngine]:
    engine = LocalEngine(2)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory, local_engine: LocalEngine) -> Path:
    """An archive read and linked without any fault."""
    folder = tmp_path_factory.mktemp("whole")
    read_archive([str(source)], str(folder), local_engine, SMALL)
    link_archive(str(folder), local_engine)
    return folder


def content(folder: Path, *tables: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of the tables of an archive, sorted."""
    archive = Archive(str(folder))
    return {t: sorted(archive.query(f"SELECT * FROM {{{t}}}").to_pylist(), key=repr) for t in tables}


def everything(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return content(folder, "documents", "readings", "signatures", "index", "copies", "stories", "events")


def test_stories_are_those_of_one_process(whole: Path, source: Path) -> None:
    expected = link_stories(read_all(ingest_paths([str(source)])))
    assert len(expected) > 3
    assert sorted(row["record"] for row in content(whole, "stories")["stories"]) == sorted(map(encode, expected))


def test_ray_gives_the_same(whole: Path, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = opened("ray", monkeypatch)
    try:
        progress = read_archive([str(source)], str(tmp_path), engine, SMALL)
        linked = link_archive(str(tmp_path), engine, LinkOptions(window_days=10))
    finally:
        engine.close()
    assert (progress.documents, progress.failed, linked.repeats) == (N + 2, 0, 1)
    assert everything(tmp_path) == everything(whole)


@pytest.mark.parametrize("task", ["killed_three_times", "on_a_full_disk"])
@pytest.mark.parametrize("kind", ["local", "ray"])
def test_faults_change_nothing(
    task: str, kind: str, whole: Path, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = tmp_path / "faults"
    faults.mkdir()
    monkeypatch.setenv("CROSSREAD_TEST_FAULTS", str(faults))
    folder = tmp_path / "archive"
    engine = opened(kind, monkeypatch)
    try:
        read_archive([str(source)], str(folder), engine, ReadOptions(shard_size=6, task=f"tests.scale.tasks:{task}"))
        link_archive(str(folder), engine)
    finally:
        engine.close()
    assert list(faults.iterdir())
    assert everything(folder) == everything(whole)


@pytest.mark.parametrize(
    ("kind", "word", "why"),
    [
        ("local", "POISON", "worker process ended"),
        ("ray", "POISON", "worker process ended"),
        ("local", "ENDLESS", "longer than 15 s"),
    ],
)
def test_poisoned_document_is_set_aside(
    kind: str, word: str, why: str, tmp_path: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = json.dumps({"id": "bad", "text": f"{word} of a report. Nobody reads on."}) + "\n"
    path = tmp_path / "in.jsonl"
    path.write_text("".join([*lines[:4], bad, *lines[4:10]]))
    engine = opened(kind, monkeypatch)
    options = ReadOptions(shard_size=6, seconds=15, task="tests.scale.tasks:poisoned")
    try:
        progress = read_archive([str(path)], str(tmp_path / "archive"), engine, options)
    finally:
        engine.close()
    assert (progress.documents, progress.failed) == (11, 1)
    failed = {r["id"]: r["reason"] for r in content(tmp_path / "archive", "documents")["documents"] if r["state"] == "failed"}
    assert list(failed) == ["bad"]
    assert why in failed["bad"]


def test_interrupted_run_goes_on_shard_by_shard(whole: Path, source: Path, local_engine: LocalEngine, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(progress: Any) -> None:
        if progress.done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        read_archive([str(source)], str(tmp_path), local_engine, SMALL, tell=stop)
    kept = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "readings").glob("*.parquet") if _is_finished(tmp_path, p)}
    assert len(kept) >= 3
    read_archive([str(source)], str(tmp_path), local_engine, SMALL)
    link_archive(str(tmp_path), local_engine)
    assert {n: (tmp_path / "readings" / n).stat().st_mtime_ns for n in kept} == kept
    assert everything(tmp_path) == everything(whole)
    stories = sorted((tmp_path / "stories").glob("*.parquet"))
    before = [p.stat().st_mtime_ns for p in stories]
    link_archive(str(tmp_path), local_engine)
    assert [p.stat().st_mtime_ns for p in stories] == before


def _is_finished(folder: Path, part: Path) -> bool:
    return (folder / "done" / f"read-{part.stem}.json").exists()


def test_kinds_of_input_are_cut_alike(lines: list[str], source: Path, tmp_path: Path) -> None:
    import duckdb

    packed = tmp_path / "reports.jsonl.gz"
    packed.write_bytes(gzip.compress("".join(lines).encode()))
    table = tmp_path / "reports.parquet"
    duckdb.sql(f"COPY (SELECT * FROM read_json('{source}')) TO '{table}' (FORMAT parquet)")
    for path in (source, packed, table):
        assert count_documents(str(path)) == len(lines)
    shards = list(cut([str(packed), "small.txt", "other.txt"], {str(packed): len(lines)}, 10))
    assert [p.first for s in shards[:-1] for p in s.pieces] == [0, 10, 20, 30]
    assert [p.path for p in shards[-1].pieces] == ["small.txt", "other.txt"]
    assert len({s.name for s in shards}) == len(shards)


def test_inputs_by_address(source: Path, local_engine: LocalEngine, tmp_path: Path) -> None:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(source.parent))

        def log_message(self, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/{source.name}"
        progress = read_archive([address], f"file://{tmp_path}/archive", local_engine, ReadOptions(shard_size=30))
    finally:
        server.shutdown()
        server.server_close()
    assert (progress.documents, progress.failed) == (N + 2, 0)


def test_archive_grows_by_inputs_that_it_does_not_hold(lines: list[str], local_engine: LocalEngine, tmp_path: Path) -> None:
    first, second, folder = tmp_path / "first.jsonl", tmp_path / "second.jsonl", tmp_path / "archive"
    first.write_text("".join(lines[:20]))
    second.write_text("".join(lines[20:]))
    read_archive([str(first)], str(folder), local_engine, SMALL)
    link_archive(str(folder), local_engine)
    before = set(Archive(str(folder)).parts("readings"))
    first.unlink()  # what was read is not looked at again
    grown = read_archive([str(second)], str(folder), local_engine, SMALL)
    assert (grown.documents, grown.failed) == (N + 2, 0)
    assert before < set(Archive(str(folder)).parts("readings"))
    whole = tmp_path / "whole"
    both = tmp_path / "both.jsonl"
    both.write_text("".join(lines))
    read_archive([str(both)], str(whole), local_engine, SMALL)
    link_archive(str(folder), local_engine)
    link_archive(str(whole), local_engine)
    assert stories_in(folder) == stories_in(whole)


def stories_in(folder: Path) -> list[bytes]:
    """The stories of an archive, sorted."""
    return sorted(Archive(str(folder)).query("SELECT record FROM {stories}").column(0).to_pylist())


def test_input_that_changed_is_refused(lines: list[str], local_engine: LocalEngine, tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(lines[:5]))
    read_archive([str(path)], str(tmp_path / "archive"), local_engine, SMALL)
    path.write_text("".join(lines[:6]))
    with pytest.raises(ConfigError, match="has changed since it was read"):
        read_archive([str(path)], str(tmp_path / "archive"), local_engine, SMALL)


def test_folder_of_other_files_is_no_archive(source: Path, local_engine: LocalEngine) -> None:
    with pytest.raises(ConfigError, match="holds files that are no archive"):
        read_archive([str(source)], str(source.parent), local_engine, SMALL)


def test_folder_without_readings_cannot_be_linked(local_engine: LocalEngine, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="crossread read INPUTS --to"):
        link_archive(str(tmp_path), local_engine)
