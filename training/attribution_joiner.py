"""Train the joiner of attributions on the shipped language model's own output, so that it knows that model's mistakes.

    python -m training.attribution_joiner --articles 320

Reads articles of PolNeAR's train portion with the shipped model, learns by logistic regression (1) which cue a content piece belongs
to, (2) which phrase is a cue's source, (3) whether an attribution as a whole is right, and counts transitions between gold labels.
The shipped file is the mean of two, learnt on the output of a barely trained and of a well trained language model (``--average-with``):
the first has seen more mistakes, the second the right ones.  On PolNeAR dev "said" is .765 with the mean, .760 and .758 with either.
Writes ``src/crossread/models/attribution_joiner.json``.  No randomness: the same model and articles give the same file.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from crossread.reading.assembly import Assembly, Choice, Floats, Held
from crossread.reading.columns import Columns
from crossread.reading.cues import RuleReader
from crossread.reading.joining import Joiner, Piece, Pieces, Scene, Weights, read_joiner
from crossread.reading.quotes import find_quotations
from crossread.reading.tagging import decode_pieces, role_probabilities
from crossread.records import Span
from training.corpora import polnear_documents

OUT = Path(__file__).resolve().parents[1] / "src" / "crossread" / "models" / "attribution_joiner.json"
UNMARKED = frozenset(
    ("breitbart_2016-04-19_clinton-wins-democratic-presiden", "breitbart_2016-06-29_donald-trump-denies-mike-tyson-i")
)
ROLES = ("source", "cue", "content")
MIN_COUNT, STRENGTH, LEAST_WEIGHT = 10, 0.3, 0.02

Features = dict[str, int]
Examples = tuple[list[Features], list[bool]]


@dataclass(slots=True)
class Gold:
    """A marked attribution as token numbers, and as pieces."""

    tokens: dict[str, frozenset[int]]
    pieces: dict[str, list[Piece]]


@dataclass(slots=True)
class Row:
    """An article as the model reads it, and what people marked in it."""

    columns: Columns
    probabilities: Floats
    pieces: Pieces
    rules: RuleReader
    gold: list[Gold]


def make_row(article: dict[str, Any], doc: Doc) -> Row:
    """The row of one article; ``doc`` carries the model's layers."""
    columns = Columns(doc)
    layers = doc.user_data["crossread"]
    probabilities = role_probabilities(layers.roles, layers.role_labels)
    gold = []
    for marked in article["attributions"]:
        pieces = {role: [p for p in (columns.tokens_in(Span(*s)) for s in marked[role]) if p[0] < p[1]] for role in ROLES}
        gold.append(Gold({role: frozenset(i for a, b in pieces[role] for i in range(a, b)) for role in ROLES}, pieces))
    rules = RuleReader(columns, find_quotations(columns.text))
    return Row(columns, probabilities, decode_pieces(probabilities, columns), rules, gold)


def owners(row: Row, role: str) -> dict[int, list[int]]:
    """Numbers of the gold attributions that give each token this role."""
    found: dict[int, list[int]] = {}
    for number, gold in enumerate(row.gold):
        for token in gold.tokens[role]:
            found.setdefault(token, []).append(number)
    return found


def owner(piece: Piece, of_token: dict[int, list[int]]) -> int | None:
    """The gold attribution that owns most of a piece."""
    counts = Counter(number for token in range(*piece) for number in of_token.get(token, ()))
    return max(counts, key=lambda k: (counts[k], -k)) if counts else None


def content_examples(rows: Iterable[Row]) -> Examples:
    """Pairs of content and cue, of tagged pieces and of gold ones."""
    features: list[Features] = []
    right: list[bool] = []
    for row in rows:
        of_cue, of_content = owners(row, "cue"), owners(row, "content")
        gold = Pieces(*(tuple(sorted({p for g in row.gold for p in g.pieces[role]})) for role in ROLES))
        for pieces in (row.pieces, gold):
            scene = Scene(pieces, row.columns)
            belongs = [owner(cue, of_cue) for cue in pieces.cues]
            for number, content in enumerate(pieces.contents):
                wanted = owner(content, of_content)
                for cue in scene.near(content):
                    features.append(dict.fromkeys(scene.content_features(number, cue), 1))
                    right.append(wanted is not None and belongs[cue] == wanted)
    return features, right


def assemblies(rows: Iterable[Row], learnt: Joiner) -> Iterator[tuple[Row, Assembly, dict[int, list[Held]]]]:
    """Rows with their content given to cues."""
    for row in rows:
        assembly = Assembly(row.pieces, row.probabilities, row.columns, row.rules)
        yield row, assembly, assembly.contents_by_cue(learnt)


def is_source(piece: Piece, gold: Gold) -> bool:
    """Whether a phrase counts as the source of a gold attribution (the referee's rule)."""
    tokens = frozenset(range(*piece))
    wanted = gold.tokens["source"]
    if not wanted or tokens & (gold.tokens["content"] - wanted):
        return False
    return len(tokens & wanted) / min(len(tokens), len(wanted)) > 0.5


def source_examples(rows: Iterable[Row], learnt: Joiner) -> Examples:
    """Cues with each phrase that may be their source."""
    features: list[Features] = []
    right: list[bool] = []
    for row, assembly, held in assemblies(rows, learnt):
        of_cue = owners(row, "cue")
        for cue in sorted(held):
            wanted = owner(row.pieces.cues[cue], of_cue)
            if wanted is None:
                continue
            for piece, found in assembly.source_options(cue, held[cue]):
                features.append(dict.fromkeys(found, 1))
                right.append(is_source(piece, row.gold[wanted]))
    return features, right


def is_said(source: Choice, content: frozenset[int], gold: Gold) -> bool:
    """Whether an attribution matches a gold one at the referee's level ``said``."""
    both = len(content & gold.tokens["content"])
    if not both or 2 * both / (len(content) + len(gold.tokens["content"])) <= 0.5:
        return False
    if source.piece is None:
        return not gold.tokens["source"]
    return is_source(source.piece, gold)


def keep_examples(rows: Iterable[Row], learnt: Joiner) -> Examples:
    """Whole attributions, right where they match a gold one; each gold one counts once."""
    features: list[Features] = []
    right: list[bool] = []
    for row, assembly, held in assemblies(rows, learnt):
        taken: set[int] = set()
        for cue in sorted(held):
            source = assembly.source_of(cue, held[cue], learnt)
            content = frozenset(i for h in held[cue] for i in range(*h.piece))
            match = next((n for n, g in enumerate(row.gold) if n not in taken and is_said(source, content, g)), None)
            if match is not None:
                taken.add(match)
            features.append(dict.fromkeys(assembly.keep_features(cue, held, source), 1))
            right.append(match is not None)
    return features, right


def fit(examples: Examples) -> dict[str, float]:
    """Weights of the features that are frequent enough and matter; none where all examples are of one kind."""
    if len(set(examples[1])) < 2:
        print(f"nothing to learn from: {len(examples[1])} examples, right and wrong ones are needed", file=sys.stderr)
        return {"bias": 0.0}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(examples[0])
    frequent = np.asarray((matrix != 0).sum(axis=0)).ravel() >= MIN_COUNT
    model = LogisticRegression(C=STRENGTH, max_iter=800).fit(matrix[:, frequent], examples[1])
    names = [n for n, kept in zip(vectorizer.get_feature_names_out(), frequent, strict=True) if kept]
    weights = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) > LEAST_WEIGHT}
    return {**weights, "bias": round(float(model.intercept_[0]), 3)}


def transitions(rows: Sequence[Row]) -> tuple[tuple[float, ...], ...]:
    """Pointwise mutual information of neighbouring gold labels, ``[from][to]``."""
    counts, single = np.ones((7, 7)), np.ones(7)
    for row in rows:
        labels = np.zeros(row.columns.n, dtype=int)
        for k, role in enumerate(ROLES):
            for start, end in (p for g in row.gold for p in g.pieces[role]):
                labels[start:end] = 2 + 2 * k
                labels[start] = 1 + 2 * k
        labels = labels[[pos != "SPACE" for pos in row.columns.pos]]
        np.add.at(counts, (labels[:-1], labels[1:]), 1)
        np.add.at(single, labels, 1)
    pmi = np.log(counts / counts.sum(axis=1, keepdims=True)) - np.log(single / single.sum())
    return tuple(tuple(round(float(x), 3) for x in line) for line in pmi)


def learn(rows: Sequence[Row]) -> Joiner:
    """The joiner, part after part: each is learnt on the output of those before it."""
    learnt = Joiner(Weights(fit(content_examples(rows))), Weights(), Weights(), transitions(rows))
    learnt = learnt._replace(source=Weights(fit(source_examples(rows, learnt))))
    return learnt._replace(keep=Weights(fit(keep_examples(rows, learnt))))


def averaged(one: Joiner, other: Joiner) -> Joiner:
    """The mean of two joiners' weights; transitions of the first."""
    parts = [
        {k: round((a.get(k, 0.0) + b.get(k, 0.0)) / 2, 3) for k in sorted({*a, *b})}
        for a, b in ((one.content, other.content), (one.source, other.source), (one.keep, other.keep))
    ]
    return Joiner(Weights(parts[0]), Weights(parts[1]), Weights(parts[2]), one.transitions)


def write(learnt: Joiner, path: Path, *, n_articles: int) -> None:
    """Write the joiner as JSON, keys sorted."""
    weights = {"content": learnt.content, "source": learnt.source, "keep": learnt.keep}
    data = {
        "made_by": "training/attribution_joiner.py",
        "articles": n_articles,
        "weights": weights,
        "transitions": learnt.transitions,
    }
    path.write_text(json.dumps(data, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Read, learn, write."""
    from crossread.reading.language import load_reader

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=320)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--folder", type=Path, help="weights to read the articles with instead of the shipped ones")
    parser.add_argument("--average-with", type=Path, help="joiner learnt on another version of the language model")
    options = parser.parse_args()
    articles = [a for a, _ in polnear_documents("train") if a["id"] not in UNMARKED][: options.articles]
    docs = load_reader(folder=options.folder).docs(a["text"] for a in articles)
    rows = [make_row(article, doc) for article, doc in zip(articles, docs, strict=True)]
    learnt = learn(rows)
    if options.average_with is not None:
        learnt = averaged(learnt, read_joiner(options.average_with))
    write(learnt, options.out, n_articles=len(rows))
    for name in ("content", "source", "keep"):
        print(name, len(getattr(learnt, name)), "weights")


if __name__ == "__main__":
    main()
