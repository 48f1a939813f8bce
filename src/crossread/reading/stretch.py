"""What the model reads out of one stretch of words: sentences, tags, trees, names, roles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crossread.reading.encoder import Encoder, Scores
from crossread.reading.labels import allowed_steps, best_labels_of
from crossread.reading.parser import best_tree
from crossread.reading.sentences import LEFT_OPEN, after_full_stops, sentence_spans
from crossread.reading.windows import MOST_PIECES, Window, Words, cut_windows, window_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
ARC = 256  # width of the head side of an arc; the dependent side has the score as root behind it
_PER_WORD = ("xpos", "upos", "lemma", "boundary", "names", "mentions", "roles", "actors")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Everything read from one stretch; numbers of words count from its start, label numbers from the model's lists."""

    sentences: list[tuple[int, int]]
    xpos: Ints
    upos: Ints
    lemma: Ints
    heads: Ints
    labels: Ints
    names: Ints
    mentions: Ints
    roles: Floats
    actors: Floats
    vectors: NDArray[np.float16]
    sentence_vectors: Floats
    penta: Floats


class StretchReader:
    """Runs the encoder over stretches and decodes its scores."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._steps = {k: allowed_steps(encoder.labels[k]) for k in ("names", "mentions")}
        self._root_label = encoder.labels["label"].index("root")

    def read(self, words: Words) -> Stretch:
        """Everything of one stretch, which must hold a word."""
        part = self.encoder.read(cut_windows(words))
        spans = self._sentences(words, part)
        homes = [_homes(part, s, e) for s, e in spans]
        self._read_cut_sentences(words, spans, homes)
        return self._decode(part, spans, homes)

    def _sentences(self, words: Words, part: list[Scores]) -> list[tuple[int, int]]:
        if words.sentence_starts is not None:
            return list(zip(words.sentence_starts, [*words.sentence_starts[1:], len(words)], strict=True))
        boundary = np.concatenate([s.rows("boundary", s.window.start, s.window.end) for s in part])
        boundary += LEFT_OPEN * after_full_stops(words)
        boundary[list(words.behind_slugs)] += 2 * LEFT_OPEN
        return sentence_spans(boundary, words.positions, [len(p) for p in words.pieces], most_pieces=MOST_PIECES)

    def _read_cut_sentences(self, words: Words, spans: list[tuple[int, int]], homes: list[list[Scores]]) -> None:
        """Sentences that no window holds whole are read again in a window of their own."""
        places = [k for k, holding in enumerate(homes) if not holding]
        again: list[Window] = [window_of(words, *spans[k]) for k in places]
        for k, scores in zip(places, self.encoder.read(again), strict=True):
            homes[k] = [scores]

    def _decode(self, part: list[Scores], spans: list[tuple[int, int]], homes: list[list[Scores]]) -> Stretch:
        core = {k: np.concatenate([s.rows(k, s.window.start, s.window.end) for s in part]) for k in _PER_WORD}
        vectors = np.concatenate([s.rows("vectors", s.window.start, s.window.end) for s in part])
        heads, labels = self._trees(spans, homes)
        starts = np.asarray([s for s, _ in spans])
        sizes = np.asarray([e - s for s, e in spans], np.float32)[:, None]
        pooled = np.add.reduceat(vectors, starts, axis=0) / sizes
        tables = self.encoder.tables
        mapped = pooled @ tables["sentence_map"]
        penta = pooled @ tables["penta_weight"] + tables["penta_bias"]
        penta = np.exp(penta - penta.max(axis=1, keepdims=True))
        return Stretch(
            sentences=spans,
            xpos=core["xpos"],
            upos=core["upos"],
            lemma=core["lemma"],
            heads=heads,
            labels=labels,
            names=best_labels_of(core["names"], starts, self._steps["names"]),
            mentions=best_labels_of(core["mentions"], starts, self._steps["mentions"]),
            roles=core["roles"],
            actors=core["actors"],
            vectors=vectors.astype(np.float16),
            sentence_vectors=mapped / np.maximum(np.linalg.norm(mapped, axis=1, keepdims=True), 1e-9),
            penta=penta / penta.sum(axis=1, keepdims=True),
        )

    def _trees(self, spans: list[tuple[int, int]], homes: list[list[Scores]]) -> tuple[Ints, Ints]:
        """Heads (numbers of words, a root's own) and labels of all sentences; where several windows hold a sentence, by the mean of what
        they say."""
        heads, hidden, tables = [], [], self.encoder.tables
        for (s, e), holding in zip(spans, homes, strict=True):
            found = _tree(s, e, holding)
            is_root = found == np.arange(e - s)
            sides = [scores.rows("label_head", s, e)[found] for scores in holding]
            for side in sides:
                side[is_root] = tables["label_root"]
            seen = [np.maximum(scores.rows("label_dep", s, e) + side, 0) for scores, side in zip(holding, sides, strict=True)]
            heads.append(found + s)
            hidden.append(_mean(seen))
        all_heads = np.concatenate(heads)
        table = np.concatenate(hidden) @ tables["label_weight"] + tables["label_bias"]
        table[:, self._root_label] = -np.inf
        labels = table.argmax(axis=1)
        labels[all_heads == np.arange(len(all_heads))] = self._root_label
        return all_heads, labels


def _tree(start: int, end: int, holding: list[Scores]) -> Ints:
    """Heads of the words of a sentence, counted from its start."""
    sides = [(scores.rows("arc_dep", start, end), scores.rows("arc_head", start, end)) for scores in holding]
    return best_tree(_mean([dep[:, :ARC] @ head.T for dep, head in sides]), _mean([dep[:, ARC] for dep, _ in sides]))


def _mean(tables: list[Floats]) -> Floats:
    return tables[0] if len(tables) == 1 else np.mean(tables, axis=0, dtype=np.float32)


def _homes(part: list[Scores], start: int, end: int) -> list[Scores]:
    """The windows that hold the whole sentence; none where each window's edge cuts it."""
    return [s for s in part if s.window.first <= start and end <= s.window.last]
