"""Cross-validate the small tasks: each fold starts from a language model that saw none of their data.

    python -m training.crossval --task re3d --start checkpoints/general --out checkpoints/re3d_folds

``re3d``: three folds by document (BBC documents included: these weights are never shipped), with ``--teacher`` each with a larger model that
learns the fold's documents first and a model that learns from it (`training.mention_teacher`).  ``actors``: five folds by sentence.  Documents
are read in the windows in which the product reads.
"""

import argparse
import collections
import hashlib
import json
import math
import random
from pathlib import Path

import numpy as np
import torch

from crossread.reading.labels import allowed_steps, best_labels, spans_of
from crossread.reading.segment import Segmenter
from crossread.reading.windows import Words, arrays, cut_windows
from training import mention_teacher
from training.build import Corpora
from training.encoder import Reader
from training.figures import add_figures
from training.losses import losses
from training.mention_teacher import learn_pupil, learn_teacher, said_of, unlabelled
from training.train import SIZES, Average, Masters, groups, pace, step
from training.windows import Encoded, batches, collate, cut

FOLDS = {"re3d": 3, "actors": 5}
HEADS = {"re3d": "mentions", "actors": "actors"}
EPOCHS = {"re3d": 15, "actors": 8, "teacher": mention_teacher.EPOCHS}


def fine_tune(
    start: Path, labels: dict[str, list[str]], documents: list[Encoded], task: str, *, seed: int, rate: float, epochs: float
) -> Reader:
    """The model of ``start`` trained further on one task."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Reader({k: len(v) for k, v in labels.items()})
    model.load_state_dict(torch.load(start / "weights.pt", weights_only=True))
    masters = Masters(model)
    optimizer = torch.optim.AdamW(groups(masters.names, rate=rate, decay=0.9), betas=(0.9, 0.98), fused=True)
    average = Average(masters, 0.97, every=1)
    model.train()
    for epoch in range(math.ceil(epochs)):
        windows = [w for d in documents for w in cut(d, size=SIZES[task], rng=rng, whole_sentences=False)]
        found = batches(windows, pieces=1024, rng=rng)
        if epoch + 1 > epochs:
            found = found[: max(1, int(len(found) * (epochs - epoch)))]
        for k, batch in enumerate(found):
            progress = (epoch + k / len(found)) / epochs
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * pace(progress)
            loss = losses(model, collate(batch, rng=rng))[HEADS[task]]
            step(loss, masters, optimizer, average)
        print(f"seed {seed} epoch {epoch} loss {loss.item():.3f}", flush=True)
    model.float()
    model.load_state_dict(model.state_dict() | {k: v.float() for k, v in average.state.items()})
    return model.eval()


@torch.no_grad()
def tagged(model: Reader, document: Encoded, task: str, labels: list[str], segmenter: Segmenter) -> list[tuple[int, int, str]]:
    """Spans of one document, read in the product's windows."""
    stops = {tuple(p) for p in segmenter.pieces([".", "?", "!"])}
    d = document
    found = []
    for window in cut_windows(Words(d.pieces, d.shapes, d.quotes, d.positions, [tuple(p) in stops for p in d.pieces])):
        inputs = {k: torch.from_numpy(v) for k, v in arrays(window).items()}
        x = model.words(*(inputs[k] for k in ("ids", "shapes", "quotes", "positions", "first", "last")))
        scores = (model.mentions if task == "re3d" else model.actors)(x)[0].numpy()
        found.append(scores[window.start - window.first : window.end - window.first])
    return spans_of(best_labels(np.concatenate(found).astype(np.float32), allowed_steps(labels)).tolist(), labels)


def learnt_from_teacher(
    options: argparse.Namespace, corpora: Corpora, documents: list[Encoded], test: list[Encoded], *, seed: int
) -> Reader:
    """The model of ``--start`` that learnt ``documents`` from a larger model that learnt them before, whose
    own figures on ``test`` are printed."""
    teacher = learn_teacher(
        options.teacher, documents, len(corpora.labels["mentions"]), seed=seed, epochs=options.epochs or EPOCHS["teacher"]
    )
    labels = corpora.labels["mentions"]
    scores = said_of(teacher, test)
    write_fold(
        options.out / "teacher",
        seed,
        [(d, spans_of(best_labels(scores[d.id].astype(np.float32), allowed_steps(labels)).tolist(), labels)) for d in test],
        labels,
        HEADS["re3d"],
    )
    texts = unlabelled(corpora, every=options.every)
    said = said_of(teacher, [*documents, *texts])
    del teacher
    model = Reader({k: len(v) for k, v in corpora.labels.items()})
    model.load_state_dict(torch.load(options.start / "weights.pt", weights_only=True))
    return learn_pupil(model, documents, texts, said, seed=seed, steps=options.steps)


def main() -> None:
    """Train and score every fold; print figures over those done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--task", choices=list(FOLDS), required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=Path("checkpoints/base"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", type=int, nargs="*")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--epochs", type=float, help="of a fold, or of its teacher; the task's own number by default")
    parser.add_argument(
        "--teacher", type=Path, help="weights of the attribution teacher, for re3d: each fold learns from a larger model"
    )
    parser.add_argument("--steps", type=int, default=mention_teacher.STEPS, help="of what learns from a teacher")
    parser.add_argument(
        "--every", type=int, default=mention_teacher.EVERY, help="the teacher reads one of so many articles and stories"
    )
    parser.add_argument("--store", action="store_true", help="keep the figures in training/figures.json and docs/quality.md")
    options = parser.parse_args()
    torch.set_num_threads(1)
    corpora = Corpora(str(options.base / "tokenizer.json"))
    corpora.labels = json.loads((options.start / "labels.json").read_text(encoding="utf-8"))
    documents = corpora.re3d(with_bbc=True) if options.task == "re3d" else corpora.actors()
    labels = corpora.labels[HEADS[options.task]]
    options.out.mkdir(parents=True, exist_ok=True)
    n = FOLDS[options.task]
    for fold in options.only or range(n):
        test = [d for d in documents if int(hashlib.sha256(str(d.id).encode()).hexdigest(), 16) % n == fold]
        names = {d.id for d in test}
        others = [d for d in documents if d.id not in names]
        if options.teacher:
            model = learnt_from_teacher(options, corpora, others, test, seed=fold)
        else:
            epochs = options.epochs or EPOCHS[options.task]
            model = fine_tune(options.start, corpora.labels, others, options.task, seed=fold, rate=options.rate, epochs=epochs)
        found = [(d, tagged(model, d, options.task, labels, corpora.segmenter)) for d in test]
        counts = write_fold(options.out, fold, found, labels, HEADS[options.task])
        if options.store:
            add_figures({options.task: shown(options.task, counts) | {"folds": len(list(options.out.glob("fold_*.json")))}})


def write_fold(
    folder: Path, fold: int, said: list[tuple[Encoded, list[tuple[int, int, str]]]], labels: list[str], head: str
) -> dict[str, collections.Counter[str]]:
    """Write gold and what is said of each document of one fold; counts over all folds written."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [{"gold": spans_of([max(v, 0) for v in d.labels[head]], labels), "said": spans} for d, spans in said]
    (folder / f"fold_{fold}.json").write_text(json.dumps(found), encoding="utf-8")
    return summary(folder)


def shown(task: str, counts: dict[str, collections.Counter[str]]) -> dict[str, float]:
    """The figures that docs/quality.md has."""
    if task == "actors":
        return {"source": f1(counts["S"], "strict"), "target": f1(counts["T"], "strict")}
    return {k: f1(counts["P+O+L"], k) for k in ("strict", "overlap")}


def f1(c: collections.Counter[str], measure: str) -> float:
    """F1 in percent."""
    return 200 * c[measure] / (c["gold"] + c["said"]) if c["gold"] + c["said"] else 0.0


def summary(folder: Path) -> dict[str, collections.Counter[str]]:
    """Counts by type and over persons, organisations and places (P+O+L), of the folds that are done; strict and overlap F1 printed."""
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for path in sorted(folder.glob("fold_*.json")):
        for document in json.loads(path.read_text(encoding="utf-8")):
            gold, said = [tuple(x) for x in document["gold"]], [tuple(x) for x in document["said"]]
            for kind in {k for *_, k in [*gold, *said]}:
                g, p = [x for x in gold if x[2] == kind], [x for x in said if x[2] == kind]
                counts[kind] += collections.Counter(gold=len(g), said=len(p), strict=len(set(g) & set(p)))
                free = list(p)
                for s, e, _ in g:
                    hit = next((x for x in free if x[0] < e and x[1] > s), None)
                    if hit:
                        free.remove(hit)
                        counts[kind]["overlap"] += 1
    total: collections.Counter[str] = collections.Counter()
    for kind in ("Person", "Organisation", "Location"):
        total += counts[kind]
    counts["P+O+L"] = total
    for kind, c in sorted(counts.items()):
        if c["gold"]:
            print(kind, c["gold"], {k: round(f1(c, k), 2) for k in ("strict", "overlap")}, flush=True)
    return counts


if __name__ == "__main__":
    main()
