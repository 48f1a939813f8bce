"""Reading steps as components of spaCy pipelines: attribution, events, figures (``crossread_events``), or all (``crossread_reading``).

Each runs the steps that it needs (what an earlier component did is not done again) over a ``Doc`` with sentences, tags, a parse and entities,
from ``crossread_reader`` or any other English pipeline.  What is found is a `Reading` at ``doc._.crossread``, and its spans are span groups
(``doc.spans["crossread_attributions"]``, ``..._events``, ``..._figures``), which displaCy draws with ``style="span"``.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from crossread.errors import StepOrderError
from crossread.jsonlines import decode, encode
from crossread.reading import read_document, reading_steps
from crossread.reading.doc_text import text_of
from crossread.records import Document, Reading, Span
from crossread.steps import Step

if TYPE_CHECKING:
    from spacy.tokens import Span as DocSpan

KEY = "crossread.reading"
_ASSIGNS = ("doc._.crossread",)
_NEEDS = ("doc.sents", "token.tag", "token.dep", "token.head", "token.lemma")
STEPS: dict[str, tuple[str, ...]] = {
    "crossread_attribution": ("sentences.v1", "entities.v1", "attribution.v1"),
    "crossread_events": ("sentences.v1", "entities.v1", "attribution.v1", "events.v1"),
    "crossread_figures": ("sentences.v1", "entities.v1", "attribution.v1", "figures.v1"),
    "crossread_reading": ("sentences.v1", "entities.v1", "attribution.v1", "events.v1", "figures.v1"),
}
"""The steps of each component, in order."""


def reading_of(doc: Doc) -> Reading | None:
    """What the components found in a ``Doc``; ``None`` where none of them ran.  Also ``doc._.crossread``."""
    found = doc.user_data.get(KEY)
    return found[1] if isinstance(found, tuple | list) else None  # msgpack knows no tuples


class ReadingComponent:
    """Runs reading steps over ``Doc`` objects, changed in place."""

    def __init__(self, steps: Sequence[str]) -> None:
        self._steps: tuple[Step, ...] = reading_steps(steps)
        if not Doc.has_extension("crossread"):
            Doc.set_extension("crossread", getter=reading_of)

    def __call__(self, doc: Doc) -> Doc:
        """One document.

        Raises:
            StepOrderError: If the document has no sentences or no parse; the message says which component to add.
        """
        if not (doc.has_annotation("SENT_START") and doc.has_annotation("DEP")):
            raise StepOrderError(
                "crossread components need sentences and a parse; put `crossread_reader`, or another parser, before them"
            )
        done, reading = doc.user_data.get(KEY) or ((), Reading(document=Document(id="doc", text=text_of(doc), language="en")))
        todo = [s for s in self._steps if s.name not in done]
        before = set(doc.user_data)
        if todo and text_of(doc).strip():
            reading = _continued(reading, doc, todo)
        for held in set(doc.user_data) - before:  # what steps keep there while they work cannot be written to bytes
            del doc.user_data[held]
        doc.user_data[KEY] = ((*done, *(s.name for s in todo)), reading)
        _draw(doc, reading)
        return doc


def _continued(reading: Reading, doc: Doc, steps: Sequence[Step]) -> Reading:
    """The reading with further layers."""
    first = Step(name="so_far", requires=(), provides=(), scores=(), run=lambda _document, _doc, _so_far: reading)
    return read_document(reading.document, doc, (first, *steps))


def _draw(doc: Doc, reading: Reading) -> None:
    """Spans of the reading as span groups; a span that parts a token is widened to it."""
    attributions = (
        (span, label)
        for a in reading.attributions
        for label, spans in (("SOURCE", a.source), ("CUE", a.cue), ("CONTENT", a.content))
        for span in spans
    )
    groups = {
        "crossread_attributions": attributions,
        "crossread_events": ((span, e.type.value) for e in reading.events for span in e.anchor),
        "crossread_figures": ((f.span, f.kind.value.upper()) for f in reading.figures),
    }
    for name, found in groups.items():
        doc.spans[name] = SpanGroup(doc, name=name, spans=list(_drawn(doc, found)))


def _drawn(doc: Doc, found: "Iterator[tuple[Span, str]]") -> "Iterator[DocSpan]":
    for span, label in found:
        drawn = doc.char_span(span.start, span.end, label=label, alignment_mode="expand")
        if drawn is not None:
            yield drawn


def _packed(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """A reading as something that msgpack knows, so that ``Doc.to_bytes``, ``DocBin`` and ``nlp.pipe(n_process=2)`` work."""
    if isinstance(value, Reading):
        return {KEY: encode(value)}
    return value if chain is None else chain(value)


def _unpacked(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and KEY in value and isinstance(value[KEY], bytes):
        return decode(value[KEY], Reading)
    return value if chain is None else chain(value)


srsly.msgpack_encoders.register("crossread_reading", func=_packed)
srsly.msgpack_decoders.register("crossread_reading", func=_unpacked)


@Language.factory("crossread_attribution", requires=_NEEDS, assigns=_ASSIGNS)
def make_attribution(nlp: Language, name: str) -> ReadingComponent:
    """Who is said to have said what."""
    return ReadingComponent(STEPS["crossread_attribution"])


@Language.factory("crossread_events", requires=_NEEDS, assigns=_ASSIGNS)
def make_events(nlp: Language, name: str) -> ReadingComponent:
    """PLOVER events, with who vouches for them."""
    return ReadingComponent(STEPS["crossread_events"])


@Language.factory("crossread_figures", requires=_NEEDS, assigns=_ASSIGNS)
def make_figures(nlp: Language, name: str) -> ReadingComponent:
    """Reported numbers, with who gives them."""
    return ReadingComponent(STEPS["crossread_figures"])


@Language.factory("crossread_reading", requires=_NEEDS, assigns=_ASSIGNS)
def make_reading(nlp: Language, name: str) -> ReadingComponent:
    """Everything that `crossread.read` finds."""
    return ReadingComponent(STEPS["crossread_reading"])
