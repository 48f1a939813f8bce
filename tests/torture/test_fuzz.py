"""Mutated pages, feeds and reports: nothing crashes, nothing is silently empty, every failure has its reason.

CI tries a few hundred; the torture counts are 200,000 pages, every cut of the example reports, 10,000 flips of bits, all encodings.
``CROSSREAD_FUZZ_PAGES`` sets another number of pages.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crossread.ingest import ingest_bytes, is_failed
from crossread.records import Document

EXAMPLES = Path(__file__).parents[2] / "src" / "crossread" / "examples" / "varnik"
CANARY = "canary-5be1"
PIECES = (
    b"<", b">", b"</", b"<div", b"<p>", b"</p>", b"<table><tr><td>", b"<script>", b"</script>", b"<!--", b"-->", b"<![CDATA[",
    b"]]>", b"&#0;", b"&#x110000;", b"&amp", b"<svg><style><img src=x>", b"<template>", b"<noscript>", b"<plaintext>", b"\x00",
    b"\xff\xfe", b"\xe2\x80", b"<meta charset=utf-7>", b"<base href=//x>", b"<a href='" + b"x" * 300 + b"'>",
    b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///nowhere'>]>&x;", b"<?xml version='1.0' encoding='utf-16'?>",
    b"<iframe srcdoc='<p>", b"<math><mtext>", b"<select><option>", b"<b>" * 200, b"\r\n\r\n",
)  # fmt: skip


def pages() -> list[bytes]:
    """What is mutated: the example page, the example reports as pages, a feed."""
    texts = [p.read_text() for p in sorted(EXAMPLES.glob("*.txt"))]
    found = [p.read_bytes() for p in sorted(EXAMPLES.glob("*.html"))]
    for text in texts:
        body = "".join(f"<p>{line}</p>" for line in text.split("\n") if line.strip())
        found.append(f"<html><head><title>{text[:40]}</title></head><body><article>{body}</article></body></html>".encode())
    return found


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A page changed in one to a dozen places: bytes flipped, pieces put in, stretches cut out, doubled or moved."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 3, 5, 12))):
        at, end = sorted((chance.randrange(len(out) + 1), chance.randrange(len(out) + 1)))
        end = min(end, at + 2_000)
        kind = chance.randrange(5)
        if kind == 0 and out:
            out[min(at, len(out) - 1)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            out[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 1, 40))
        elif kind == 2:
            del out[at:end]
        elif kind == 3:
            out[at:at] = out[at:end]
        else:
            stretch = out[at:end]
            del out[at:end]
            place = chance.randrange(len(out) + 1)
            out[place:place] = stretch
    return bytes(out[:400_000])


def check(data: bytes, name: str) -> Document:
    """One document, read or listed with its reason; the child that parses markup has bounds of its own."""
    start = time.process_time()
    found = list(ingest_bytes(data, name=name))
    assert time.process_time() - start < 6
    assert len(found) == 1, name
    (document,) = found
    assert document.text.strip() or is_failed(document), data[:300]
    assert all(p.message for p in document.problems)
    assert CANARY not in document.text
    return document


@pytest.mark.parametrize(
    "n",
    [
        pytest.param(300, id="ci"),
        pytest.param(int(os.environ.get("CROSSREAD_FUZZ_PAGES", "200000")), marks=pytest.mark.torture, id="torture"),
    ],
)
@pytest.mark.timeout(0)
def test_mutated_pages(n: int, tmp_path: Path) -> None:
    (tmp_path / "canary").write_text(CANARY)
    chance, sources = random.Random(n), pages()
    n_read = sum(bool(check(mutated(chance.choice(sources), chance), "page.html").text.strip()) for _ in range(n))
    assert n_read > 0.9 * n


def cuts(step: int) -> Iterator[tuple[bytes, str]]:
    """The example reports cut at every ``step``-th byte."""
    for path in sorted(EXAMPLES.iterdir()):
        if path.is_file() and path.suffix in (".txt", ".html", ".jsonl"):
            data = path.read_bytes()
            yield from ((data[:cut], path.name) for cut in range(0, len(data), step))


@pytest.mark.torture
@pytest.mark.timeout(0)
def test_every_cut_and_ten_thousand_flips() -> None:
    n = 0
    for data, name in cuts(1):
        check(data, name)
        n += 1
    chance = random.Random(3)
    sources = [(p.read_bytes(), p.name) for p in sorted(EXAMPLES.glob("*.txt"))]
    for _ in range(10_000):
        data, name = chance.choice(sources)
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 1, 3, 50))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        check(bytes(damaged), name)
    assert n > 5_000
