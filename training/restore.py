"""The shipped int8 weights as torch checkpoints again, so that training can go on from them.

python -m training.restore --from src/crossread/models --language checkpoints/shipped --relation checkpoints/relation

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
from torch import Tensor, nn

from crossread.models.load import checked_bytes, read_meta
from crossread.reading.encoder import load_arrays
from training.encoder import LAYERS, Reader
from training.relations import RelationReader

ENCODER = tuple(f"encoder.layers.{i}.{part}" for i in range(LAYERS) for part in ("qkv", "out", "up", "down"))
LANGUAGE = (
    *(*ENCODER, "morph", "xpos", "upos", "lemma", "sentence.0", "sentence.2", "arc_dep", "arc_map", "arc_head"),
    *("label_dep", "label_head", "names", "mentions", "role_hidden", "roles", "actors"),
)
RELATION = (*ENCODER, "hidden", "out")
"""Matrix products in the order in which a graph, and with it the list of stored tensors, has them."""
ELSEWHERE = {"encoder.pieces.weight", "arc_root"}
"""Not in a graph: the table of word pieces, and a parameter that nothing uses."""


def stored_weights(folder: Path, name: str, products: tuple[str, ...]) -> dict[str, Tensor]:
    """Weights that a graph of ours holds, under the names of the module that it was made from.

    Raises:
        SystemExit: If the graph has another number of int8 products than ``products``.
    """
    graph = onnx.load_from_string(checked_bytes(name, folder)).graph
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    integers = [k.removesuffix("_quantized") for k in stored if k.endswith("_quantized")]
    if len(integers) != len(products):
        raise SystemExit(f"{folder / name} holds {len(integers)} int8 products, expected {len(products)}: {', '.join(integers)}")
    state = {
        k.removeprefix("reader."): torch.from_numpy(v.copy())
        for k, v in stored.items()
        if k.startswith("reader.") and not k.endswith(("_quantized", "_scale", "_zero_point"))
    }
    made_smaller = _evened(graph)
    if unknown := set(made_smaller) - set(integers):
        raise SystemExit(f"{folder / name}: inputs are evened out for what is no int8 product: {', '.join(sorted(unknown))}")
    weights = {
        f"{p}.weight": torch.from_numpy(_exact(stored, k) * made_smaller.get(k, np.float32(1)))
        for p, k in zip(products, integers, strict=True)
    }
    return state | weights


def _evened(graph: onnx.GraphProto) -> dict[str, NDArray[np.float32]]:
    """Factors by which the inputs of products are multiplied first (see `training.export.even_out`), by the name of the stored matrix."""
    vectors = {i.name: numpy_helper.to_array(i) for i in graph.initializer if len(i.dims) == 1}
    vectors |= {n.output[0]: numpy_helper.to_array(n.attribute[0].t) for n in graph.node if n.op_type == "Constant"}
    multiplied: dict[str, NDArray[np.float32]] = {}
    found = {}
    for node in graph.node:
        first = node.input[0] if node.input else ""
        if node.op_type == "Mul" and (factors := [vectors[k] for k in node.input if k in vectors and vectors[k].size > 1]):
            multiplied[node.output[0]] = factors[0]
        elif node.op_type == "DynamicQuantizeLinear" and first in multiplied:
            multiplied[node.output[0]] = multiplied[first]
        elif "MatMul" in node.op_type and first in multiplied:
            found[node.input[1].removesuffix("_quantized")] = multiplied[first]
    return found


def _exact(stored: dict[str, NDArray[Any]], key: str) -> NDArray[np.float32]:
    """(outputs, inputs) fp32 of an int8 matrix with a scale and a zero point per output."""
    numbers, zero, scale = (stored[f"{key}_{part}"] for part in ("quantized", "zero_point", "scale"))
    weights: NDArray[np.float32] = ((numbers.astype(np.float32) - zero.astype(np.float32)) * scale).T.copy()
    return weights


def _fill(module: nn.Module, state: dict[str, Tensor], what: Path) -> None:
    missing, unexpected = module.load_state_dict(state, strict=False)
    if unexpected or set(missing) - ELSEWHERE:
        raise SystemExit(f"{what} does not fit: missing {missing}, unexpected {unexpected}")
    module.eval()


def restored_reader(folder: Path, base: Path) -> tuple[Reader, dict[str, list[str]]]:
    """The language model of a folder of shipped weights, in fp32, and its label lists."""
    labels = {k: v for k, v in read_meta(folder)["labels"].items() if k != "relations"}
    reader = Reader({k: len(v) for k, v in labels.items()})
    reader.encoder.load_base(base)
    tables = load_arrays("heads.npz", folder)
    state = stored_weights(folder, "language.onnx", LANGUAGE) | {
        "label_out.weight": torch.from_numpy(tables["label_weight"].T.copy()),
        "label_out.bias": torch.from_numpy(tables["label_bias"]),
        "label_root": torch.from_numpy(tables["label_root"]),
        "sentence_map.weight": torch.from_numpy(tables["sentence_map"].T.copy()),
        "penta.weight": torch.from_numpy(tables["penta_weight"].T.copy()),
        "penta.bias": torch.from_numpy(tables["penta_bias"]),
    }
    _fill(reader, state, folder / "language.onnx")
    return reader, labels


def restored_relation(folder: Path, base: Path) -> RelationReader:
    """The relation model of a folder of shipped weights, in fp32."""
    reader = RelationReader()
    reader.encoder.load_base(base)
    _fill(reader, stored_weights(folder, "relation.onnx", RELATION), folder / "relation.onnx")
    return reader


def main() -> None:
    """Write ``weights.pt`` of both models, and ``labels.json`` of the language model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, default=Path("src/crossread/models"))
    parser.add_argument("--base", type=Path, default=Path("checkpoints/base"))
    parser.add_argument("--language", type=Path)
    parser.add_argument("--relation", type=Path)
    options = parser.parse_args()
    base = options.base / "model.safetensors"
    if options.language:
        reader, labels = restored_reader(options.folder, base)
        options.language.mkdir(parents=True, exist_ok=True)
        torch.save(reader.state_dict(), options.language / "weights.pt")
        (options.language / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), encoding="utf-8")
    if options.relation:
        options.relation.mkdir(parents=True, exist_ok=True)
        torch.save(restored_relation(options.folder, base).state_dict(), options.relation / "weights.pt")


if __name__ == "__main__":
    main()
