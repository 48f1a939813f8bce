"""What must hold of ingest for any text and any bytes."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from crossread.ingest import ingest_bytes, ingest_text
from crossread.ingest.clean import clean
from crossread.ingest.decode import normalise
from crossread.jsonlines import decode, encode
from crossread.records import Document

WORD = re.compile(r"\w+")
PIECES = [
    "Share",
    "Advertisement",
    "By Ilse Vorrin",
    "3 min read",
    "11 May, 2023",
    "( [email protected] ) May 12, 2023",
    "The Lakeside Tribune",
    "Varnik shelled again as talks stall",
    "Port workers end their strike over pay in Pell",
    "Most read",
    "Tags: Varnik, war",
    "A tram in the market square [AFP]",
    "Additional reporting by AFP",
    "VARNIK, May 9 (Reuters) - The army of Kardenia shelled the town on Monday, killing four people, a nurse said.",
    "Rescue workers reached the market in the afternoon and carried nine wounded people to the harbour, they said. (Reuters)",
    "The government in Ostrel said that it knew of no shelling and that its guns had been silent since Sunday night.",
    "“It knew of no shelling and that its guns had been silent”",
    "Amra Dellin, nurse",
    "Nobody was hurt.",
    "",
]
lines = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=60)), max_size=14)
breaks = st.sampled_from(["\n", "\n\n", "\r\n"])
reports = st.builds(lambda parts, mark: mark.join(parts), lines, breaks)


def words(text: str) -> list[str]:
    return sorted(WORD.findall(text))


@given(reports)
def test_nothing_is_lost(text: str) -> None:
    found = clean(normalise(text).text)
    kept = " ".join(p.text for p in found.paragraphs)
    removed = " ".join(r.text for r in found.removed)
    plain = re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064]", "", normalise(text).text)
    assert words(f"{kept} {removed}") == words(plain)


@given(reports)
def test_cleaning_twice_equals_once(text: str) -> None:
    once = ingest_text(text)
    assert ingest_text(once.text).text == once.text


@given(reports, st.one_of(st.none(), st.sampled_from(PIECES), st.text(max_size=30)))
def test_headline_stands_where_its_span_says(text: str, title: str | None) -> None:
    document = ingest_text(text, title=title)
    if document.title_span is not None:
        assert document.title_span.of(document.text) == document.title


@given(reports)
def test_lines_of_what_was_removed_hold_it(text: str) -> None:
    source = normalise(text).text.split("\n")
    for piece in clean("\n".join(source)).removed:
        head = WORD.findall(piece.text)[:1]
        assert 1 <= piece.line <= len(source)
        assert not head or head[0] in "\n".join(source[piece.line - 1 :])


@given(st.text())
def test_as_is_changes_nothing(text: str) -> None:
    assert ingest_text(text, as_is=True).text == text


@given(reports)
def test_documents_survive_json(text: str) -> None:
    document = ingest_text(text)
    assert decode(encode(document), Document) == document


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.csv", "a.zip", "a"]))
@settings(deadline=None)
def test_any_bytes_give_documents(data: bytes, name: str) -> None:
    for document in ingest_bytes(data, name=name):
        assert isinstance(document, Document)
        assert document.text.strip() or any(p.severity == "error" for p in document.problems)
        encode(document)


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.floats(), st.text()), lambda inner: st.dictionaries(st.text(), inner), max_leaves=6
    )
)
def test_any_json_value_gives_a_document(value: object) -> None:
    row = json.dumps({"text": value, "title": value, "published": value, "id": value, "url": value})
    (document,) = ingest_bytes(row.encode("utf-8", "surrogatepass"), name="in.jsonl")
    encode(document)
