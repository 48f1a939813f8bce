"""Going on inside an input: what was taken in before is passed over, and costs no building where the reader can tell."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from crossread.ingest import Entry, ingest_entries
from tests.unit.ingest.test_packed import LEAD, ROWS, SECOND, warc

N = 3
PAGES = [
    (
        f"https://courier.example/{n}",
        "200 OK",
        f"<html><body><article><p>{LEAD}</p><p>{SECOND} Round {n}.</p></article></body></html>".encode(),
    )
    for n in range(N)
]


def archive(**members: str) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in members.items():
            packed.writestr(name.replace("_", "."), text)
    return out.getvalue()


INPUTS = {
    "a.jsonl": f"{ROWS}\n\n".encode(),
    "a.jsonl.gz": gzip.compress(ROWS.encode()),
    "a.json": json.dumps([json.loads(row) for row in ROWS.splitlines()]).encode(),
    "a.csv": b"id,text\n" + "\n".join(f'r{n},"{LEAD} It was round {n}."' for n in range(N)).encode(),
    "a.warc": warc(PAGES[0], ("https://courier.example/none", "404 Not Found", b"<p>gone</p>"), *PAGES[1:]),
    "a.zip": archive(a_txt=f"{LEAD}\n", b_jsonl=ROWS, c_txt=f"{SECOND}\n"),
    "a.txt": f"{LEAD}\n".encode(),
}


def entries(path: Path, after: int | None = 0) -> list[Entry]:
    """All entries of a file from a place on."""
    return list(ingest_entries([path], after=lambda _: after))


@pytest.mark.parametrize("name", INPUTS)
def test_what_is_left_is_the_same_as_in_one_go(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(INPUTS[name])
    whole = entries(path)
    n = len(whole) - 1
    assert n == {"a.txt": 1, "a.zip": 5}.get(name, N)
    assert [e.number for e in whole] == [*range(1, n + 1), n]
    assert whole[-1].document is None
    for after in range(n + 1):
        assert entries(path, after) == whole[after:]
    assert entries(path, None) == []


@pytest.mark.parametrize(("name", "maker"), [("a.jsonl", "formats"), ("a.csv", "formats"), ("a.warc", "packed")])
def test_what_was_taken_in_before_is_not_built_again(
    name: str, maker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crossread.ingest import formats, packed

    module = {"formats": formats, "packed": packed}[maker]
    function = "row_document" if name == "a.csv" else "_line_document" if maker == "formats" else "html_document"
    plain, built = getattr(module, function), []

    def counted(*words: object, **options: object) -> object:
        built.append(words)
        return plain(*words, **options)

    monkeypatch.setattr(module, function, counted)
    path = tmp_path / name
    path.write_bytes(INPUTS[name])
    entries(path, N - 1)
    assert len(built) == 1
