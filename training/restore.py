"""The shipped int8 weights as a torch checkpoint again, so that training can go on from them.

python -m training.restore --from src/crossread/models --out checkpoints/shipped

What rounding to int8 took away stays lost; the vectors of word pieces, which training leaves alone, come from the base model in full.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from crossread.models.load import checked_bytes, read_meta
from crossread.reading.encoder import load_arrays
from training.encoder import LAYERS, Reader

HEADS = (
    *("morph", "xpos", "upos", "lemma", "sentence.0", "sentence.2", "arc_dep", "arc_map", "arc_head"),
    *("label_dep", "label_head", "names", "mentions", "role_hidden", "roles", "actors"),
)
PRODUCTS = (*(f"encoder.layers.{i}.{part}" for i in range(LAYERS) for part in ("qkv", "out", "up", "down")), *HEADS)
"""Weights of matrix products in the order in which the graph, and with it the list of stored tensors, has them."""


def restored(folder: Path, base: Path) -> tuple[Reader, dict[str, list[str]]]:
    """The reader that a folder of shipped weights holds, in fp32, and its label lists.

    Raises:
        SystemExit: If the graph does not hold the tensors that `PRODUCTS` and the reader's parameters ask for.
    """
    labels = read_meta(folder)["labels"]
    reader = Reader({k: len(v) for k, v in labels.items() if k != "relations"})
    reader.encoder.load_base(base)
    graph = onnx.load_from_string(checked_bytes("language.onnx", folder)).graph
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    state = {k.removeprefix("reader."): torch.from_numpy(v.copy()) for k, v in stored.items() if k.startswith("reader.")}
    integers = [k.removesuffix("_quantized") for k in stored if k.endswith("_quantized")]
    if len(integers) != len(PRODUCTS):
        raise SystemExit(f"{folder}/language.onnx holds {len(integers)} quantized products, expected {len(PRODUCTS)}")
    for name, key in zip(PRODUCTS, integers, strict=True):
        state[f"{name}.weight"] = torch.from_numpy(_exact(stored, key))
    tables = load_arrays("heads.npz", folder)
    state |= {
        "label_out.weight": torch.from_numpy(tables["label_weight"].T.copy()),
        "label_out.bias": torch.from_numpy(tables["label_bias"]),
        "label_root": torch.from_numpy(tables["label_root"]),
        "sentence_map.weight": torch.from_numpy(tables["sentence_map"].T.copy()),
        "penta.weight": torch.from_numpy(tables["penta_weight"].T.copy()),
        "penta.bias": torch.from_numpy(tables["penta_bias"]),
    }
    missing, unexpected = reader.load_state_dict(state, strict=False)
    if unexpected or set(missing) - {"encoder.pieces.weight", "arc_root"}:
        raise SystemExit(f"{folder}/language.onnx does not fit the reader: missing {missing}, unexpected {unexpected}")
    return reader.eval(), {k: v for k, v in labels.items() if k != "relations"}


def _exact(stored: dict[str, NDArray[Any]], key: str) -> NDArray[np.float32]:
    """(outputs, inputs) fp32 of an int8 matrix with a scale and a zero point per output."""
    numbers, zero, scale = (stored[f"{key}_{part}"] for part in ("quantized", "zero_point", "scale"))
    weights: NDArray[np.float32] = ((numbers.astype(np.float32) - zero.astype(np.float32)) * scale).T.copy()
    return weights


def main() -> None:
    """Write ``weights.pt`` and ``labels.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, default=Path("src/crossread/models"))
    parser.add_argument("--base", type=Path, default=Path("checkpoints/base"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    reader, labels = restored(options.folder, options.base / "model.safetensors")
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(reader.state_dict(), options.out / "weights.pt")
    (options.out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
