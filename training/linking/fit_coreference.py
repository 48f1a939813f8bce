"""Fit how much each likeness of two event mentions counts: ``src/crossread/codebook/coreference.json``.

    python -m training.linking.fit_coreference

Trained on ECB+ train (gold mentions of checked sentences, gold stories); pairs of stems that name one event in at least two chains
become synonyms, counted on other stories than those that the weights are fitted on.  The threshold is set on ECB+ train as well.
"""

import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from crossread.linking.features import Rarity, counts_of
from crossread.linking.mentions import EventWords, event_words, may_corefer, pair_features
from crossread.records import Document, Reading, Span
from training.corpora import DATA, read_jsonl

TARGET = Path(__file__).resolve().parents[2] / "src" / "crossread" / "codebook" / "coreference.json"
FOLDS = 5
LEAST = 0.3

Mention = tuple[EventWords, str, str]
"""Words, gold chain, story."""


def load(portion: str) -> tuple[list[Mention], Rarity]:
    """Gold event mentions of the checked sentences, and how rare words are."""
    mentions: list[Mention] = []
    texts = []
    for d in read_jsonl(DATA / "ecbplus" / f"{portion}.jsonl.gz"):
        offsets, spans, text = _layout(d["sentences"])
        texts.append(Reading(document=Document(id=d["id"], text=text)))
        for number, m in enumerate(d["mentions"]):
            if m["kind"] == "event" and m["sent"] in d["checked"]:
                anchor = [Span(*offsets[m["sent"]][t]) for t in sorted(m["tokens"])]
                words = event_words(d["id"], str(number), text, anchor, spans[m["sent"]], m["sent"])
                mentions.append((words, m["chain"], d["story"]))
    return mentions, Rarity(counts_of(r) for r in texts)


def _layout(sentences: Sequence[Sequence[str]]) -> tuple[list[list[tuple[int, int]]], list[Span], str]:
    offsets, spans, at = [], [], 0
    for tokens in sentences:
        row = []
        for token in tokens:
            row.append((at, at + len(token)))
            at += len(token) + 1
        spans.append(Span(row[0][0], row[-1][1]) if row else Span(at, at + 1))
        offsets.append(row)
        at += not tokens
    return offsets, spans, "\n".join(" ".join(tokens) for tokens in sentences)


def synonyms(mentions: Sequence[Mention], least: int = 2) -> frozenset[tuple[str, str]]:
    """Pairs of head stems that name one event in at least ``least`` chains."""
    heads: dict[str, set[str]] = {}
    for words, chain, _ in mentions:
        heads.setdefault(chain, set()).add(words.head)
    counts: dict[tuple[str, str], int] = {}
    for found in heads.values():
        for pair in combinations(sorted(found), 2):
            counts[pair] = counts.get(pair, 0) + 1
    return frozenset(pair for pair, n in counts.items() if n >= least)


def examples(
    mentions: Sequence[Mention], rarity: Rarity, known: frozenset[tuple[str, str]]
) -> tuple[list[dict[str, float]], list[bool]]:
    """Features and answers of the pairs of one story that may be one event."""
    by_story: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_story.setdefault(mention[2], []).append(mention)
    features, answers = [], []
    for found in by_story.values():
        for (a, chain_a, _), (b, chain_b, _) in combinations(found, 2):
            if may_corefer(a, b, known):
                features.append(pair_features(a, b, rarity, known))
                answers.append(chain_a == chain_b)
    return features, answers


def main() -> None:
    """Fit and write the weights."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    mentions, rarity = load("train")
    stories = sorted({story for _, _, story in mentions})
    fold = {story: n % FOLDS for n, story in enumerate(stories)}
    features: list[dict[str, float]] = []
    answers: list[bool] = []
    for n in range(FOLDS):
        known = synonyms([m for m in mentions if fold[m[2]] != n])
        x, y = examples([m for m in mentions if fold[m[2]] == n], rarity, known)
        features += x
        answers += y
    names = list(features[0])
    table = np.array([[row[name] for name in names] for row in features])
    model = LogisticRegression(C=1.0, max_iter=5000).fit(table, np.array(answers))
    weights = {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)}
    record: dict[str, Any] = {
        "bias": round(float(model.intercept_[0]), 4),
        "weights": weights,
        "least": LEAST,
        "synonyms": sorted(map(list, synonyms(mentions))),
    }
    TARGET.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"{len(answers)} pairs, {sum(answers)} of one event -> {TARGET.name}")
    print(weights)


if __name__ == "__main__":
    main()
