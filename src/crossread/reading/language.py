"""Texts to spaCy ``Doc`` objects: words, sentences, tags, lemmas, trees, names and attribution roles by one small encoder.

`load_reader` gives the shipped model, or any installed spaCy pipeline by name.  Labels are the Penn tags, Universal Dependencies v2 and the
mention types of the records.  Beyond what a ``Doc`` holds by itself, ``doc.user_data["crossread"]`` is a `Layers` object and
``doc.spans["mentions"]`` has phrases for persons, organisations and places, pronouns and common nouns included.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, IS_SPACE, LEMMA, LENGTH, ORTH, POS, TAG
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc, Span

from crossread.errors import ModelMissing
from crossread.reading.doc_text import made_of, text_of
from crossread.reading.encoder import Encoder, load_encoder
from crossread.reading.labels import spans_of
from crossread.reading.layers import KEY, Layers, layers_of
from crossread.reading.lemmas import Lemmatizer
from crossread.reading.segment import Position, Segmenter, quote_states
from crossread.reading.sentences import behind_slugs
from crossread.reading.stretch import Stretch, StretchReader
from crossread.reading.tokenize import blank_pipeline, new_pipeline
from crossread.reading.windows import ENDS, Words

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Layers", "Reader", "SpacyReader", "layers_of", "load_reader"]

STRETCH = 3_000  # words read together; a longer text is read stretch by stretch, to bound memory
RENEWED_AFTER = 10_000
"""Documents after which the vocabulary is begun anew: words leave it with their documents, but its tables keep a place for each word that
was ever in it and double when they are full (14 words a short report, 4 MB after 100,000 reports)."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("\n")


class Reader:
    """The shipped model over the tokenizer of ``nlp``."""

    def __init__(self, encoder: Encoder, nlp: "Language") -> None:
        self.nlp = nlp
        self.encoder = encoder
        self._reader = StretchReader(encoder)
        self._filler = Filler(encoder, nlp.vocab)
        self._n_docs = 0

    def docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        """One ``Doc`` per text, in order; what one text gives does not hang on the others."""
        clean = (_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text) for text in texts)
        return self.fill(made_of(self.nlp.tokenizer(text), text) for text in clean)

    def rest(self) -> None:
        """Begin a new vocabulary after many documents (`RENEWED_AFTER`)."""
        if self._n_docs >= RENEWED_AFTER:
            self._n_docs = 0
            self.nlp = new_pipeline()
            self._filler = Filler(self.encoder, self.nlp.vocab)

    def fill_known(self, doc: Doc, *, positions: list[int], sentence_starts: list[int]) -> Doc:
        """One document whose words, line positions and sentences are given (treebanks); at most `STRETCH` words count as one stretch."""
        index = np.arange(len(doc))
        words = [t.text for t in doc]
        pieces, segmenter = self.encoder.segmenter.pieces(words), self.encoder.segmenter
        whole = Words(
            pieces, segmenter.shapes(words), quote_states(words, positions), positions, [w in ENDS for w in words], sentence_starts
        )
        self._filler.fill(doc, index, [self._reader.read(whole)])
        return doc

    def fill(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """Tokenized documents with every layer added, in order."""
        for doc in docs:
            index = words_of(doc)
            stretches = stretches_of(doc, index, self.encoder.segmenter)
            self._filler.fill(doc, index, [self._reader.read(words) for words in stretches])
            self._n_docs += 1
            yield doc


def words_of(doc: Doc) -> Any:
    """(n_words,) int64: numbers of the tokens that are words, not white space."""
    return np.flatnonzero(doc.to_array(IS_SPACE) == 0)


def texts_of(doc: Doc, index: Any) -> tuple[list[str], Any, Any]:
    """The words and their offsets, start and end, from the text itself: several times faster than token by token."""
    if not len(index):
        return [], index, index
    places = doc.to_array([IDX, LENGTH])[index].astype(np.int64)
    starts, text = places[:, 0], text_of(doc)
    ends = starts + places[:, 1]
    return [text[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True)], starts, ends


def stretches_of(doc: Doc, index: Any, segmenter: Segmenter) -> list[Words]:
    """The words of a document in stretches of at most `STRETCH`, cut at a paragraph where one begins in their later half."""
    words, begins, stops = texts_of(doc, index)
    positions = _positions(text_of(doc), begins, stops)
    pieces = segmenter.pieces(words)
    shapes, quotes = segmenter.shapes(words), quote_states(words, positions)
    ends = [w in ENDS for w in words]
    slugged = behind_slugs(words, positions)
    parts = []
    start, n = 0, len(words)
    while start < n:
        end = min(n, start + STRETCH)
        if end < n:
            end = next((k for k in range(end, end - STRETCH // 2, -1) if positions[k] == Position.PARAGRAPH), end)
        inside = slice(start, end)
        parts.append(Words(pieces[inside], shapes[inside], quotes[inside], positions[inside], ends[inside]))
        parts[-1].behind_slugs = tuple(k - start for k in slugged if start < k < end)
        start = end
    return parts


def _positions(text: str, starts: Any, ends: Any) -> list[int]:
    """Line position of words by their offsets."""
    if not len(starts):
        return []
    breaks = np.asarray([m.start() for m in _BREAK.finditer(text)], np.int64)  # line breaks are few
    before = np.searchsorted(breaks, starts)
    breaks_before = before[1:] - np.searchsorted(breaks, ends[:-1])
    found = np.full(len(starts), Position.SPACED, np.int64)
    found[1:][breaks_before == 1] = Position.LINE
    found[1:][breaks_before > 1] = Position.PARAGRAPH
    found[1:][starts[1:] == ends[:-1]] = Position.GLUED
    found[0] = Position.PARAGRAPH
    positions: list[int] = found.tolist()
    return positions


class Filler:
    """Writes what was read into a ``Doc``."""

    def __init__(self, encoder: Encoder, vocab: Any) -> None:
        labels = encoder.labels
        self._labels = labels
        self._tags = np.asarray([vocab.strings.add(v) for v in labels["xpos"]], np.uint64)
        self._pos = np.asarray([IDS[v] for v in labels["upos"]], np.uint64)
        self._deps = np.asarray([vocab.strings.add(v) for v in labels["label"]], np.uint64)
        self._space_tag, self._space_dep = vocab.strings.add("_SP"), vocab.strings.add("dep")
        self._strings = vocab.strings
        self._lemmas = Lemmatizer(
            labels["lemma"], labels["upos"], labels["xpos"], encoder.meta["lemma_exceptions"], encoder.segmenter.is_piece
        )

    def fill(self, doc: Doc, index: Any, parts: Sequence[Stretch]) -> None:
        """Set all attributes and layers; ``index`` holds the tokens that are words."""
        n = len(doc)
        if n and not parts:
            self._only_space(doc)
        if parts:
            offsets = np.cumsum([0, *(len(p.xpos) for p in parts)])[:-1]
            heads = np.concatenate([p.heads + o for p, o in zip(parts, offsets, strict=True)])
            table = np.zeros((n, 7), np.uint64)
            table[:, 0], table[:, 1], table[:, 3] = self._space_tag, IDS["SPACE"], self._space_dep
            governor = np.maximum(np.arange(n) - 1, 0)
            governor[: index[0]] = index[0]
            governor[index] = index[heads]
            table[:, 2] = (governor - np.arange(n)).astype(np.int64).view(np.uint64)
            xpos, upos, lemma, labels = (
                np.concatenate([getattr(p, k) for p in parts]) for k in ("xpos", "upos", "lemma", "labels")
            )
            table[index, 0], table[index, 1], table[index, 3] = self._tags[xpos], self._pos[upos], self._deps[labels]
            table[:, 4] = doc.to_array(ORTH)
            words = texts_of(doc, index)[0]
            table[index, 4] = [self._strings.add(v) for v in self._lemmas(words, lemma.tolist(), upos.tolist(), xpos.tolist())]
            table[:, 5] = 2
            names = spans_of(np.concatenate([p.names for p in parts]).tolist(), self._labels["names"])
            for s, e, kind in names:
                first, last = int(index[s]), int(index[e - 1])
                table[first : last + 1, 5] = 1
                table[first, 5] = 3
                table[first : last + 1, 6] = self._strings.add(kind)
            doc.from_array([TAG, POS, HEAD, DEP, LEMMA, ENT_IOB, ENT_TYPE], cast("Any", table))
            mentions = spans_of(np.concatenate([p.mentions for p in parts]).tolist(), self._labels["mentions"])
            doc.spans["mentions"] = [Span(doc, int(index[s]), int(index[e - 1]) + 1, label=kind) for s, e, kind in mentions]
        doc.user_data[KEY] = self._layers(n, index, parts)

    def _only_space(self, doc: Doc) -> None:
        table = np.zeros((len(doc), 4), np.uint64)
        table[:, 0], table[:, 1], table[:, 3] = self._space_tag, IDS["SPACE"], self._space_dep
        table[1:, 2] = np.asarray(-1, np.int64).view(np.uint64)
        doc.from_array([TAG, POS, HEAD, DEP], cast("Any", table))

    def _layers(self, n: int, index: Any, parts: Sequence[Stretch]) -> Layers:
        role_labels, actor_labels = tuple(self._labels["roles"]), tuple(self._labels["actors"])
        roles, actors = np.zeros((n, len(role_labels)), np.float32), np.zeros((n, len(actor_labels)), np.float32)
        roles[:, 0] = actors[:, 0] = 1.0
        vectors = np.zeros((n, 384), np.float16)
        sentence_vectors, penta = (
            np.zeros((int(n > 0 and not parts), 384), np.float32),
            np.full((int(n > 0 and not parts), 5), 0.2, np.float32),
        )
        if parts:
            roles[index] = np.concatenate([p.roles for p in parts])
            actors[index] = np.concatenate([p.actors for p in parts])
            vectors[index] = np.concatenate([p.vectors for p in parts])
            sentence_vectors = np.concatenate([p.sentence_vectors for p in parts])
            penta = np.concatenate([p.penta for p in parts])
        return Layers(
            roles=roles,
            role_labels=role_labels,
            actor_roles=actors,
            actor_labels=actor_labels,
            token_vectors=vectors,
            sentence_vectors=sentence_vectors,
            penta=penta,
        )


class SpacyReader:
    """An installed spaCy pipeline in place of the shipped model; `Layers` are absent, other rooms do without."""

    def __init__(self, nlp: "Language") -> None:
        self.nlp = nlp

    def docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        """One ``Doc`` per text, in order."""
        clean = (_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text) for text in texts)
        yield from self.nlp.pipe(clean)

    def rest(self) -> None:
        """Nothing: the pipeline is somebody else's."""


@cache
def load_reader(name: str | None = None, *, threads: int = 1, folder: Path | None = None) -> Reader | SpacyReader:
    """The shipped model, or the installed spaCy pipeline called ``name``.

    Args:
        name: Name of a spaCy pipeline package or folder; ``None`` is the shipped model.
        threads: Cores that one encoder pass may use; processes scale better than threads.
        folder: Where other weights of ours lie.

    Raises:
        ModelMissing: If weights or the named pipeline are not there.
        ModelMismatch: If a weight file is not the one that ``meta.json`` describes.
    """
    if name is not None:
        return SpacyReader(_load_pipeline(name))
    return Reader(load_encoder(folder, threads=threads), blank_pipeline())


def _load_pipeline(name: str) -> "Language":
    try:
        nlp = spacy.load(name)
    except OSError as err:
        installed = ", ".join(sorted(spacy.util.get_installed_models())) or "none"
        raise ModelMissing(
            f"no spaCy pipeline called {name!r} is installed; installed pipelines: {installed}; "
            "leave --model out for the shipped model, or install one as a package"
        ) from err
    if not nlp.has_pipe("parser") and not nlp.has_pipe("senter") and not nlp.has_pipe("sentencizer"):
        nlp.add_pipe("sentencizer", first=True)
    return nlp
