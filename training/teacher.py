"""Sentence vectors of the base model as published: what our sentence vectors are trained to keep."""

import hashlib
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from crossread.reading.segment import CLS, SEP
from training.encoder import Encoder
from training.windows import Encoded


def add_vectors(documents: list[Encoded], base: Path, cache: Path) -> None:
    """Give every document its sentences' vectors, from the cache or from the base model."""
    name = hashlib.sha256(repr([(d.id, len(d), len(d.sentence_starts)) for d in documents]).encode()).hexdigest()[:16]
    stored = cache / f"vectors_{name}.npz"
    if stored.exists():
        vectors = np.load(stored)["vectors"].astype(np.float32)
    else:
        vectors = sentence_vectors(documents, base)
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(stored, vectors=vectors.astype(np.float16))
    at = 0
    for d in documents:
        d.vectors = vectors[at : at + len(d.sentence_starts)]
        at += len(d.sentence_starts)


@torch.no_grad()
def sentence_vectors(documents: list[Encoded], base: Path) -> NDArray[np.float32]:
    """(n_sentences, 384) of all sentences in order, each read alone, rows of length 1."""
    encoder = Encoder(0.0)
    encoder.load_base(base)
    for table in (encoder.shapes, encoder.quotes, encoder.positions):
        table.weight.zero_()
    encoder.eval()
    rows = []
    for d in documents:
        ends = [*d.sentence_starts[1:], len(d)]
        for s, e in zip(d.sentence_starts, ends, strict=True):
            rows.append([CLS, *[p for word in d.pieces[s:e] for p in word][:254], SEP])
    out = np.zeros((len(rows), 384), np.float32)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    for k in range(0, len(order), 64):
        chosen = order[k : k + 64]
        ids = torch.zeros(len(chosen), max(len(rows[i]) for i in chosen), dtype=torch.long)
        for r, i in enumerate(chosen):
            ids[r, : len(rows[i])] = torch.tensor(rows[i])
        zeros = torch.zeros_like(ids)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = encoder(ids, zeros, zeros, zeros)
        mask = (ids > 0).float()[..., None]
        pooled = torch.nn.functional.normalize((h.float() * mask).sum(1) / mask.sum(1), dim=-1)
        out[chosen] = pooled.numpy()
    return out
