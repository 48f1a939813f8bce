"""`crossread read --to` and `crossread link` on an archive, as a person calls them."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
from benchmarks.generator import reports


def crossread(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "crossread", *words], capture_output=True, text=True, check=False)


def test_archive_from_a_folder_and_again(tmp_path: Path) -> None:
    source, archive = tmp_path / "in", tmp_path / "archive"
    source.mkdir()
    for r in reports(8, sentences=3, per_story=4):
        (source / f"{r.id}.jsonl").write_text(
            json.dumps({"id": r.id, "title": r.title, "text": r.text, "publisher": r.publisher, "published": r.published})
        )
    (source / "broken.jsonl").write_text("{not json\n")
    first = crossread("read", str(source), "--to", str(archive), "--shard-size", "4")
    assert first.returncode == 1, first.stderr
    assert "9 documents" in first.stderr
    assert "broken.jsonl" in first.stderr
    again = crossread("read", str(source), "--to", str(archive), "--shard-size", "4")
    assert again.stderr == first.stderr
    linked = crossread("link", str(archive))
    assert linked.returncode == 0, linked.stderr
    assert "8 documents" in linked.stderr
    stories = duckdb.sql(f"SELECT record FROM '{archive}/stories/*.parquet'").fetchall()
    assert sorted(d for (record,) in stories for d in json.loads(record)["documents"]) == sorted(r.id for r in reports(8))
    (n_events,) = duckdb.sql(f"SELECT count(*) FROM '{archive}/events/*.parquet'").fetchall()[0]
    assert n_events == sum(len(json.loads(record)["events"]) for (record,) in stories)


def test_archive_on_a_cluster_that_runs_already(tmp_path: Path) -> None:
    from ray.cluster_utils import Cluster

    source, here, there = tmp_path / "in.jsonl", tmp_path / "here", tmp_path / "there"
    rows = (
        {"id": r.id, "title": r.title, "text": r.text, "publisher": r.publisher, "published": r.published}
        for r in reports(12, sentences=3, per_story=4)
    )
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert crossread("read", str(source), "--to", str(here), "--shard-size", "4").returncode == 0
    assert crossread("link", str(here)).returncode == 0
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False})
    try:
        on_it = ("--engine", "ray", "--address", cluster.address)
        read = crossread("read", str(source), "--to", str(there), "--shard-size", "4", *on_it)
        assert read.returncode == 0, read.stderr
        linked = crossread("link", str(there), *on_it)
        assert linked.returncode == 0, linked.stderr
    finally:
        cluster.shutdown()
    for table in ("documents", "readings", "stories", "events", "copies"):
        found = [duckdb.sql(f"SELECT * FROM '{folder}/{table}/*.parquet' ORDER BY ALL").fetchall() for folder in (here, there)]
        assert found[0] == found[1]
        assert found[0] or table == "copies"


def test_wrong_use_says_what_to_do(tmp_path: Path) -> None:
    without = crossread("read", str(tmp_path), "--engine", "ray")
    assert without.returncode == 2
    assert "--to FOLDER" in without.stderr
    unknown = crossread("read", str(tmp_path), "--to", str(tmp_path / "out"), "--engine", "dask")
    assert unknown.returncode == 3
    assert "no engine 'dask'; there are: local, ray" in unknown.stderr
    empty = crossread("read", str(tmp_path), "--to", str(tmp_path / "out"))
    assert empty.returncode == 3
    assert "no input under" in empty.stderr
    unreachable = crossread("read", __file__, "--to", str(tmp_path / "out"), "--address", "127.0.0.1:1")
    assert unreachable.returncode == 3
    assert "--address belongs to --engine ray" in unreachable.stderr
