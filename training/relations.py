"""Train the relation model, or measure it by cross-validation.

python -m training.relations --start checkpoints/language --out checkpoints/relation
python -m training.relations --start checkpoints/general --folds 5 --out checkpoints/relation_folds
"""

import argparse
import csv
import hashlib
import json
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from crossread.reading.relation_model import Marked, mark, positions_of, stacked, word_range
from crossread.reading.segment import Segmenter
from crossread.reading.tokenize import english_tokenizer
from crossread.vocabulary import EventType
from training.corpora import DATA
from training.encoder import WIDTH, Encoder, SharedDropout
from training.figures import add_figures
from training.train import Average, Masters, groups, pace
from training.windows import rounded

TYPES = [t.value for t in EventType]
PENTA = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "CONCEDE": 2,
    "RETREAT": 2,
    "COOPERATE": 2,
    "AID": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
    "NONE": 0,
}
YIELD = ("CONCEDE", "RETREAT")
HEADLINES = 0.15  # share of the written headlines that an epoch shows


class RelationReader(nn.Module):
    """Encoder that sees which pieces are actor and recipient, and a classifier over the start and both marks."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.roles = nn.Embedding(3, WIDTH)
        nn.init.normal_(self.roles.weight, std=0.02)
        self.drop = SharedDropout(0.2)
        self.hidden = nn.Linear(3 * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, len(TYPES))

    def forward(
        self, vectors: Tensor, ids: Tensor, shapes: Tensor, quotes: Tensor, positions: Tensor, roles: Tensor, places: Tensor
    ) -> Tensor:
        """Scores (batch, types)."""
        h = self.encoder.from_vectors(vectors, ids, shapes, quotes, positions, self.roles(roles))
        marks = h.gather(1, places[..., None].expand(-1, -1, WIDTH))
        x = torch.cat([h[:, 0], marks[:, 0], marks[:, 1]], dim=-1)
        return self.out(self.drop(torch.nn.functional.gelu(self.hidden(self.drop(x)))))


@dataclass(slots=True)
class Row:
    """One training sentence: its marks, the types that are right (any of them), its weight, and a key that tells equal sentences."""

    marked: Marked
    right: tuple[int, ...]
    weight: float
    key: str
    origin: str
    root: str
    penta: str


def key_of(sentence: str) -> str:
    """Letters and digits only: equal for sentences that differ in spacing and marks."""
    return re.sub(r"[\W_]+", "", sentence.lower())


class Rows:
    """Reads the PLOVER files into rows."""

    def __init__(self, base: Path) -> None:
        tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.segmenter = Segmenter(tokenizer)
        self.cut_words = english_tokenizer(spacy.blank("en"))

    def row(
        self,
        text: str,
        actor: Any,
        recipient: Any,
        right: Sequence[str],
        weight: float,
        origin: str,
        root: str = "",
        penta: str = "",
    ) -> Row:
        """Number one sentence."""
        tokens = [t for t in self.cut_words(text) if not t.is_space]
        spans = [(t.idx, t.idx + len(t)) for t in tokens]
        marked = mark(
            self.segmenter,
            [t.text for t in tokens],
            positions_of(text, spans),
            word_range(spans, actor),
            word_range(spans, recipient),
        )
        return Row(marked, tuple(TYPES.index(r) for r in right), weight, key_of(text), origin, root, penta)

    def marked_file(self, name: str, weight: float) -> list[Row]:
        """Rows of plv_train or aw_train."""
        out = []
        for record in table(name):
            text, actor, recipient = marked_spans(record["marked_sentence"], record["source"], record["target"])
            root = record["gold_root"]
            out.append(
                self.row(text, actor, recipient, YIELD if root == "YIELD" else (root,), weight, name, root, record["gold_penta"])
            )
        return out

    def penta_file(self, weight: float) -> list[Row]:
        """Sentences with a class only; actor and recipient from the tagged spans where the same sentence is there."""
        tagged = {}
        for line in (DATA / "plover" / "actor_spans_train.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            tagged[key_of(" ".join(record["tokens"]))] = record
        out = []
        for record in table("penta_extra_train"):
            text = record["sentence"]
            right = [t for t, c in PENTA.items() if str(c) == record["gold_penta"]]
            actor, recipient = tagged_spans(text, tagged.get(key_of(text)))
            out.append(self.row(text, actor, recipient, right, weight, "penta", "", record["gold_penta"]))
        return out

    def headlines(self, weight: float) -> list[Row]:
        """Headlines written for each type: they alone tell CONCEDE from RETREAT."""
        import gzip

        with gzip.open(DATA / "plover" / "synthetic_events.csv.gz", "rt", encoding="utf-8", newline="") as lines:
            seen = {(r["headline"], r["event"]) for r in csv.DictReader(lines)}
        return [self.row(h, None, None, (e,), weight, "headline") for h, e in sorted(seen) if h.strip() and e in TYPES]


def table(name: str) -> list[dict[str, str]]:
    """Rows of a TSV file."""
    with (DATA / "plover" / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def marked_spans(marked: str, source: str, target: str) -> tuple[str, list[int] | None, list[int] | None]:
    """(plain text, actor, recipient) of a sentence with <s> and <t> marks, the first of each."""
    pieces, spans, opened, last, length = [], {}, {}, 0, 0
    for found in re.finditer(r"</?[st]>", marked):
        pieces.append(marked[last : found.start()])
        length += len(pieces[-1])
        last = found.end()
        role = found.group()[-2]
        if found.group().startswith("</"):
            spans.setdefault(role, [opened.get(role, length), length])
        else:
            opened[role] = length
    text = "".join(pieces) + marked[last:]
    for role, string in (("s", source), ("t", target)):
        start = text.lower().find(string.lower()) if string else -1
        if role not in spans and start >= 0:
            spans[role] = [start, start + len(string)]
    return text, spans.get("s"), spans.get("t")


def tagged_spans(text: str, record: dict[str, Any] | None) -> tuple[list[int] | None, list[int] | None]:
    """The first source and target (or reciprocal) phrase of a tagged sentence, as offsets of ``text``."""
    if record is None:
        return None, None
    spans: dict[str, list[int]] = {}
    at = 0
    previous = "O"
    for token, tag in zip(record["tokens"], record["tags"], strict=True):
        found = text.find(token, at)
        if found < 0:
            return None, None
        at = found + len(token)
        role = tag[2:]
        if tag != "O":
            if tag[0] == "B" and role not in spans:
                spans[role] = [found, at]
            elif role in spans and previous[2:] == role and tag[0] == "I":
                spans[role][1] = at
        previous = tag
    return spans.get("S", spans.get("R")), spans.get("T")


def loss_of(scores: Tensor, batch: Sequence[Row]) -> Tensor:
    """Minus the logarithm of the probability that any right type has, weighted."""
    logs = F.log_softmax(scores.float(), dim=-1)
    allowed = torch.full(logs.shape, -1e4)
    for i, row in enumerate(batch):
        allowed[i, list(row.right)] = 0.0
    weights = torch.tensor([r.weight for r in batch])
    smooth = -0.02 * logs.mean(-1)
    return ((-torch.logsumexp(logs + allowed, dim=-1) + smooth) * weights).sum() / len(batch)


def tensors(batch: Sequence[Row], encoder: Encoder) -> list[Tensor]:
    """Inputs of a batch, its length rounded up."""
    arrays = stacked([r.marked for r in batch])
    length = rounded(arrays["ids"].shape[1])
    padded = [
        np.pad(arrays[k], ((0, 0), (0, length - arrays[k].shape[1]))) for k in ("ids", "shapes", "quotes", "positions", "roles")
    ]
    ids, *rest = (torch.from_numpy(a) for a in padded)
    return [encoder.pieces(ids), ids, *rest, torch.from_numpy(arrays["places"])]


def train(rows: list[Row], options: argparse.Namespace, *, seed: int) -> RelationReader:
    """A model trained on the rows."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = RelationReader()
    if options.start:
        state = torch.load(options.start / "weights.pt", weights_only=True)
        model.encoder.load_state_dict({k[8:]: v for k, v in state.items() if k.startswith("encoder.")})
    else:
        model.encoder.load_base(options.base / "model.safetensors")
    masters = Masters(model)
    optimizer = torch.optim.AdamW(groups(masters.names, rate=options.rate, decay=0.9), betas=(0.9, 0.98), fused=True)
    average = Average(masters, 0.98, every=2)
    size = options.batch
    headlines = sum(r.origin == "headline" for r in rows)
    steps = max(1, int(options.epochs * int((len(rows) - (1 - HEADLINES) * headlines) / size)))
    done, began = 0, time.monotonic()
    model.train()
    while done < steps:
        rng.shuffle(rows)
        chosen = [r for r in rows if r.origin != "headline" or rng.random() < HEADLINES]
        chosen.sort(key=lambda r: len(r.marked.ids) + rng.uniform(0, 12))
        batches = [chosen[k : k + size] for k in range(0, len(chosen), size)]
        rng.shuffle(batches)
        for batch in batches[: steps - done]:
            progress = done / steps
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * pace(progress)
            loss = loss_of(model(*tensors(batch, model.encoder)), batch)
            loss.backward()
            masters.take_gradients()
            masters.clip(most=1.0)
            optimizer.step()
            masters.give_weights()
            average.update()
            done += 1
            if done % 50 == 0:
                print(
                    f"seed {seed} step {done}/{steps} loss {loss.item():.3f} {(time.monotonic() - began) / 60:.1f} min", flush=True
                )
    model.float()
    state = model.state_dict()
    state.update({k: v.float() for k, v in average.state.items()})
    model.load_state_dict(state)
    model.eval()
    return model


@torch.no_grad()
def predict(model: RelationReader, rows: Sequence[Row]) -> np.ndarray:
    """(n_rows, n_types) probabilities."""
    return np.concatenate(
        [torch.softmax(model(*tensors(rows[k : k + 32], model.encoder)), -1).numpy() for k in range(0, len(rows), 32)]
    )


def figures(rows: Sequence[Row], probabilities: np.ndarray) -> dict[str, float]:
    """Root macro-F1 (15 types, NONE left out), penta and binary accuracy as in score_relations.py's forced figures."""
    roots = sorted({"YIELD" if t in YIELD else t for t in TYPES if t != "NONE"})
    sums = {r: sum(probabilities[:, TYPES.index(t)] for t in (YIELD if r == "YIELD" else (r,))) for r in roots}
    stacked_sums = np.stack([sums[r] for r in roots], 1)
    said = [roots[i] for i in stacked_sums.argmax(1)]
    gold = [r.root for r in rows]
    f1s = []
    for label in sorted(set(gold)):
        right = sum(a == b == label for a, b in zip(said, gold, strict=True))
        total = said.count(label) + gold.count(label)
        f1s.append(2 * right / total if total else 0.0)
    classes = np.stack([sum(probabilities[:, TYPES.index(t)] for t, c in PENTA.items() if c == k) for k in (1, 2, 3, 4)], 1)
    penta = [str(i + 1) for i in classes.argmax(1)]
    binary = classes[:, 2:].sum(1) > classes[:, :2].sum(1)
    gold_penta = [r.penta for r in rows]
    return {
        "root_macro_f1": float(np.mean(f1s)),
        "root_accuracy": float(np.mean([a == b for a, b in zip(said, gold, strict=True)])),
        "penta_accuracy": float(np.mean([a == b for a, b in zip(penta, gold_penta, strict=True)])),
        "binary_accuracy": float(np.mean([b == (p in "34") for b, p in zip(binary, gold_penta, strict=True)])),
    }


def penta_figures(rows: Sequence[Row], probabilities: np.ndarray) -> dict[str, float]:
    """Neutral F1 and macro-F1 of the class of a sentence, NONE included."""
    classes = np.stack([sum(probabilities[:, TYPES.index(t)] for t, c in PENTA.items() if c == k) for k in range(5)], 1)
    said, gold = [str(i) for i in classes.argmax(1)], [r.penta for r in rows]
    f1s = {}
    for label in "01234":
        right = sum(a == b == label for a, b in zip(said, gold, strict=True))
        f1s[label] = 2 * right / max(1, said.count(label) + gold.count(label))
    return {
        "neutral_f1": f1s["0"],
        "macro_f1": float(np.mean(list(f1s.values()))),
        "accuracy": float(np.mean([a == b for a, b in zip(said, gold, strict=True)])),
    }


def fold_of(key: str, n: int) -> int:
    """Fold of a sentence, the same for equal sentences in every file."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % n


def main() -> None:
    """Train on everything, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=Path("checkpoints/base"))
    parser.add_argument(
        "--start", type=Path, help="language model whose encoder to start from; for cross-validation one that saw no PLOVER data"
    )
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, nargs="*")
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--store", action="store_true", help="keep the figures in training/figures.json and docs/quality.md")
    options = parser.parse_args()
    torch.set_num_threads(1)
    reader = Rows(options.base)
    rows = [
        *reader.marked_file("plv_train", 1.0),
        *reader.marked_file("aw_train", 0.5),
        *reader.penta_file(0.7),
        *reader.headlines(0.4),
    ]
    print(Counter(r.origin for r in rows), flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.folds:
        model = train(rows, options, seed=options.seed)
        torch.save(model.state_dict(), options.out / "weights.pt")
        return
    cross_validate(rows, options)


def cross_validate(rows: list[Row], options: argparse.Namespace) -> None:
    """Figures over all folds; a sentence of the fold is in no training file, whatever its mark."""
    for fold in options.only or range(options.folds):
        held = {r.key for r in rows if r.origin != "headline" and fold_of(r.key, options.folds) == fold}
        model = train([r for r in rows if r.key not in held], options, seed=options.seed + fold)
        result = {}
        for origin in ("plv_train", "penta"):
            test = [r for r in rows if r.origin == origin and r.key in held]
            result[origin] = {
                "keys": [f"{i}" for i, r in enumerate(rows) if r.origin == origin and r.key in held],
                "p": predict(model, test).tolist(),
            }
        (options.out / f"fold_{fold}.json").write_text(json.dumps(result), encoding="utf-8")
        found = summary(rows, options.out)
        if options.store:
            add_figures(found)


def summary(rows: list[Row], folder: Path) -> dict[str, dict[str, float]]:
    """Figures over the folds that are done, in percent, printed too."""
    stored = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("fold_*.json"))]
    results: dict[str, dict[str, float]] = {}
    for name, origin, score in (("relations", "plv_train", figures), ("penta", "penta", penta_figures)):
        found = [rows[int(k)] for s in stored for k in s[origin]["keys"]]
        measured = score(found, np.asarray([p for s in stored for p in s[origin]["p"]]))
        results[name] = {k: 100 * v for k, v in measured.items()} | {"folds": len(stored)}
        print(origin, len(found), {k: round(v, 2) for k, v in results[name].items()}, flush=True)
    return results


if __name__ == "__main__":
    main()
