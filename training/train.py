"""Train the language model: one encoder, all heads, batches of one task at a time.

python -m training.train --out checkpoints/language --steps 6000
"""

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.build import Corpora
from training.encoder import LAYERS, Reader
from training.kept import kept_documents
from training.losses import WEIGHTS, losses
from training.teacher import add_vectors
from training.windows import HIDDEN, Encoded, Window, batches, collate, cut

SHARES = {
    "general": {"ud": 0.56, "polnear": 0.44},  # what cross-validation of the small tasks may start from
    "all": {"ud": 0.36, "lines": 0.09, "polnear": 0.32, "re3d": 0.11, "actors": 0.08, "penta": 0.04},
    "taught": {  # the smallest sets would be learnt by heart, and words of short sentences read by that
        "ud": 0.27,
        "alone": 0.10,
        "lines": 0.05,
        "kept": 0.12,
        "polnear": 0.315,
        "soft": 0.12,
        "re3d": 0.015,
        "actors": 0.006,
        "penta": 0.004,
    },
    "further": {
        "ud": 0.44,
        "lines": 0.07,
        "polnear": 0.42,
        "re3d": 0.03,
        "actors": 0.02,
        "penta": 0.02,
    },  # small sets are learnt by then
}
SIZES = {"ud": 160, "alone": 40, "kept": 60, "lines": 160, "polnear": 300, "soft": 300, "re3d": 256, "actors": 128, "penta": 128}
MEETING = 8  # steps that a worker makes by itself between two means of the weights
SAVED_EVERY = 240.0  # seconds


def endless(documents: list[Encoded], task: str, *, pieces: int, rng: random.Random) -> Iterator[list[Window]]:
    """Batches of one task, epoch after epoch."""
    while True:
        windows = [
            w
            for d in documents
            for w in cut(d, size=SIZES[task], rng=rng, whole_sentences=task in ("ud", "alone", "kept", "lines"))
        ]
        if not windows:
            raise SystemExit(f"the {len(documents)} documents for {task} hold no words to learn from: look into ../shared/data")
        yield from batches(windows, pieces=pieces, rng=rng)


class Masters:
    """fp32 copies of the weights for the optimizer; the model itself computes in bf16, twice as fast on this kind of processor."""

    def __init__(self, model: torch.nn.Module) -> None:
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(not name.startswith("encoder.pieces"))
        self.names = {n: torch.nn.Parameter(p.detach().clone()) for n, p in model.named_parameters() if p.requires_grad}
        model.to(torch.bfloat16)
        self.low = {n: p for n, p in model.named_parameters() if p.requires_grad}

    def take_gradients(self) -> None:
        """Gradients of the bf16 weights in fp32."""
        for name, low in self.low.items():
            self.names[name].grad = None if low.grad is None else low.grad.float()
            low.grad = None

    def clip(self, *, most: float) -> None:
        """Bring the norm of all gradients down to at most ``most``."""
        torch.nn.utils.clip_grad_norm_(list(self.names.values()), most)

    @torch.no_grad()
    def share_weights(self, mine: int, buffers: list[torch.Tensor], barrier: Any) -> None:
        """Replace the weights by their mean over all workers, through shared memory; every worker ends with the same numbers."""
        at = 0
        for master in self.names.values():
            buffers[mine][at : at + master.numel()].copy_(master.view(-1))
            at += master.numel()
        barrier.wait()
        mean = torch.stack(buffers).mean(0) if len(buffers) > 2 else torch.lerp(buffers[0], buffers[-1], 0.5)
        barrier.wait()
        at = 0
        for master in self.names.values():
            master.copy_(mean[at : at + master.numel()].view_as(master))
            at += master.numel()
        self.give_weights()

    @torch.no_grad()
    def give_weights(self) -> None:
        """Round the weights back into the model."""
        torch._foreach_copy_(list(self.low.values()), [self.names[n] for n in self.low])


def groups(named: dict[str, torch.nn.Parameter], *, rate: float, decay: float) -> list[dict[str, object]]:
    """Parameter groups: lower layers learn more slowly, heads faster, norms and biases without weight decay."""
    found: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in named.items():
        if name.startswith("encoder.layers."):
            depth = LAYERS - int(name.split(".")[2]) - 1
            speed = rate * decay**depth
        elif name.startswith(("encoder.shapes", "encoder.quotes", "encoder.positions")):
            speed = rate * 5
        elif name.startswith("encoder."):
            speed = rate * decay**LAYERS
        else:
            speed = rate * 5
        weight_decay = 0.0 if parameter.ndim == 1 else 0.01
        found.setdefault((speed, weight_decay), []).append(parameter)
    return [{"params": p, "lr": s, "base": s, "weight_decay": w} for (s, w), p in found.items()]


def pace(progress: float, *, warm: float = 0.1, floor: float = 0.02) -> float:
    """Share of the rate at a ``progress`` from 0 to 1: up over the share ``warm`` of the way, then down along a cosine to ``floor``."""
    along = min(1.0, progress)
    return min(1.0, (progress + 1e-4) / warm) * (floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * along)))


class Average:
    """Running average of the weights, which is what is kept."""

    def __init__(self, masters: Masters, decay: float, *, every: int = 4) -> None:
        self.decay, self.steps, self.every = decay**every, 0, every
        self.masters = masters
        self.state = {k: v.detach().clone() for k, v in masters.names.items()}

    @torch.no_grad()
    def update(self) -> None:
        """Move towards the weights as they are now, each few steps."""
        self.steps += 1
        if self.steps % self.every:
            return
        k = self.steps // self.every
        keep = min(self.decay, (1 + k) / (10 + k))
        torch._foreach_lerp_(list(self.state.values()), list(self.masters.names.values()), 1 - keep)

    def save(self, model: Reader, path: Path) -> None:
        """Write all weights: the averages, and what was never trained; a file that is there is replaced at once or not at all."""
        state = {k: self.state.get(k, v).float() for k, v in model.state_dict().items()}
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)


def step(loss: torch.Tensor, masters: Masters, optimizer: torch.optim.Optimizer, average: Average, *, most: float = 1.0) -> None:
    """Learn from the loss of one batch, its gradient cut to a norm of at most ``most``, and move the running averages."""
    loss.backward()  # type: ignore[no-untyped-call]
    masters.take_gradients()
    masters.clip(most=most)
    optimizer.step()
    masters.give_weights()
    average.update()


def documents_by_task(corpora: Corpora, *, everything: bool) -> dict[str, list[Encoded]]:
    """Training documents of every task; without ``everything`` only what may ship."""
    return {
        "ud": corpora.ud(["ewt_train", "gum_train"], learn=True),
        "lines": corpora.lines(["ewt_train", "gum_train"]),
        "polnear": corpora.polnear("train"),
        "re3d": corpora.re3d(with_bbc=everything),
        "actors": corpora.actors(),
        "penta": corpora.penta(),
    }


def add_soft(documents: dict[str, list[Encoded]], roles: Path, mentions: Path | None = None) -> None:
    """Give documents what the teachers say of their words, and add the treebanks' texts as a task that has nothing else.

    Args:
        documents: By task, changed in place.
        roles: What the teacher of attribution says, by document.
        mentions: What the teacher of phrases says, if there is one.
    """
    stored = {"roles": dict(np.load(roles))} | ({"mentions": dict(np.load(mentions))} if mentions else {})

    def said(name: str) -> dict[str, Any] | None:
        return {head: by_name[name] for head, by_name in stored.items() if name in by_name} or None

    for task in ("polnear", "re3d"):
        for document in documents[task]:
            document.soft = said(document.id)
    documents["soft"] = [
        replace(d, labels={}, vectors=None, arrays=None, soft=said(d.id)) for d in documents["ud"] if d.id in stored["roles"]
    ]


def main() -> None:
    """Train for a number of steps, or until the clock says so, then write weights and label lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=Path("checkpoints/base"))
    parser.add_argument("--start", type=Path, help="weights to start from instead of the base model")
    parser.add_argument("--tasks", choices=list(SHARES), default="all")
    parser.add_argument("--steps", type=int, default=6000, help="steps of each worker")
    parser.add_argument("--minutes", type=float, help="end by the clock instead; the same seed then gives other weights each time")
    parser.add_argument("--pieces", type=int, default=2048)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--floor", type=float, default=0.02, help="share of the rate that is left at the end")
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--soft", type=Path, help="what the attribution teacher says (soft.npz), for --tasks taught")
    parser.add_argument("--hidden", type=float, default=HIDDEN, help="share of the words that are not shown")
    parser.add_argument(
        "--soft-mentions", type=Path, help="what a teacher says of phrases (training.mention_teacher), for the same"
    )
    parser.add_argument("--kept", type=Path, help="a folder of exported weights whose parse of news is to stay, for --tasks taught")
    options = parser.parse_args()
    if (options.tasks == "taught") != (options.soft is not None):
        raise SystemExit("--tasks taught needs --soft, and only it takes it; python -m training.attribution_teacher makes the file")
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    corpora = Corpora(str(options.base / "tokenizer.json"))
    documents = documents_by_task(corpora, everything=False)
    add_vectors(documents["ud"], options.base / "model.safetensors", options.base)
    if options.soft:
        add_soft(documents, options.soft, options.soft_mentions)
    if options.kept:
        documents["kept"] = kept_documents(corpora, options.kept)
    documents["alone"] = documents["ud"]  # a sentence or two at a time
    model = Reader({k: len(v) for k, v in corpora.labels.items()})
    if options.start:
        model.load_state_dict(torch.load(options.start / "weights.pt", weights_only=True))
    else:
        model.encoder.load_base(options.base / "model.safetensors")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "labels.json").write_text(json.dumps(corpora.labels, ensure_ascii=False, indent=0), encoding="utf-8")
    masters = Masters(model)
    size = sum(p.numel() for p in masters.names.values())
    context = torch.multiprocessing.get_context("fork")
    team = Team(
        buffers=[torch.zeros(size).share_memory_() for _ in range(options.workers)],
        barrier=context.Barrier(options.workers),
        progress=torch.zeros(1).share_memory_(),
        began=time.monotonic(),
    )
    others = [
        context.Process(target=run, args=(model, masters, documents, options, k, team), daemon=True)
        for k in range(1, options.workers)
    ]
    for process in others:
        process.start()
    run(model, masters, documents, options, 0, team)


@dataclass
class Team:
    """What the workers share."""

    buffers: list[torch.Tensor]
    barrier: Any
    progress: torch.Tensor
    began: float

    def meet(self, mine: int, masters: Masters, step: int, options: argparse.Namespace) -> None:
        """Mean of all workers' weights; the first worker says how far training is."""
        if not mine:
            minutes = (time.monotonic() - self.began) / 60
            self.progress[0] = minutes / options.minutes if options.minutes else step / options.steps
        masters.share_weights(mine, self.buffers, self.barrier)


def run(
    model: Reader, masters: Masters, documents: dict[str, list[Encoded]], options: argparse.Namespace, mine: int, team: Team
) -> None:
    """The training loop of one worker: steps of its own on its own batches, and every `MEETING` steps the mean with the others."""
    torch.manual_seed(options.seed + mine)
    rng = random.Random(options.seed + mine)
    optimizer = torch.optim.AdamW(groups(masters.names, rate=options.rate, decay=options.decay), betas=(0.9, 0.98), fused=True)
    average = Average(masters, options.average**MEETING, every=1)
    shares = SHARES[options.tasks]
    streams = {t: endless(d, t, pieces=options.pieces, rng=rng) for t, d in documents.items() if t in shares}
    tasks = list(streams)
    seen: dict[str, float] = {}
    model.train()
    step, progress, saved = 0, 0.0, team.began
    while progress < 1.0:
        rate = pace(progress, warm=0.06, floor=options.floor)
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * rate
        task = rng.choices(tasks, [shares[t] for t in tasks])[0]
        found = losses(model, collate(next(streams[task]), rng=rng, hidden=options.hidden))
        torch.stack([WEIGHTS[k] * v.float() for k, v in found.items()]).sum().backward()
        masters.take_gradients()
        masters.clip(most=2.0)
        optimizer.step()
        masters.give_weights()
        step += 1
        for name, value in found.items():
            seen[name] = 0.98 * seen.get(name, value.item()) + 0.02 * value.item()
        if step % MEETING:
            continue
        team.meet(mine, masters, step, options)
        progress = float(team.progress[0])
        if mine:
            continue
        average.update()
        if step % (4 * MEETING) == 0:
            shown = " ".join(f"{k} {v:.3f}" for k, v in sorted(seen.items()))
            print(f"step {step} {progress:.3f} {(time.monotonic() - team.began) / 60:.1f} min: {shown}", flush=True)
        if time.monotonic() - saved > SAVED_EVERY:
            saved = time.monotonic()
            average.save(model, options.out / "weights.pt")
    if not mine:
        average.save(model, options.out / "weights.pt")


if __name__ == "__main__":
    main()
