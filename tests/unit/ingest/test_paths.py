"""Files, folders, archives and lines to documents."""

import gzip
import io
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest

from crossread.ingest import ingest_bytes, ingest_paths, ingest_text, is_failed, reader_names
from crossread.jsonlines import decode, encode
from crossread.problem_codes import PROBLEM_CODES
from crossread.records import Document, Problem

REPORT = """Varnik shelled again as talks stall

The army of Kardenia shelled the town of Varnik on Monday, killing four people, residents and a nurse said.

Rescue workers reached the market in the afternoon and carried nine wounded people to the harbour, they said.

Advertisement
"""
ROW = {
    "id": "a1",
    "title": "Varnik shelled",
    "text": "The army shelled the town of Varnik on Monday.\n\nShare",
    "published": "2023-05-08",
}


def read(*paths: Path | str, as_is: bool = False) -> list[Document]:
    return list(ingest_paths(paths, as_is=as_is))


def codes(document: Document) -> list[str]:
    return [p.code for p in document.problems]


def test_readers_that_ship() -> None:
    import crossread.ingest.formats  # noqa: F401 -- registers them

    assert {"csv.v1", "html.v1", "jsonl.v1", "text.v1", "zip.v1"} <= set(reader_names())


def test_text_file_is_one_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT)
    (document,) = read(path)
    assert document.title == "Varnik shelled again as talks stall"
    assert document.text.startswith(document.title + "\n\nThe army")
    assert document.title_span is not None
    assert document.title_span.of(document.text) == document.title
    assert (document.language, document.source.path) == ("en", str(path))  # type: ignore[union-attr]
    assert [r.reason for r in document.removed] == ["advertisement"]
    assert len(document.raw_sha256 or "") == 64


def test_id_comes_from_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_text(REPORT.replace("\n", "\r\n") + "\nShare\n")
    assert read(tmp_path / "a.txt")[0].id == read(tmp_path / "b.txt")[0].id == ingest_text(REPORT).id


def test_same_report_twice_is_given_once(tmp_path: Path) -> None:
    told: list[Problem] = []
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_text(REPORT)
    assert len(list(ingest_paths([tmp_path], on_problem=told.append))) == 1
    assert [p.code for p in told] == ["document.duplicate"]


def test_same_words_of_another_outlet_are_another_report(tmp_path: Path) -> None:
    rows = [{"text": REPORT, "publisher": p} for p in ("Belgor Herald", "Pell Evening Post")]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    first, second = read(path)
    assert first.id != second.id
    assert codes(second) == ["id.taken"]
    assert second.problems[0].doc_id == second.id


def test_folder_is_read_in_order_whatever_the_order_of_arguments(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "sub/a.txt", ".hidden.txt", "c.htm"):
        (tmp_path / name).write_text(
            f"<html><body><p>{REPORT}{name}</p></body></html>" if name == "c.htm" else f"{REPORT}\nThe end of {name}."
        )
    folder = [d.source.path for d in read(tmp_path)]  # type: ignore[union-attr]
    assert [os.path.relpath(p, tmp_path) for p in folder] == ["b.txt", "c.htm", "sub/a.txt"]
    assert folder == [d.source.path for d in read(tmp_path / "sub", tmp_path / "c.htm", str(tmp_path / "*.txt"))]  # type: ignore[union-attr]


def test_folder_passes_over_other_files_and_links(tmp_path: Path) -> None:
    told: list[Problem] = []
    secret = tmp_path / "secret.key"
    secret.write_text("canary")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "notes.yaml").write_text("a: 1")
    (folder / "link.txt").symlink_to(secret)
    assert list(ingest_paths([folder], on_problem=told.append)) == []
    assert sorted(p.code for p in told) == ["file.link", "file.skipped"]


def test_glob_without_match_is_told() -> None:
    told: list[Problem] = []
    assert list(ingest_paths(["no/such/*.txt"], on_problem=told.append)) == []
    assert [(p.code, p.severity) for p in told] == [("glob.no_match", "error")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "document.empty"),
        ("a.txt", b" \n\n", "document.empty"),
        ("a.txt", b"Share\n\nAdvertisement\n", "document.empty"),
        ("a.txt", b"%PDF-1.4 binary", "document.unreadable"),
        ("a.html", b"", "document.empty"),
        ("a.zip", b"PK not really", "document.unreadable"),
        ("a.csv", b"", "document.unreadable"),
        ("a.csv", b"name;age\nA;3", "document.unreadable"),
        ("a.jsonl", b"{", "line.not_json"),
        ("a.jsonl", b"[1]", "line.not_json"),
        ("a.jsonl", b'{"title": "x"}', "line.no_text"),
        ("a.jsonl", b'{"source": {}, "removed": [], "text": "x"}', "line.not_document"),
    ],
)
def test_fault_is_a_document_with_its_reason(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (document,) = read(path)
    assert document.text == ""
    assert codes(document) == [code]
    assert is_failed(document)
    assert document.problems[0].doc_id == document.id
    assert code in PROBLEM_CODES


def test_missing_file_is_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    documents = read(tmp_path / "none.txt", tmp_path / "a.txt")
    assert sorted(map(is_failed, documents)) == [False, True]
    assert [codes(d) for d in documents if is_failed(d)] == [["file.missing"]]


def test_failed_documents_have_ids_of_their_own(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"%PDF-1.4")
    first, second = read(tmp_path)
    assert first.id != second.id


def test_other_language_is_reported_not_guessed() -> None:
    text = "Die Armee hat die Stadt am Montag beschossen und dabei vier Menschen getötet. Die Regierung wies die Vorwürfe zurück."
    document = ingest_text(text)
    assert document.language == "de"
    assert codes(document) == ["language.not_read"]
    assert document.text == text


@pytest.mark.parametrize("text", ["Strenko in Belgor.", "OSTREL", "Melesk: nyet", "Varnik, Ossel, Pell, Brenna, Kell, Orsa"])
def test_short_text_is_not_misjudged(text: str) -> None:
    assert ingest_text(text).language in (None, "en")


# ---------------------------------------------------------------- JSON Lines and CSV


def test_json_line_puts_a_foreign_headline_first(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(ROW))
    (document,) = read(path)
    assert (document.id, document.text) == ("a1", "Varnik shelled\n\nThe army shelled the town of Varnik on Monday.")
    assert document.title_span == (0, 14)
    assert document.published is not None
    assert document.published.start == "2023-05-08"


def test_as_is_leaves_the_text_untouched(tmp_path: Path) -> None:
    text = " The army\r\n shelled  it.\n\nShare\n"
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": "a", "title": "T", "text": text}))
    (document,) = read(path, as_is=True)
    assert (document.text, document.title, document.title_span, document.removed) == (text, "T", None, ())
    (tmp_path / "b.txt").write_bytes(text.encode())
    assert read(tmp_path / "b.txt", as_is=True)[0].text == text


def test_documents_that_crossread_wrote_come_back(tmp_path: Path) -> None:
    written = ingest_text(REPORT, publisher="Belgor Herald", published="2023-05-08")
    path = tmp_path / "out.jsonl"
    path.write_bytes(encode(written) + b"\n")
    assert read(path) == [written]
    assert decode(encode(written), Document) == written


def test_bad_line_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(f"{json.dumps(ROW)}\nnot json\n\n{json.dumps({**ROW, 'id': 'a2', 'text': 'Nobody was hurt.'})}\n")
    documents = read(path)
    assert [d.source.line for d in documents] == [1, 2, 4]  # type: ignore[union-attr]
    assert [is_failed(d) for d in documents] == [False, True, False]


def test_csv_rows_are_reports(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        'Title;Text;Date\n"Varnik shelled";"The army shelled the town;\nfour died.";2023-05-08\n"Next";"Nobody was hurt.";\n'
    )
    first, second = read(path)
    assert first.text == "Varnik shelled\n\nThe army shelled the town;\n\nfour died."
    assert (first.source.line, second.source.line) == (2, 4)  # type: ignore[union-attr]


def test_unreadable_date_is_a_problem() -> None:
    assert codes(ingest_text("The army shelled the town of Varnik.", published="lately")) == ["date.unreadable"]


# ---------------------------------------------------------------- archives


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def test_zip_members_are_reports() -> None:
    inner = archive({"c.txt": b"A third report of the war, which is in an archive inside."})
    data = archive({"b.txt": REPORT.encode(), "a.jsonl": json.dumps(ROW).encode(), "z.zip": inner, "__MACOSX/x.txt": b"no"})
    documents = list(ingest_bytes(data, name="in.zip"))
    assert [is_failed(d) for d in documents] == [False, False, False]
    assert [d.text[:14] for d in documents] == ["Varnik shelled", "Varnik shelled", "A third report"]


def test_zip_bomb_is_refused() -> None:
    data = archive({"bomb.txt": b"0" * 20_000_000, "a.txt": REPORT.encode()})
    documents = list(ingest_bytes(data, name="in.zip"))
    assert [codes(d) for d in documents if is_failed(d)] == [["member.unreadable"]]
    assert len(documents) == 2


def test_archives_are_read_two_deep_at_most() -> None:
    data = archive({"c.txt": REPORT.encode()})
    for _ in range(3):
        data = archive({"z.zip": data})
    (document,) = ingest_bytes(data, name="in.zip")
    assert codes(document) == ["document.unreadable"]


def test_link_in_an_archive_is_not_followed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    (document,) = ingest_bytes(out.getvalue(), name="in.zip")
    assert codes(document) == ["member.unreadable"]


def test_damaged_member_costs_itself_alone() -> None:
    data = bytearray(archive({"a.txt": REPORT.encode() * 3, "b.txt": b"A second report, which is whole."}))
    data[60] ^= 0xFF
    documents = list(ingest_bytes(bytes(data), name="in.zip"))
    assert [is_failed(d) for d in documents] == [True, False]


LINE = '{"id": "a", "text": "Rain fell on the town.", "publisher": "Courier \\udfff"'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", LINE + ', "title": "Rain \\ud800 fell"}'),
        ("a.jsonl", LINE + ', "title": "Rain \\ud800 fell", "source": {"kind": "text"}, "removed": []}'),
        ("a.json", '{"version": "https://jsonfeed.org/version/1", "items": [' + LINE + ', "title": "Rain \\ud800 fell"}]}'),
    ],
    ids=["line", "document", "feed"],
)
def test_strings_that_are_no_characters_are_replaced(name: str, text: str) -> None:
    if "jsonfeed" in text:
        text = text.replace('"text"', '"content_text"')
    (document,) = ingest_bytes(text.encode(), name=name)
    assert document.title == "Rain \ufffd fell"
    assert encode(document)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_file_whose_name_is_no_text_is_read(tmp_path: Path) -> None:
    place = os.path.join(os.fsencode(tmp_path), b"rain-\xff.txt")
    with open(place, "wb") as file:
        file.write(b"Rain fell on the town.\n")
    for paths in ([tmp_path], [os.fsdecode(place)]):
        (document,) = ingest_paths(paths)
        assert document.source.path.endswith("rain-\\udcff.txt")  # type: ignore[union-attr]
        assert encode(document)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.json", b"[]"), ("a.jsonl", b"\n\n"), ("a.csv", b"id,text\n"), ("a.zip", b"PK\x05\x06" + b"\0" * 18), ("a.jsonl.gz", None)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_input_without_any_report_says_so(name: str, data: bytes | None, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"\n") if data is None else data)
    (document,) = ingest_paths([tmp_path / name])
    assert [name.removesuffix(".gz") in p.message and "there is no report in it" in p.message for p in document.problems] == [True]
