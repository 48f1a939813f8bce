"""Other tools over the same reports and pages, in one process, as words per second and ratios.

One that is not installed is said to be absent.
"""

import statistics
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.cost import processor_seconds
from benchmarks.generator import reports
from benchmarks.pages import page

Rounds = dict[str, list[float]]


def by_turns(works: dict[str, Callable[[], object]], n: int) -> Rounds:
    """Processor seconds of each work, ``n`` rounds of all by turns, so that a slow minute of the machine falls on all."""
    found: Rounds = {name: [] for name in works}
    for _ in range(n):
        for name, work in works.items():
            start = processor_seconds()
            work()
            found[name].append(processor_seconds() - start)
    return found


def lines(found: Rounds, words: int, own: str) -> Iterator[tuple[str, str, str]]:
    """Name, words per second, and spread with the ratio to our own."""
    medians = {name: statistics.median(times) for name, times in found.items()}
    for name, times in found.items():
        spread = f"spread {(max(times) - min(times)) / medians[name]:.0%}"
        ratio = "" if name == own or name.startswith(" ") else f"; ours takes {medians[own] / medians[name]:.2f} times as long"
        yield name, f"{words / medians[name]:,.0f} words/s", spread + ratio


# ---------------------------------------------------------------- a spaCy pipeline


def spacy_pipeline() -> Any:
    """spaCy's small CNN pipeline for English, its parts initialised at random: as fast as a trained one of the same size, and of no other use.

    Tagger, parser and lemmatizer share one encoder, the entity recogniser has its own, both in spaCy's default size, which is that of
    ``en_core_web_sm``.
    """
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    config = nlp.config.copy()
    config["nlp"]["pipeline"] = ["tok2vec", "tagger", "parser", "trainable_lemmatizer", "ner"]
    config["components"] = {
        "tok2vec": {"factory": "tok2vec"},
        "tagger": {"factory": "tagger", "model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}},
        "parser": {"factory": "parser", "model": _parser_model("parser", shared)},
        "trainable_lemmatizer": {
            "factory": "trainable_lemmatizer",
            "model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared},
        },
        "ner": {"factory": "ner"},
    }
    made = spacy.util.load_model_from_config(config, auto_fill=True)
    example = Example.from_dict(made.make_doc(_EXAMPLE), _ANNOTATION)
    made.initialize(lambda: [example])
    return made


def _parser_model(kind: str, shared: dict[str, Any]) -> dict[str, Any]:
    sizes = {"hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "extra_state_tokens": False}
    return {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind, "tok2vec": shared, **sizes}


_EXAMPLE = "Oda Renn told aides in Osk on Monday that 12 trucks had left ."
_ANNOTATION = {
    "words": _EXAMPLE.split(),
    "tags": ["NNP", "NNP", "VBD", "NNS", "IN", "NNP", "IN", "NNP", "IN", "CD", "NNS", "VBD", "VBN", "."],
    "heads": [1, 2, 2, 2, 2, 4, 2, 6, 12, 10, 12, 12, 2, 2],
    "deps": [
        "compound",
        "nsubj",
        "ROOT",
        "dobj",
        "prep",
        "pobj",
        "prep",
        "pobj",
        "mark",
        "nummod",
        "nsubj",
        "aux",
        "ccomp",
        "punct",
    ],
    "lemmas": ["Oda", "Renn", "tell", "aide", "in", "Osk", "on", "Monday", "that", "12", "truck", "have", "leave", "."],
    "entities": ["B-PERSON", "L-PERSON", "O", "O", "O", "U-GPE", "O", "U-DATE", "O", "U-CARDINAL", "O", "O", "O", "O"],
}


def syntax(n: int, rounds: int) -> Iterator[tuple[str, str, str]]:
    """The encoder with its heads against spaCy's CNN, over the same texts."""
    from crossread.reading.language import load_reader

    texts = [r.text for r in reports(n)]
    ours, theirs = load_reader(), spacy_pipeline()
    works: dict[str, Callable[[], object]] = {
        "encoder and heads": lambda: list(ours.docs(texts)),
        "spaCy CNN, random weights": lambda: list(theirs.pipe(texts)),
    }
    for work in works.values():
        work()
    yield from lines(by_turns(works, rounds), _words(texts), "encoder and heads")


# ---------------------------------------------------------------- quotations


def quotations(n: int, rounds: int) -> Iterator[tuple[str, str, str]]:
    """The attribution layer against textacy's quotations, both over texts that have been parsed."""
    try:
        from textacy.extract import direct_quotations
    except ImportError:
        yield "textacy's quotations", "-", "textacy is not installed (pip install textacy); left out"
        return
    from spacy import blank
    from spacy.tokens import Doc

    from crossread.ingest import ingest_text
    from crossread.reading import read_document, reading_steps
    from crossread.reading.language import load_reader

    documents = [ingest_text(r.text, id=r.id) for r in reports(n)]
    docs = list(load_reader().docs([d.text for d in documents]))
    vocab = blank("en").vocab  # textacy asks for the language
    english = [Doc(vocab).from_bytes(doc.to_bytes()) for doc in docs]
    steps = reading_steps()
    until = [s.name for s in steps].index("attribution.v1")
    so_far = [read_document(d, t, steps[:until]) for d, t in zip(documents, docs, strict=True)]

    def ours() -> list[Any]:
        return [steps[until].run(d, t, x) for d, t, x in zip(documents, docs, so_far, strict=True)]

    def theirs() -> list[Any]:
        return [list(direct_quotations(t)) for t in english]

    own = f"attribution layer, {sum(len(r.attributions) for r in ours())} attributions"
    works: dict[str, Callable[[], object]] = {
        own: ours,
        f"textacy, {sum(map(len, theirs()))} direct quotations": theirs,
    }
    yield from lines(by_turns(works, rounds), _words(d.text for d in documents), own)


# ---------------------------------------------------------------- pages


def pages(n: int, rounds: int) -> Iterator[tuple[str, str, str]]:
    """Pages to documents against trafilatura alone, which gives the main text and the metadata and nothing else."""
    from trafilatura import bare_extraction

    from crossread.ingest.build import Known
    from crossread.ingest.extract import extract_page
    from crossread.ingest.html import html_document
    from crossread.records import FileSource

    given = list(reports(n, sentences=30))
    made = [page(r) for r in given]
    where = FileSource(path="page.html")

    works: dict[str, Callable[[], object]] = {
        "ingest of a page": lambda: [html_document(p, known=Known(), source=where, raw_sha256="") for p in made],
        "  of that, in the killable child": lambda: [extract_page(p, None) for p in made],
        "trafilatura alone": lambda: [bare_extraction(p, with_metadata=True) for p in made],
    }
    for work in works.values():
        work()
    yield from lines(by_turns(works, rounds), _words(r.text for r in given), "ingest of a page")


def _words(texts: Any) -> int:
    return sum(len(t.split()) for t in texts)
