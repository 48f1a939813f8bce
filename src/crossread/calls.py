"""The public calls: `read`, `link`, `brief`, `code_relation`.  One per command, same name, same options."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from crossread.records import Document, Reading, Story
from crossread.vocabulary import EventType

TOGETHER = 500
"""Most reports that are read in the light of each other."""


@cache
def _shared_reader(model: str | None) -> "object":
    from crossread.reading.language import load_reader

    return load_reader(model)


def read(source: str | Document, *, model: str | None = None) -> Reading:
    """Everything that one report says.

    Args:
        source: A document, or its text (taken as it stands; use ``crossread.ingest`` to take furniture out first).
        model: Name of an installed spaCy pipeline for syntax and names instead of the shipped model.

    Raises:
        ModelError: If the model cannot be loaded.
    """
    return next(iter(read_all([source], model=model)))


def read_all(sources: Iterable[str | Document], *, model: str | None = None) -> Iterable[Reading]:
    """Readings of many reports, in order, one at a time; options as for `read`."""
    from crossread.reading import read_documents

    documents = (s if isinstance(s, Document) else _document(s) for s in sources)
    return read_documents(documents, reader=_shared_reader(model))  # type: ignore[arg-type]


def read_together(readings: Iterable[Reading], *, model: str | None = None) -> Iterator[Reading]:
    """Readings in order, undated reports read again where the dated ones beside them show when they were published.

    Dated ones are given as they come; from the first undated one on all wait for the last.  Of more than `TOGETHER` readings each is left
    as it is.

    Args:
        readings: What `read_all` gives, or workers do.
        model: As for `read`.
    """
    from crossread.linking.undated import is_dated, read_by_others

    seen: list[Reading] = []
    n_given = 0
    stream = iter(readings)
    try:
        for reading in stream:
            seen.append(reading)
            if len(seen) > TOGETHER:
                break
            if n_given == len(seen) - 1 and is_dated(reading):
                n_given += 1
                yield reading
    except Exception:  # what came before the fault is given all the same
        yield from seen[n_given:]
        raise
    waits = n_given < len(seen) <= TOGETHER
    again = read_by_others(seen, lambda documents: read_all(documents, model=model)) if waits else {}
    for reading in seen[n_given:]:
        yield again.get(reading.document.id, reading)
    yield from stream


def _document(text: str) -> Document:
    if not isinstance(text, str):
        raise TypeError(f"a report is a Document or its text, not {type(text).__name__}; crossread.brief takes paths")
    return Document(id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16], text=text)


def link(readings: Iterable[Reading]) -> list[Story]:
    """Stories that the readings fall into, each with all that its documents say together; the order of the readings does not matter."""
    from crossread.linking import link_stories

    return link_stories(readings)


def brief(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    words: int = 250,
    keep_all: bool = False,
    model: str | None = None,
) -> Story:
    """One story of the reports under the paths, documents that do not belong to it set aside in ``outside``.

    Args:
        paths: Files, folders, globs or archives, or one of these.
        words: Length of the brief in words, at most.
        keep_all: Set none aside.
        model: As for `read`.

    Raises:
        InputError: If no report under the paths can be read.
    """
    from crossread.errors import UnreadableDocument
    from crossread.ingest import ingest_paths
    from crossread.linking import link_one

    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    documents = [d for d in ingest_paths(given) if d.text.strip()]
    if not documents:
        where = f"under {', '.join(map(str, given))}" if given else "as no paths were given"
        raise UnreadableDocument(f"no report could be read {where}; `crossread ingest` lists why")
    return link_one(read_together(read_all(documents, model=model), model=model), words=words, keep_all=keep_all)


def code_relation(
    text: str, actor: Sequence[int] | None = None, recipient: Sequence[int] | None = None
) -> list[tuple[EventType, float]]:
    """PLOVER types of what the actor does to the recipient, with probabilities (they sum to 1), best first; NONE included.

    Args:
        text: One sentence.
        actor: ``[start, end)`` of the actor's words, ``None`` where the sentence does not name it.
        recipient: The same for the recipient.

    Raises:
        SpanOutOfRange: If a span does not lie in the text.
        ModelError: If the model cannot be loaded.
    """
    from crossread.reading.relations import code_relation as rank

    return rank(text, actor=actor, recipient=recipient)
