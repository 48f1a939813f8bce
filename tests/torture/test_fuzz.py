"""Mutated pages and reports, cut, flipped and in other encodings: nothing crashes or is silently empty, every failure has its reason.

CI tries a few hundred; the torture counts are 200,000 pages, every cut of the example reports and of the seeds beside the project, and
10,000 flips of bits of each.  An attempt depends on its number alone; the large counts are split into ranges that run, fail and are run again
by themselves (``pytest -m torture "tests/torture/test_fuzz.py::test_mutated_pages[190000]"``).  An attempt that ends the whole process is
named in the file ``at`` of the test's folder.
"""

import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crossread.ingest import ingest_bytes, is_failed
from crossread.records import Document

EXAMPLES = Path(__file__).parents[2] / "src" / "crossread" / "examples" / "varnik"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
N_PAGES = 200_000
N_FLIPS = 10_000
RANGE = 10_000
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


def faults_of(attempts: Iterator[tuple[str, bytes, str]], folder: Path) -> tuple[list[str], int]:
    """What went wrong, by the name of the attempt, and how many documents were read; the attempt in hand is named in a file."""
    faults, n_read, before = [], 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open(folder / "at", "wb", buffering=0) as at:
        for label, data, name in attempts:
            at.seek(0)
            at.write(f"{label:<60}\n".encode())
            try:
                n_read += bool(check(data, name).text.strip())
            except Exception as err:  # one fault does not hide the others
                faults.append(f"{label}: {type(err).__name__}: {str(err)[:500]}")
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1024**2
    )  # kB; other tests of the process may have taken more before
    return faults, n_read


def ranges(count: int) -> list[range]:
    """Attempts in ranges that run by themselves."""
    return [range(first, min(first + RANGE, count)) for first in range(0, count, RANGE)]


def in_ranges(suite: int, torture: int) -> pytest.MarkDecorator:
    """Run a test for the first few attempts with the suite, and for all of them, range by range, under ``make torture``."""
    larger = [pytest.param(r, marks=[pytest.mark.torture, pytest.mark.timeout(7200)], id=f"{r.start}") for r in ranges(torture)]
    return pytest.mark.parametrize("numbers", [pytest.param(range(suite), id="ci"), *larger])


def mutated_page(number: int, sources: list[bytes]) -> bytes:
    """The page of a number, always the same."""
    chance = random.Random(f"page {number}")
    return mutated(chance.choice(sources), chance)


@in_ranges(300, N_PAGES)
def test_mutated_pages(numbers: range, tmp_path: Path, figure: Callable[[str], None]) -> None:
    (tmp_path / "canary").write_text(CANARY)
    sources = pages()
    faults, n_read = faults_of(((f"page {n}", mutated_page(n, sources), "page.html") for n in numbers), tmp_path)
    assert faults == []
    assert n_read > 0.9 * len(numbers)
    figure(f"mutated pages {numbers.start} to {numbers.stop - 1}: {n_read} read, {len(numbers) - n_read} listed with their reason")


# ---------------------------------------------------------------- cuts, flips, encodings

ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "iso-8859-15", "mac-roman", "cp850", "utf-7", "cp037",
)  # fmt: skip
FOLDERS = [
    pytest.param(EXAMPLES, id="examples"),
    pytest.param(SEEDS, id="seeds", marks=pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the project")),
]


def reports(folder: Path) -> list[tuple[str, bytes]]:
    """The reports of a folder by name."""
    return [(p.name, p.read_bytes()) for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".html")]


@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_cut(folder: Path, tmp_path: Path, figure: Callable[[str], None]) -> None:
    cuts = [(f"{name} cut at {n}", data[:n], name) for name, data in reports(folder) for n in range(len(data))]
    faults, n_read = faults_of(iter(cuts), tmp_path)
    assert faults == []
    figure(
        f"every cut of {len(reports(folder))} reports: {len(cuts)}, {n_read} read, {len(cuts) - n_read} listed with their reason"
    )


def flipped(number: int, sources: list[tuple[str, bytes]]) -> tuple[str, bytes, str]:
    """A report with one to fifty bits flipped, by number."""
    chance = random.Random(f"flips {number}")
    name, data = chance.choice(sources)
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 50))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return f"{name}, flips {number}", bytes(damaged), name


@in_ranges(200, N_FLIPS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_flipped_bits(folder: Path, numbers: range, tmp_path: Path, figure: Callable[[str], None]) -> None:
    sources = reports(folder)
    faults, n_read = faults_of((flipped(n, sources) for n in numbers), tmp_path)
    assert faults == []
    figure(f"flipped bits of {folder.name}: {len(numbers)}, {n_read} read, {len(numbers) - n_read} listed with their reason")


@pytest.mark.parametrize("folder", FOLDERS)
def test_encodings(folder: Path, tmp_path: Path, figure: Callable[[str], None]) -> None:
    written = [
        (f"{name} as {encoding}", data.decode("utf-8").encode(encoding, "replace"), name)
        for name, data in reports(folder)
        for encoding in ENCODINGS
    ]
    faults, n_read = faults_of(iter(written), tmp_path)
    assert faults == []
    figure(f"{len(ENCODINGS)} encodings of {folder.name}: {len(written)}, {n_read} read")
