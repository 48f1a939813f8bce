"""Web pages to documents."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from crossread.ingest import ingest_bytes, ingest_paths
from crossread.jsonlines import encode
from crossread.records import Document

SHARED = Path(__file__).parents[4] / "shared"
PARAGRAPHS = [
    "The army of Kardenia shelled the town of Varnik on Monday, killing four people, residents and a nurse said.",
    "Rescue workers reached the market in the afternoon and carried nine wounded people to the harbour, they said.",
    "The government in Ostrel said that it knew of no shelling and that its guns had been silent since Sunday night.",
    "A ferry that was to bring flour from Pell turned back before noon because nobody would vouch for its safety.",
]
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def page(html: str) -> Document:
    (document,) = ingest_bytes(html.encode(), name="page.html")
    return document


def whole(head: str = "", before: str = "", after: str = "") -> str:
    nav = "<nav><a href='/'>Home</a><a href='/w'>World</a></nav>"
    report = f"<article>{before}{BODY}{after}</article>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{nav}{report}<footer>© 2023</footer></body></html>"


def test_page_gives_its_paragraphs() -> None:
    document = page(whole(before="<h1>Varnik shelled again as talks stall</h1>"))
    assert document.text.split("\n\n") == ["Varnik shelled again as talks stall", *PARAGRAPHS]
    assert document.title_span == (0, 35)
    assert document.problems == ()


def test_page_headline_is_cut_from_the_name_of_the_outlet() -> None:
    head = "<title>Varnik shelled again - The Lakeside Tribune</title><meta property='og:site_name' content='The Lakeside Tribune'>"
    document = page(whole(head=head))
    assert (document.title, document.publisher) == ("Varnik shelled again", "The Lakeside Tribune")


def test_page_linked_data_outrank_the_rest() -> None:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {
                "@type": ["NewsArticle"],
                "headline": "Varnik shelled &amp; starved",
                "datePublished": "2023-05-08T23:30:00-04:00",
                "author": [{"name": "Ilse Vorrin"}, {"name": "Bran Tesk"}],
                "publisher": {"name": "Belgor Herald"},
            },
        ],
    }
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script><meta name='date' content='2020-01-01'>"
    document = page(whole(head=head))
    assert (document.title, document.byline, document.publisher) == (
        "Varnik shelled & starved",
        "Ilse Vorrin, Bran Tesk",
        "Belgor Herald",
    )
    assert document.published is not None
    assert document.published.start == "2023-05-08"


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2023-05-08T10:00:00Z'>",
        "<meta itemprop='datePublished' content='2023-05-08'>",
        "<meta name='parsely-pub-date' content='2023-05-08T10:00:00Z'>",
    ],
)
def test_page_publication_day_from_metadata(head: str) -> None:
    document = page(whole(head=head))
    assert document.published is not None
    assert document.published.start == "2023-05-08"


def test_page_publication_day_as_printed() -> None:
    document = page(whole(before="<time itemprop='datePublished' datetime='2023-05-08T10:00'>8 May</time>"))
    assert document.published is not None
    assert document.published.start == "2023-05-08"


def test_page_captions_are_kept_as_removed() -> None:
    html = whole(before="\n\n<figure><img src='a.jpg'><figcaption>A tram in the market square</figcaption></figure>")
    document = page(html)
    assert "tram" not in document.text
    captions = [(r.text, r.line) for r in document.removed if r.reason == "photo_caption"]
    assert captions == [("A tram in the market square", 3)]


def test_page_lines_outside_the_main_text_are_kept_as_removed() -> None:
    html = whole(before="<h1>Varnik shelled again</h1>", after="").replace("<footer>", "\n<footer><p>Ferry fares rise</p>")
    document = page(html)
    assert [(r.text, r.reason, r.line) for r in document.removed] == [
        ("HomeWorld", "outside_main_text", 1),
        ("Ferry fares rise", "outside_main_text", 2),
        ("© 2023", "copyright", 2),
    ]


def test_page_without_a_main_text_is_stripped_and_flagged() -> None:
    document = page("<html><body><script>var x = 1</script><b>Nine died.</b></body></html>")
    assert "Nine died." in document.text
    assert "var x" not in document.text
    assert {p.code for p in document.problems} <= {"html.stripped"}


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "<b>" * 3000 + "Nine people died in Varnik on Monday, a nurse said." + "</b>" * 3000,
        "<<<>>><p",
        "<html",
        "</p></p></html>",
        "<html><body>" + "<!--" * 1000,
        "<script type='application/ld+json'>{\"@type\": [[[[" + BODY,
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + BODY,
        "\x00<html>\x00" + BODY,
    ],
)
def test_broken_page_is_never_a_crash(html: str) -> None:
    document = page(html)
    assert document.text.strip() or document.problems


def test_page_in_a_json_line(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": "p1", "html": whole(), "title": "Varnik shelled", "url": "https://courier.example/a"}))
    (document,) = ingest_paths([path])
    assert (document.id, document.title, document.publisher) == ("p1", "Varnik shelled", "courier.example")


@pytest.mark.shared
def test_pages_of_real_outlets_reach_the_figures(tmp_path: Path) -> None:
    gold = SHARED / "data" / "htmlnews" / "pages.jsonl.gz"
    if not gold.exists():
        pytest.skip("the corpus of news pages is not beside the project")
    pages = tmp_path / "pages"
    pages.mkdir()
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            (pages / f"{row['id']}.html").write_text(row["html"], encoding="utf-8")
    predicted = tmp_path / "documents.jsonl"
    predicted.write_bytes(b"".join(encode(d) + b"\n" for d in ingest_paths([pages])))
    scorer = [sys.executable, str(SHARED / "eval" / "score_html.py"), str(gold), str(predicted)]
    done = subprocess.run(scorer, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    assert figures["f1"] >= 0.955
    assert figures["publish_day"] >= 0.97
    assert figures["empty"] == 0
    assert figures["missing"] == 0
