"""A larger model that learns re3d's phrases first, and a shipped kind of model that learns them from what it says of news.

    python -m training.mention_teacher --teacher checkpoints/attribution_teacher --out checkpoints/mention_teacher

writes what a teacher of all documents that may ship says of PolNeAR's train portion and of re3d to ``soft.npz`` (20 minutes of two threads);
`training.train` learns from it with ``--soft-mentions``.  Cross-validation (`training.crossval`) makes a teacher and a pupil of its own for
each fold, so that nothing of a fold is known to either.
"""

import argparse
import json
import math
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from training.attribution_teacher import Teacher, groups, probabilities
from training.build import Corpora
from training.encoder import Reader
from training.losses import cross_entropy, soft_cross_entropy
from training.train import Average, Masters, endless, pace, step
from training.train import groups as pupil_groups
from training.windows import Encoded, batches, collate, cut

EPOCHS, RATE = 12.0, 1e-4
STEPS, PUPIL_RATE = 2_000, 2e-4
GOLD = 0.15
"""Share of the pupil's steps on documents of re3d, where labels and what the teacher says count half each."""
CONTEXT = 20
"""Words around a word that a teacher sees at least: phrases hang on less than attribution does."""
EVERY = 3
"""The teacher reads one of so many articles of PolNeAR's train portion, and of machine-written stories."""


def learn_teacher(start: Path, documents: list[Encoded], n_labels: int, *, seed: int, epochs: float = EPOCHS) -> Teacher:
    """A model for phrases with the encoder of the attribution teacher in ``start``, ready to run in bf16."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Teacher(n_labels)
    stored = torch.load(start / "weights.pt", weights_only=True)
    model.load_state_dict({k: v for k, v in stored.items() if k.startswith("encoder.")}, strict=False)
    masters = Masters(model)
    optimizer = torch.optim.AdamW(groups(masters.names, rate=RATE, decay=0.9), betas=(0.9, 0.98), fused=True)
    average = Average(masters, 0.97, every=1)
    model.train()
    for epoch in range(math.ceil(epochs)):
        found = batches([w for d in documents for w in cut(d, size=200, rng=rng, whole_sentences=False)], pieces=1024, rng=rng)
        for k, batch in enumerate(found):
            progress = (epoch + k / len(found)) / epochs
            if progress > 1.0:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * pace(progress)
            tensors = collate(batch, rng=rng)
            loss = cross_entropy(model(tensors), tensors["mentions"])
            step(loss, masters, optimizer, average)
        print(f"teacher, seed {seed} epoch {epoch} loss {loss.item():.3f}", flush=True)
    return _averaged(model, average).eval()


def said_of(teacher: Teacher, documents: Sequence[Encoded]) -> dict[str, NDArray[np.float16]]:
    """(words, labels) of each document, by its id."""
    return {d.id: probabilities(teacher, d, context=CONTEXT).astype(np.float16) for d in documents}


def unlabelled(corpora: Corpora, *, every: int) -> list[Encoded]:
    """Texts for the teacher to read: political news, and machine-written stories of conflict, the matter of re3d."""
    return [*corpora.polnear("train")[::every], *corpora.stories()[::every]]


def learn_pupil(
    model: Reader,
    documents: list[Encoded],
    texts: list[Encoded],
    said: dict[str, NDArray[np.float16]],
    *,
    seed: int,
    steps: int = STEPS,
) -> Reader:
    """``model`` trained on labelled documents and on texts of which only the teacher says something."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    gold = [replace(d, arrays=None, soft={"mentions": said[d.id]}) for d in documents]
    read = [replace(d, labels={}, vectors=None, arrays=None, soft={"mentions": said[d.id]}) for d in texts]
    streams = {True: endless(gold, "re3d", pieces=1024, rng=rng), False: endless(read, "re3d", pieces=2048, rng=rng)}
    masters = Masters(model)
    optimizer = torch.optim.AdamW(pupil_groups(masters.names, rate=PUPIL_RATE, decay=0.9), betas=(0.9, 0.98), fused=True)
    average = Average(masters, 0.99, every=1)
    model.train()
    for number in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * pace(number / steps)
        is_gold = rng.random() < GOLD
        tensors = collate(next(streams[is_gold]), rng=rng, hidden=0.1)
        x = model.words(*(tensors[k] for k in ("ids", "shapes", "quotes", "positions", "first", "last")))
        scores = model.mentions(model.drop(x))
        loss = soft_cross_entropy(scores, tensors["soft_mentions"])
        if is_gold:
            loss = 0.5 * loss + 0.5 * cross_entropy(scores, tensors["mentions"])
        step(loss, masters, optimizer, average)
        if (number + 1) % 100 == 0:
            print(f"pupil, seed {seed} step {number + 1} loss {loss.item():.3f}", flush=True)
    return _averaged(model, average).float().eval()


def _averaged(model: Any, average: Average) -> Any:
    """The model with the running averages as its weights."""
    state = model.state_dict()
    model.load_state_dict(state | {k: v.to(state[k].dtype) for k, v in average.state.items()})
    return model


def main() -> None:
    """Train a teacher on what may ship, and write what it says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, default=Path("checkpoints/base"))
    parser.add_argument(
        "--teacher", type=Path, default=Path("checkpoints/attribution_teacher"), help="weights of the attribution teacher"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    parser.add_argument("--every", type=int, default=EVERY, help="one of so many articles and stories")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    corpora = Corpora(str(options.base / "tokenizer.json"))
    documents = corpora.re3d(with_bbc=False)
    teacher = learn_teacher(options.teacher, documents, len(corpora.labels["mentions"]), seed=options.seed, epochs=options.epochs)
    said = said_of(teacher, [*documents, *unlabelled(corpora, every=options.every)])
    options.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out / "soft.npz", **said)  # type: ignore[arg-type]
    print(json.dumps({"documents": len(said), "words": sum(map(len, said.values()))}))


if __name__ == "__main__":
    main()
