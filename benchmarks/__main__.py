"""``python -m benchmarks``: start-up, reading, linking, other tools and engines on invented reports, as figures per core and ratios.

Each figure is the median of several rounds, with the spread beside it.  Run it on an idle machine.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks import peers
from benchmarks.generator import reports


def rounds(work: Callable[[], object], n: int) -> tuple[float, float]:
    """Median seconds of ``n`` rounds, and the spread (slowest less fastest, as a share of the median)."""
    times = []
    for _ in range(n):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    median = statistics.median(times)
    return median, (max(times) - min(times)) / median


def show(name: str, figure: str, note: str = "") -> None:
    """One line of the table."""
    print(f"{name:<46}{figure:>16}  {note}")


def start_up() -> None:
    """Seconds of ``import crossread`` and of ``crossread --help``, new processes."""
    for name, words in (("import crossread", ["-c", "import crossread"]), ("crossread --help", ["-m", "crossread", "--help"])):
        seconds, spread = rounds(lambda w=words: subprocess.run([sys.executable, *w], check=True, capture_output=True), 7)  # type: ignore[misc]
        show(name, f"{seconds:.3f} s", f"spread {spread:.0%}")


def reading(n: int) -> list[object]:
    """Words per second of all reading layers, and the share of the encoder."""
    from crossread.ingest import ingest_text
    from crossread.reading import DEFAULT_STEPS, read_document, read_documents, reading_steps
    from crossread.reading.language import load_reader

    documents = [ingest_text(r.text, title=r.title, publisher=r.publisher, published=r.published, id=r.id) for r in reports(n)]
    words = sum(len(d.text.split()) for d in documents)
    start = time.perf_counter()
    reader = load_reader()
    show("load the model", f"{time.perf_counter() - start:.2f} s")
    docs: list[object] = []
    list(reader.docs([documents[0].text]))  # warm up

    def parse() -> None:
        docs[:] = reader.docs(d.text for d in documents)

    encoder, spread = rounds(parse, 3)
    show("encoder and heads", f"{words / encoder:,.0f} words/s", f"spread {spread:.0%}")
    until = DEFAULT_STEPS.index("attribution.v1") + 1

    def attributed() -> None:
        list(read_documents(documents, reader=reader, steps=DEFAULT_STEPS[:until]))

    attribution, spread = rounds(attributed, 3)
    show("encoder, entities and attribution", f"{words / attribution:,.0f} words/s", f"spread {spread:.0%}")
    readings: list[object] = []

    def everything() -> None:
        readings[:] = read_documents(documents, reader=reader)

    whole, spread = rounds(everything, 3)
    show("all reading layers", f"{words / whole:,.0f} words/s", f"spread {spread:.0%}; encoder share {encoder / whole:.0%}")
    for step in reading_steps():
        so_far = [read_document(d, t, reading_steps()[: reading_steps().index(step)]) for d, t in zip(documents, docs, strict=True)]  # type: ignore[arg-type]
        seconds, _ = rounds(lambda s=step, r=so_far: [s.run(d, t, x) for d, t, x in zip(documents, docs, r, strict=True)], 1)  # type: ignore[misc]
        show(f"  step {step.name}", f"{words / seconds:,.0f} words/s", f"{seconds / whole:.0%} of reading")
    show("memory of the process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return readings


def linking(readings: list[object]) -> None:
    """Seconds to link growing numbers of documents."""
    from crossread.linking import link_stories

    before = None
    for n in (len(readings) // 4, len(readings)):
        seconds, _ = rounds(lambda n=n: link_stories(readings[:n]), 1)  # type: ignore[misc, arg-type]
        note = f"{seconds / before:.1f} times the quarter" if before else ""
        show(f"link {n} documents", f"{seconds:.2f} s", note)
        before = seconds


def others(n: int) -> None:
    """The same work by other tools that are installed."""
    for bench in (peers.syntax, peers.quotations, peers.pages):
        for line in bench(n, 3):
            show(*line)


def engines(n: int) -> None:
    """One worker, two, and Ray where it is installed, over whole archives."""
    if find_spec("duckdb") is None or find_spec("pyarrow") is None:
        show("workers and engines", "-", "duckdb and pyarrow are not installed (pip install 'crossread[scale]'); left out")
        return
    from benchmarks import archive

    with tempfile.TemporaryDirectory() as place:
        words = archive.write_input(Path(place, "in.jsonl"), n, 8)
        archive.compare(Path(place, "in.jsonl"), Path(place), words=words, rounds=3, shard=max(1, n // 20))


def main() -> None:
    """Run the benches asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=120, help="invented reports to read and link")
    options = parser.parse_args()
    show("what", "figure")
    start_up()
    linking(reading(options.documents))
    others(options.documents)
    engines(options.documents * 4)


if __name__ == "__main__":
    main()
