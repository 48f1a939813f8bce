"""Invented web pages around invented reports: navigation, share buttons, related headlines, scripts and a footer, as outlets print them.

A page of 500 words has about 60 kB, of which the report is a twentieth part.
"""

import gzip
import html
import json
import random
from pathlib import Path

from benchmarks.generator import Report, reports

_SECTIONS = ("World", "Politics", "Business", "Science", "Health", "Sports", "Arts", "Travel", "Opinion", "Video")
_SCRIPT = "(function(){var q=window.__q=window.__q||[];q.push({slot:%d,name:'%s',sizes:[[300,250],[728,90]],lazy:true});})();"


def page(report: Report, seed: int = 1) -> str:
    """The page of a report."""
    random_ = random.Random(f"{report.id} {seed}")
    paragraphs = "\n".join(f"<p>{html.escape(p)}</p>" for p in report.text.split("\n\n"))
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": report.title,
        "datePublished": f"{report.published}T08:00:00Z",
        "publisher": {"@type": "Organization", "name": report.publisher},
    }
    scripts = "\n".join(f"<script>{_SCRIPT % (n, random_.randrange(10**9)) * 4}</script>" for n in range(40))
    menu = "".join(
        f'<li class="nav-item nav-item--{s.lower()}"><a class="nav-link" href="/{s.lower()}/{n}">{s} {n}</a></li>'
        for s in _SECTIONS
        for n in range(12)
    )
    related = "".join(
        f'<li class="card"><a class="card-link" href="/news/{random_.randrange(10**6)}"><img src="/i/{n}.jpg" alt="" width="300" height="200">'
        f'<span class="card-title">Talks about matter {n} go on in town {random_.randrange(100)}</span></a></li>'
        for n in range(60)
    )
    style = "".join(f".c{n}{{margin:{n % 9}px;padding:{n % 7}px;color:#{n * 997 % 4096:03x}}}" for n in range(260))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(report.title)} - {report.publisher}</title>'
        f'<meta property="og:site_name" content="{report.publisher}"><meta property="og:title" content="{html.escape(report.title)}">'
        f'<meta property="article:published_time" content="{report.published}T08:00:00Z"><style>{style}</style>'
        f'<script type="application/ld+json">{json.dumps(about)}</script>{scripts}</head><body><header><nav><ul>{menu}</ul></nav></header>'
        f'<main><article><h1>{html.escape(report.title)}</h1><div class="share"><a href="#">Share</a><a href="#">Tweet</a></div>'
        f'<div class="article-body">{paragraphs}</div></article><aside><h2>Related</h2><ul>{related}</ul></aside></main>'
        f"<footer><ul>{menu}</ul><p>Copyright 2031 {report.publisher}. All rights reserved.</p></footer></body></html>"
    )


def write_archive(path: Path, n: int, sentences: int) -> tuple[int, int]:
    """Write a web archive (WARC, packed record by record) of ``n`` pages; returns words of the reports and bytes of the pages."""
    words = size = 0
    with path.open("wb") as out:
        for r in reports(n, sentences=sentences):
            body = page(r).encode()
            words, size = words + len(r.text.split()), size + len(body)
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{int(r.id[1:]):012d}>\r\n"
                f"WARC-Date: {r.published}T09:00:00Z\r\nWARC-Target-URI: https://www.{r.publisher.split()[0].lower()}.example/news/{r.id}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + answer + b"\r\n\r\n", 6, mtime=0))
    return words, size
