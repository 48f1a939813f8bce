"""Archives in object storage, through fsspec: in memory always, in an S3 service where one can be started here."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import fsspec
import pytest
from benchmarks.generator import reports

from crossread.errors import ConfigError
from crossread.scale import LocalEngine, ReadOptions, link_archive, read_archive
from crossread.scale.archive import Archive
from crossread.scale.engines import Outcome, call

N = 10
SMALL = ReadOptions(shard_size=4, seconds=600)


class Here:
    """An engine that runs calls in this process, as a file system in memory is not seen by any other."""

    workers = 1

    def run(self, function: str, calls: Sequence[tuple[Any, ...]]) -> Iterator[Outcome]:
        """Outcomes in the order of the calls."""
        for number, arguments in enumerate(calls):
            yield Outcome(number, call(function, arguments))

    def close(self) -> None:
        """Nothing to end."""


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return [
        json.dumps({"id": r.id, "title": r.title, "text": r.text, "publisher": r.publisher, "published": r.published}) + "\n"
        for r in reports(N, sentences=3, per_story=5)
    ]


@pytest.fixture(scope="module")
def expected(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Stories of an archive in a folder."""
    folder = tmp_path_factory.mktemp("folder")
    (folder / "in.jsonl").write_text("".join(lines))
    read_archive([str(folder / "in.jsonl")], str(folder / "archive"), Here(), SMALL)
    link_archive(str(folder / "archive"), Here())
    return stories(str(folder / "archive"))


def stories(address: str) -> list[bytes]:
    """The stories of an archive, sorted."""
    return sorted(Archive(address).query("SELECT record FROM {stories}").column(0).to_pylist())


def test_archive_in_memory_has_the_stories_of_one_in_a_folder(lines: list[str], expected: list[bytes]) -> None:
    space = fsspec.filesystem("memory")
    try:
        space.pipe_file("/news/a.jsonl", "".join(lines[:6]).encode())
        space.pipe_file("/news/b.jsonl", "".join(lines[6:]).encode())
        first = read_archive(["memory://news/*.jsonl"], "memory://results/2031", Here(), SMALL)
        assert (first.documents, first.failed) == (N, 0)
        assert read_archive(["memory://news/*.jsonl"], "memory://results/2031", Here(), SMALL) == first
        link_archive("memory://results/2031", Here())
        assert stories("memory://results/2031") == expected
        with pytest.raises(ConfigError, match="no archive"):
            read_archive(["memory://news/*.jsonl"], "memory://news", Here(), SMALL)
    finally:
        space.rm("/", recursive=True)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket of an S3 service on this machine."""
    pytest.importorskip("s3fs", reason="an S3 service is tested where s3fs and moto[server] are installed")
    server_of = pytest.importorskip("moto.server", reason="an S3 service is tested where s3fs and moto[server] are installed")
    server = server_of.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "tests",
        "AWS_SECRET_ACCESS_KEY": "tests",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    fsspec.filesystem("s3").clear_instance_cache()
    fsspec.filesystem("s3").mkdir("news")
    try:
        yield "s3://news"
    finally:
        fsspec.filesystem("s3").clear_instance_cache()
        server.stop()


def test_archive_in_an_s3_service_has_the_stories_of_one_in_a_folder(
    bucket: str, lines: list[str], expected: list[bytes], tmp_path: Path
) -> None:
    (tmp_path / "in.jsonl").write_text("".join(lines))
    fsspec.filesystem("s3").put(str(tmp_path / "in.jsonl"), f"{bucket}/in/reports.jsonl")
    engine = LocalEngine(2)
    try:
        read = read_archive([f"{bucket}/in/*.jsonl"], f"{bucket}/archive", engine, SMALL)
        link_archive(f"{bucket}/archive", engine)
    finally:
        engine.close()
    assert (read.documents, read.failed) == (N, 0)
    assert stories(f"{bucket}/archive") == expected
