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

from crossread.collecting import rare_collections
from crossread.records import Document, Problem, Reading, Span
from crossread.steps import Step, compose, register_step

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

log = logging.getLogger("crossread.reading")
_ONE_AT_A_TIME = threading.RLock()

TOGETHER, TOGETHER_CHARACTERS = 8, 16_000
"""Most documents, and characters of them that are enough, that go through the encoder before their steps run: by turns both are slower, as
each finds the core's caches full of what the other works on."""
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

    def rest(self) -> None:
        """Called where no ``Doc`` is in use: time to let go what only grows."""
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
    """Readings of documents, in order; a document that cannot be read gives an empty reading with its problem.

    Some documents are taken at a time (`TOGETHER`): what one of them gives does not hang on the others.
    """
    chain = reading_steps(steps)
    if reader is None:
        from crossread.reading.language import load_reader

        reader = load_reader()
    for together in _batches(documents):
        yield from _read(together, reader, chain)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in batches; what came before a fault of their source is read all the same."""
    batch: list[Document] = []
    try:
        for document in documents:
            batch.append(document)
            if len(batch) == TOGETHER or sum(len(d.text) for d in batch) >= TOGETHER_CHARACTERS:
                yield batch
                batch = []
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


@rare_collections()
def _read(documents: Sequence[Document], reader: Reader, steps: Sequence[Step]) -> list[Reading]:
    """Readings of a batch; its words leave spaCy's vocabulary with it, which would else keep every name of an archive.

    One batch at a time over all threads: they share the vocabulary, and what one of them lets go another may still hold.
    """
    with _ONE_AT_A_TIME:
        reader.rest()
        with reader.nlp.memory_zone():
            parsed = iter(list(reader.docs([d.text for d in documents if is_readable(d)])))
            return [read_document(d, next(parsed), steps) if is_readable(d) else _unread(d) for d in documents]
