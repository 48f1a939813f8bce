"""Losses of every head on a batch."""

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training.encoder import ARC, Reader
from training.windows import IGNORE

WEIGHTS = {
    "xpos": 0.5,
    "upos": 0.5,
    "lemma": 0.5,
    "boundary": 0.5,
    "arc": 1.0,
    "label": 1.0,
    "names": 1.0,
    "roles": 2.0,
    "soft_roles": 2.0,
    "soft_mentions": 1.0,
    "mentions": 1.0,
    "actors": 1.0,
    "penta": 1.0,
    "vector": 1.0,
}


def cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    """Mean over what has a label."""
    if not (gold != IGNORE).any():
        return scores.sum() * 0
    return F.cross_entropy(scores.flatten(0, -2).float(), gold.flatten(), ignore_index=IGNORE)


def soft_cross_entropy(scores: Tensor, shares: Tensor) -> Tensor:
    """Mean over the words of which a teacher says something: its shares sum to one there and to nothing elsewhere."""
    return -(torch.log_softmax(scores.float(), -1) * shares).sum() / shares.sum().clamp(min=1.0)


def losses(model: Reader, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Loss by name of every layer that the batch has labels for."""
    x = model.words(*(batch[k] for k in ("ids", "shapes", "quotes", "positions", "first", "last")))
    found: dict[str, Tensor] = {}
    if "xpos" in batch:
        for name, scores in zip(("xpos", "upos", "lemma"), model.tags(x), strict=True):
            found[name] = cross_entropy(scores, batch[name])
        found["boundary"] = cross_entropy(model.sentence(x), batch["boundary"])
        found |= _tree_losses(model, x, batch)
    if "names" in batch:
        found["names"] = cross_entropy(model.names(model.drop(x)), batch["names"])
    if "mentions" in batch:
        found["mentions"] = cross_entropy(model.mentions(model.drop(x)), batch["mentions"])
    if "roles" in batch:
        found["roles"] = cross_entropy(model.role_scores(x), batch["roles"])
    if "soft_roles" in batch:
        found["soft_roles"] = soft_cross_entropy(model.role_scores(x), batch["soft_roles"])
    if "soft_mentions" in batch:
        found["soft_mentions"] = soft_cross_entropy(model.mentions(model.drop(x)), batch["soft_mentions"])
    if "actors" in batch:
        found["actors"] = cross_entropy(model.actors(model.drop(x)), batch["actors"])
    if "penta" in batch:
        mask = (batch["sentence"] >= 0).float()[..., None]
        pooled = ((x.float() * mask).sum(1) / mask.sum(1)).to(x.dtype)
        found["penta"] = cross_entropy(model.penta(model.drop(pooled)), batch["penta"][:, 0])
    if "vectors" in batch:
        found["vector"] = vector_loss(model, x, batch)
    return found


def _tree_losses(model: Reader, x: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    dep, head, label_dep, label_head = model.arcs(x)
    scores = (dep[..., :ARC] @ head.transpose(1, 2)).float()
    same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
    same &= ~torch.eye(same.shape[1], dtype=torch.bool)[None]
    scores = scores.masked_fill(~same, -1e4)
    scores = torch.cat([dep[..., ARC:].float(), scores], dim=-1)
    gold = torch.where(batch["head"] == IGNORE, IGNORE, batch["head"] + 1)
    gold = torch.where(batch["sentence"] < 0, torch.full_like(gold, IGNORE), gold)
    heads = batch["head"].clamp(min=0)
    gathered = label_head.gather(1, heads[..., None].expand(-1, -1, label_head.shape[-1]))
    gathered = torch.where((batch["head"] == -1)[..., None], model.label_root.to(gathered.dtype), gathered)
    label_scores = model.label_out(model.drop(F.relu(label_dep + gathered)))
    return {"arc": cross_entropy(scores, gold), "label": cross_entropy(label_scores, batch["label"])}


def vector_loss(model: Reader, x: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """One minus the cosine between our sentence vectors and the base model's."""
    rows, words = batch["vector_row"], batch["sentence"] >= 0
    pooled = torch.zeros(len(batch["vectors"]), x.shape[-1])
    pooled = pooled.index_add(0, rows[words], x.float()[words])
    return (1 - F.cosine_similarity(model.sentence_map(pooled.to(x.dtype)).float(), batch["vectors"])).mean()
