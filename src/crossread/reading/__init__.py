"""Document -> Reading: everything that one document says, layer by layer.

Each layer is a registered step ``(document, tokens, so_far) -> Reading`` (see `crossread.steps`); ``tokens`` is the spaCy ``Doc`` of the
whole text that `crossread.reading.language` fills.  A step that fails costs its layer, not the document: the fault becomes a `Problem`
of severity ``error`` and the next steps go on with what there is.
"""

import importlib
import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from crossread.records import Document, Problem, Reading, Span
from crossread.steps import Step, compose, register_step

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

log = logging.getLogger("crossread.reading")
_ONE_AT_A_TIME = threading.RLock()

DEFAULT_STEPS = ("sentences.v1", "entities.v1", "attribution.v1", "events.v1", "figures.v1")
_STEP_MODULES = ("entities", "attribution", "events", "figures")


class Reader(Protocol):
    """Turns texts into spaCy ``Doc`` objects, in order, over the vocabulary of a pipeline."""

    @property
    def nlp(self) -> "Language":
        """The pipeline whose tokenizer and vocabulary are used."""
        ...

    def docs(self, texts: Iterable[str]) -> Iterator["Doc"]:
        """One ``Doc`` per text, covering all of it."""
        ...


@register_step("sentences.v1", provides=("sentences",), scores=())
def read_sentences(document: Document, tokens: "Doc", so_far: Reading) -> Reading:
    """Sentence spans, white space at their ends left out."""
    spans = []
    for sentence in tokens.sents:
        text = document.text[sentence.start_char : sentence.end_char]
        start = sentence.start_char + len(text) - len(text.lstrip())
        end = start + len(text.strip())
        if start < end:
            spans.append(Span(start, end))
    return msgspec.structs.replace(so_far, sentences=tuple(spans))


def reading_steps(names: Sequence[str] = DEFAULT_STEPS) -> tuple[Step, ...]:
    """The named steps, checked for order; built-in steps are registered on first use."""
    for module in _STEP_MODULES:
        importlib.import_module(f"crossread.reading.{module}")
    return compose(names)


def read_document(document: Document, tokens: "Doc", steps: Sequence[Step]) -> Reading:
    """Run the steps over one document whose tokens are known."""
    reading = Reading(document=document, problems=document.problems)
    for step in steps:
        try:
            reading = step.run(document, tokens, reading)
        except Exception as err:  # each document fails alone: the fault is reported and the other layers stand
            log.exception("step %s failed on document %s", step.name, document.id)
            problem = Problem(
                step=step.name,
                code="step.failed",
                severity="error",
                doc_id=document.id,
                message=f"{step.name} gave up on this document ({type(err).__name__}: {err}); its layer is empty",
            )
            reading = msgspec.structs.replace(reading, problems=(*reading.problems, problem))
    return reading


def is_readable(document: Document) -> bool:
    """Whether the document is in a language that the steps read (English, or not told)."""
    return document.language in (None, "en") and bool(document.text.strip())


def _unread(document: Document) -> Reading:
    if document.text.strip():
        code, why = (
            "language.not_read",
            f"the language is {document.language!r}; only English is read: leave it out, or give a translation",
        )
    else:
        code, why = "document.empty", "the document holds no text of its own"
    problem = Problem(step="read", code=code, severity="error", doc_id=document.id, message=f"not read: {why}")
    known = any(p.code == code for p in document.problems)
    return Reading(document=document, problems=document.problems if known else (*document.problems, problem))


def read_documents(
    documents: Iterable[Document], *, reader: Reader | None = None, steps: Sequence[str] = DEFAULT_STEPS
) -> Iterator[Reading]:
    """Readings of documents, in order and one at a time; a document that cannot be read gives an empty reading with its problem."""
    chain = reading_steps(steps)
    if reader is None:
        from crossread.reading.language import load_reader

        reader = load_reader()
    for document in documents:
        yield _read(document, reader, chain) if is_readable(document) else _unread(document)


def _read(document: Document, reader: Reader, steps: Sequence[Step]) -> Reading:
    """The reading of one document; its words leave spaCy's vocabulary with it, which would else keep every name of an archive.

    One document at a time over all threads: they share the vocabulary, and what one of them lets go another may still hold.
    """
    with _ONE_AT_A_TIME, reader.nlp.memory_zone():
        return read_document(document, next(iter(reader.docs([document.text]))), steps)
