"""A larger model that learns attribution first, and whose probabilities the shipped one then learns beside the labels.

    python -m training.attribution_teacher --mpnet checkpoints/mpnet --out checkpoints/teacher
    python -m training.attribution_teacher --label --out checkpoints/teacher

The first trains it on PolNeAR's train portion (three epochs, 45 minutes of two threads); the second writes what it says of each word of that
portion and of the treebanks to ``soft.npz``.
"""

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from training.build import Corpora
from training.encoder import SharedDropout
from training.losses import cross_entropy
from training.mpnet import LAYERS, WIDTH, Encoder
from training.train import Average, Masters, pace
from training.train import step as learn
from training.windows import Encoded, Window, batches, collate, cut

SIZE, CONTEXT = 250, 48
"""Pieces of a window, and words at each of its ends that another window reads better."""


class Teacher(nn.Module):
    """The encoder and a head for one kind of label: attribution roles here, phrases in `training.mention_teacher`."""

    def __init__(self, n_roles: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.drop = SharedDropout(0.2)
        self.role_hidden = nn.Linear(WIDTH, WIDTH)
        self.roles = nn.Linear(WIDTH, n_roles)

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """(batch, words, roles) scores."""
        h = self.encoder(*(batch[k] for k in ("ids", "shapes", "quotes", "positions")))
        first, last = (batch[k][..., None].expand(-1, -1, WIDTH) for k in ("first", "last"))
        x = (h.gather(1, first) + h.gather(1, last)) * 0.5
        return self.roles(self.drop(F.gelu(self.role_hidden(self.drop(x)))))  # type: ignore[no-any-return]


def groups(named: dict[str, nn.Parameter], *, rate: float, decay: float) -> list[dict[str, object]]:
    """Parameter groups: lower layers learn more slowly, the head and the features faster."""
    found = []
    for name, parameter in named.items():
        if name.startswith("encoder.layers."):
            speed = rate * decay ** (LAYERS - int(name.split(".")[2]) - 1)
        elif name.startswith(("encoder.shapes", "encoder.quotes", "encoder.positions")):
            speed = rate * 10
        else:
            speed = rate * decay**LAYERS if name.startswith("encoder.") else rate * 10
        found.append({"params": [parameter], "lr": speed, "base": speed, "weight_decay": 0.0 if parameter.ndim == 1 else 0.01})
    return found


def train(corpora: Corpora, options: argparse.Namespace) -> None:
    """Learn PolNeAR's roles and write ``weights.pt``: running averages of the weights."""
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    documents = corpora.polnear("train")
    for document in documents:
        document.labels = {"roles": document.labels["roles"]}
    model = Teacher(len(corpora.labels["roles"]))
    model.encoder.load_base(options.mpnet / "model.safetensors")
    masters = Masters(model)
    optimizer = torch.optim.AdamW(groups(masters.names, rate=options.rate, decay=0.9), betas=(0.9, 0.98), fused=True)
    average = Average(masters, 0.99, every=1)
    model.train()
    step, began, seen = 0, time.monotonic(), 0.0
    for _ in range(math.ceil(options.epochs)):
        windows = [w for d in documents for w in cut(d, size=SIZE, rng=rng, whole_sentences=False)]
        found = batches(windows, pieces=2048, rng=rng)
        for batch in found:
            progress = step / (len(found) * options.epochs)
            if progress >= 1.0:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * pace(progress, warm=0.06)
            tensors = collate(batch, rng=rng)
            loss = cross_entropy(model(tensors), tensors["roles"])
            learn(loss, masters, optimizer, average)
            step += 1
            seen = 0.98 * seen + 0.02 * loss.item()
            if step % 20 == 0:
                print(f"step {step} {progress:.3f} {(time.monotonic() - began) / 60:.1f} min: {seen:.3f}", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    average.save(model, options.out / "weights.pt")


@torch.no_grad()
def probabilities(model: Teacher, document: Encoded, *, context: int = CONTEXT) -> NDArray[np.float32]:
    """(words, labels) of one document: each word from a window that shows ``context`` words around it, where there are so many."""
    n, words = len(document), 3 * SIZE // 5
    step = words - 2 * context
    starts = list(range(0, max(1, n - 2 * context), step))
    windows = [Window(document, s, min(n, s + words), 2 + sum(map(len, document.pieces[s : s + words]))) for s in starts]
    out = np.zeros((n, model.roles.out_features), np.float32)
    for k in range(0, len(windows), 8):
        chosen = windows[k : k + 8]
        scores = torch.softmax(model(collate(chosen)).float(), -1).numpy()
        for row, window in zip(scores, chosen, strict=True):
            first = window.start + (context if window.start else 0)
            last = window.end if window.end == n else window.end - context
            out[first:last] = row[first - window.start : last - window.start]
    return out


def load(folder: Path, n_roles: int) -> Teacher:
    """The trained teacher, ready to run in bf16."""
    model = Teacher(n_roles, 0.0)
    model.load_state_dict(torch.load(folder / "weights.pt", weights_only=True), strict=False)
    return model.bfloat16().eval()


def main() -> None:
    """Train, or label."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, default=Path("checkpoints/base"))
    parser.add_argument("--mpnet", type=Path, default=Path("checkpoints/mpnet"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--label", action="store_true", help="write what the trained teacher says instead of training it")
    parser.add_argument("--every", type=int, default=1, help="with --label, one of so many documents only")
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    corpora = Corpora(str(options.base / "tokenizer.json"))
    if not options.label:
        train(corpora, options)
        return
    model = load(options.out, len(corpora.labels["roles"]))
    documents = [*corpora.polnear("train"), *corpora.ud(["ewt_train", "gum_train"], learn=True)][:: options.every]
    soft = {d.id: probabilities(model, d).astype(np.float16) for d in documents}
    np.savez_compressed(options.out / "soft.npz", **soft)  # type: ignore[arg-type]
    print(json.dumps({"documents": len(soft), "words": sum(map(len, soft.values()))}))


if __name__ == "__main__":
    main()
