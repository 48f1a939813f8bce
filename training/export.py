"""Write the trained model as the package ships it: int8 ONNX, small tables in npz, label lists and digests in meta.json.

python -m training.export --weights checkpoints/language --to src/crossread/models
"""

import argparse
import hashlib
import json
import random
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import Tensor, nn

from crossread.reading.encoder import OUTPUTS
from crossread.reading.lemmas import default_lemma
from training.build import Corpora
from training.corpora import DATA, ud_documents
from training.encoder import HEADS, WIDTH, Reader
from training.relations import TYPES, RelationReader
from training.windows import Encoded, collate, cut

OURS = "com.microsoft"  # onnxruntime's own operators
INPUTS = ("pieces", "ids", "shapes", "quotes", "positions", "first", "last")


class Exported(nn.Module):
    """What the ONNX file computes."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Outputs in the order of `OUTPUTS`; tags are chosen, roles and actors are probabilities, the rest are scores."""
        r = self.reader
        x = r.pooled(r.encoder.from_vectors(*inputs[:5]), *inputs[5:])
        xpos, upos, lemma = r.tags(x)
        boundary = r.sentence(x)
        dep, head, label_dep, label_head = r.arcs(x)
        return (
            x,
            xpos.argmax(-1),
            upos.argmax(-1),
            lemma.argmax(-1),
            boundary[..., 1] - boundary[..., 0],
            dep,
            head,
            label_dep,
            label_head,
            r.names(x),
            r.mentions(x),
            torch.softmax(r.role_scores(x), -1),
            torch.softmax(r.actors(x), -1),
        )


def load(folder: Path) -> tuple[Reader, dict[str, list[str]]]:
    """The trained reader, ready to run, and its label lists."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    reader = Reader({k: len(v) for k, v in labels.items()})
    reader.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
    reader.eval()
    return reader, labels


def export_onnx(reader: Reader, path: Path) -> None:
    """The fp32 graph with open batch, piece and word axes."""
    pieces, words, vectors = torch.ones(2, 12, dtype=torch.long), torch.ones(2, 7, dtype=torch.long), torch.ones(2, 12, WIDTH)
    axes = {k: {0: "batch", 1: "pieces"} for k in INPUTS[:5]} | {k: {0: "batch", 1: "words"} for k in (*INPUTS[5:], *OUTPUTS)}
    torch.onnx.export(
        Exported(reader),
        (vectors, pieces, pieces, pieces, pieces, words, words),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
        custom_opsets={OURS: 1},
    )


OUTLYING = 4.0
"""How many times the usual largest value of an input an input's own may be before it is made smaller."""


@torch.no_grad()
def even_out(reader: Reader, documents: Sequence[Encoded]) -> None:
    """Make the few inputs of products that outgrow all others smaller and their weights larger by as much, for a call of the ONNX graph.

    In int8 all inputs of a product share one scale.  One input of several hundred is above 20 at some pieces where the others stay below
    3, and with a scale that reaches it those would have a handful of steps.  What the graph computes stays the same before rounding.
    """
    layers: list[Any] = list(reader.encoder.layers)
    most = {(k, part): torch.zeros(getattr(layer, part).in_features) for k, layer in enumerate(layers) for part in ("up", "down")}

    def watch(key: tuple[int, str]) -> Any:
        def seen(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            most[key] = torch.maximum(most[key], inputs[0].abs().amax((0, 1)))

        return getattr(layers[key[0]], key[1]).register_forward_pre_hook(seen)

    hooks = [watch(key) for key in most]
    rng = random.Random(0)
    for window in (w for d in documents for w in cut(d, size=160, rng=rng, whole_sentences=False)):
        tensors = collate([window])
        reader.encoder(*(tensors[k] for k in ("ids", "shapes", "quotes", "positions")))
    for hook in hooks:
        hook.remove()
    for (k, part), largest in most.items():
        times = (largest / (OUTLYING * largest.median())).clamp(min=1.0)
        getattr(layers[k], part).weight.mul_(times)
        getattr(layers[k], f"{part}_evened").copy_(1 / times)


def quantize(source: Path, target: Path) -> None:
    """Weights of matrix products in int8 per channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(source),
        str(target),
        per_channel=True,
        reduce_range=False,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Attention"],
    )


def open_attention(path: Path) -> None:
    """Put plain products in place of onnxruntime's int8 attention kernel, for a graph that reads one sequence at a time: no mask, no copies
    of rows into heads and back but one; the numbers stay the same to the bit, a tenth of the time is saved."""
    model = onnx.load(path)
    graph = model.graph
    maker = {output: node for node in graph.node for output in node.output}
    nodes: list[Any] = []
    for node in graph.node:
        nodes += _plain_attention(node, maker[node.input[0]].input[0]) if node.op_type == "QAttention" else [node]
    shapes = {"heads_shape": [-1, HEADS, WIDTH // HEADS], "rows_shape": [1, -1, WIDTH], "qkv_parts": [WIDTH] * 3}
    graph.initializer.extend(numpy_helper.from_array(np.asarray(v, np.int64), k) for k, v in shapes.items())
    needed, kept = {o.name for o in graph.output}, []
    for node in reversed(nodes):
        if needed.intersection(node.output):
            kept.append(node)
            needed.update(node.input)
    stored = [i for i in graph.initializer if i.name in needed]
    for field, values in ((graph.node, kept[::-1]), (graph.initializer, stored)):
        del field[:]
        field.extend(values)
    onnx.save(model, path)


def _plain_attention(node: Any, x: str) -> list[Any]:
    """The nodes that compute what a ``QAttention`` node does of the fp32 tensor ``x`` (1, pieces, 384)."""
    _, weight, bias, _, scale, _, _, zero = node.input[:8]
    names = {
        k: f"{node.name}_{k}" for k in ("qkv", "q_rows", "k_rows", "v_rows", "q", "k", "v", "scores", "shares", "mixed", "rows")
    }
    n = names.__getitem__

    def made(kind: str, inputs: list[str], outputs: list[str], **attributes: Any) -> Any:
        return onnx.helper.make_node(kind, inputs, outputs, name=outputs[0], **attributes)

    return [
        made("DynamicQuantizeMatMul", [x, weight, scale, zero, bias], [n("qkv")], domain=OURS),
        made("Split", [n("qkv"), "qkv_parts"], [n("q_rows"), n("k_rows"), n("v_rows")], axis=-1),
        *[made("Reshape", [n(f"{part}_rows"), "heads_shape"], [n(part)]) for part in "qkv"],
        made(
            *("FusedMatMul", [n("q"), n("k")], [n("scores")]),
            domain=OURS,
            transBatchA=1,
            transBatchB=1,
            transB=1,
            alpha=(WIDTH // HEADS) ** -0.5,
        ),
        made("Softmax", [n("scores")], [n("shares")], axis=-1),
        made("FusedMatMul", [n("shares"), n("v")], [n("mixed")], domain=OURS, transBatchB=1),
        made("Transpose", [n("mixed")], [n("rows")], perm=[1, 0, 2]),
        made("Reshape", [n("rows"), "rows_shape"], [node.output[0]]),
    ]


def write_pieces(table: Tensor, path: Path) -> None:
    """Vectors of all word pieces in int8 with a scale per row; the models share them, as training leaves them as they were."""
    values = table.detach().float().numpy()
    scale = np.maximum(np.abs(values).max(axis=1, keepdims=True) / 127, 1e-8).astype(np.float32)
    np.savez(path, table=np.rint(values / scale).astype(np.int8), scale=scale)


def lemma_exceptions(tokenizer: Path) -> dict[str, str]:
    """``word UPOS XPOS`` -> lemma of words of the treebanks whose usual lemma is not the default one; proper nouns left out."""
    pieces = Tokenizer.from_file(str(tokenizer)).get_vocab()
    seen: dict[tuple[str, str, str], Counter[str]] = {}
    agreed: Counter[tuple[str, str, str]] = Counter()
    for name in ("ewt_train", "gum_train"):
        for document in ud_documents(DATA / "ud" / f"{name}.conllu.gz"):
            layers = document.layers
            for word, upos, xpos, lemma in zip(document.words, layers["upos"], layers["xpos"], layers["lemma"], strict=True):
                key = (word.lower(), upos, xpos)
                seen.setdefault(key, Counter())[lemma] += 1
                agreed[key] += default_lemma(word, upos, xpos, pieces.__contains__) == lemma
    found = {}
    for key, lemmas in sorted(seen.items()):
        lemma, n = lemmas.most_common(1)[0]
        total = sum(lemmas.values())
        if key[1] != "PROPN" and agreed[key] * 2 < total and n >= 0.6 * total:
            found[" ".join(key)] = lemma
    return found


def write_meta(folder: Path, changes: dict[str, Any]) -> None:
    """Bring ``meta.json`` up to date: what changed, and the digest and size of every file beside it."""
    path = folder / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    meta |= changes
    meta["files"] = {
        f.name: {"sha256": hashlib.sha256(f.read_bytes()).hexdigest(), "bytes": f.stat().st_size}
        for f in sorted(folder.iterdir())
        if f.suffix in (".onnx", ".npz") or f.name == "tokenizer.json"
    }
    path.write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


class ExportedRelation(nn.Module):
    """Probabilities of types, as the ONNX file gives them."""

    def __init__(self, reader: RelationReader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, *inputs: Tensor) -> Tensor:
        """(batch, types)."""
        return torch.softmax(self.reader(*inputs), -1)


RELATION_INPUTS = ("pieces", "ids", "shapes", "quotes", "positions", "roles", "places")


def export_relation(folder: Path, target: Path) -> None:
    """The relation model, int8."""
    reader = RelationReader()
    reader.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
    reader.eval()
    full = folder / "relation.fp32.onnx"
    numbers, vectors, places = torch.ones(2, 12, dtype=torch.long), torch.ones(2, 12, WIDTH), torch.ones(2, 2, dtype=torch.long)
    axes = {k: {0: "batch", 1: "pieces"} for k in RELATION_INPUTS[:-1]} | {"places": {0: "batch"}, "types": {0: "batch"}}
    torch.onnx.export(
        ExportedRelation(reader),
        (vectors, *[numbers] * 5, places),
        str(full),
        input_names=list(RELATION_INPUTS),
        output_names=["types"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
        custom_opsets={OURS: 1},
    )
    quantize(full, target)


def main() -> None:
    """Export and quantize."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--relation", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=Path("checkpoints/base"))
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    reader, labels = load(options.weights)
    even_out(reader, Corpora(str(options.base / "tokenizer.json")).polnear("train")[:24])
    full = options.weights / "language.fp32.onnx"
    export_onnx(reader, full)
    quantize(full, options.to / "language.onnx")
    open_attention(options.to / "language.onnx")
    write_pieces(reader.encoder.pieces.weight, options.to / "pieces.npz")
    np.savez(
        options.to / "heads.npz",
        label_weight=reader.label_out.weight.detach().numpy().T.astype(np.float32),
        label_bias=reader.label_out.bias.detach().numpy(),
        label_root=reader.label_root.detach().numpy(),
        sentence_map=reader.sentence_map.weight.detach().numpy().T.astype(np.float32),
        penta_weight=reader.penta.weight.detach().numpy().T.astype(np.float32),
        penta_bias=reader.penta.bias.detach().numpy(),
    )
    shutil.copyfile(options.base / "tokenizer.json", options.to / "tokenizer.json")
    export_relation(options.relation, options.to / "relation.onnx")
    write_meta(
        options.to, {"labels": labels | {"relations": TYPES}, "lemma_exceptions": lemma_exceptions(options.base / "tokenizer.json")}
    )


if __name__ == "__main__":
    main()
