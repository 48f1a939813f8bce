"""The shipped encoder: windows of words in, scores of every head out."""

import io
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crossread.errors import ModelMismatch
from crossread.models.load import checked_bytes, read_meta
from crossread.reading.segment import Segmenter
from crossread.reading.windows import Window, arrays

OUTPUTS = (
    "vectors",
    "xpos",
    "upos",
    "lemma",
    "boundary",
    "arc_dep",
    "arc_head",
    "label_dep",
    "label_head",
    "names",
    "mentions",
    "roles",
    "actors",
)
SLOWER = ["SkipLayerNormFusion"]  # onnxruntime's fused kernel takes three times as long as its sum and norm apart


@dataclass(frozen=True, slots=True)
class Scores:
    """Outputs of the encoder for the words of one window, context included; axes (words, ...)."""

    window: Window
    outputs: dict[str, NDArray[Any]]

    def rows(self, name: str, start: int, end: int) -> NDArray[Any]:
        """Rows of the words ``start`` to ``end`` of the stretch."""
        return self.outputs[name][start - self.window.first : end - self.window.first]


class PieceVectors:
    """Vectors of word pieces, int8 with a scale per row; the shipped models share one table."""

    def __init__(self, folder: Path | None = None) -> None:
        stored = load_arrays("pieces.npz", folder)
        self._table, self._scale = stored["table"], stored["scale"]

    def __call__(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """(batch, pieces) numbers -> (batch, pieces, 384) float32."""
        vectors: NDArray[np.float32] = self._table[ids] * self._scale[ids]
        return vectors


@cache
def piece_vectors(folder: Path | None = None) -> PieceVectors:
    """The table of a folder of weights, opened once."""
    return PieceVectors(folder)


@cache
def load_segmenter(folder: Path | None = None) -> Segmenter:
    """The piece tokenizer of a folder of weights, opened once."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(checked_bytes("tokenizer.json", folder).decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Segmenter(tokenizer)


def load_arrays(name: str, folder: Path | None = None) -> dict[str, NDArray[Any]]:
    """Arrays of a checked ``.npz`` file."""
    with np.load(io.BytesIO(checked_bytes(name, folder)), allow_pickle=False) as stored:
        return dict(stored)


def quiet_onnxruntime() -> Any:
    """The module, told before it is loaded to collect nothing about its use.

    From version 1.31 on it otherwise keeps events in a file under the user's cache folder and sends them to its makers.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime


def open_session(name: str, folder: Path | None = None, *, threads: int = 1) -> Any:
    """An onnxruntime session on a checked file.

    Raises:
        ModelMissing: If the file is not there.
        ModelMismatch: If it is damaged, or this onnxruntime cannot run it.
    """
    onnxruntime = quiet_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    weights = checked_bytes(name, folder)
    try:
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(SLOWER))
    except Exception as err:  # onnxruntime's own exceptions have no common public class
        raise ModelMismatch(f"{name} cannot be opened by onnxruntime {onnxruntime.__version__}: {err}") from err


class Encoder:
    """One ONNX session and the small tables beside it."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        self.meta = read_meta(folder)
        self.labels: dict[str, list[str]] = self.meta["labels"]
        self.segmenter = load_segmenter(folder)
        self.tables: dict[str, NDArray[np.float32]] = load_arrays("heads.npz", folder)
        self._vectors = piece_vectors(folder)
        self._session = open_session("language.onnx", folder, threads=threads)

    def read(self, windows: list[Window]) -> list[Scores]:
        """Scores of every window, in order.

        Each is read by itself: what is read at once stays in a core's own cache (2,048 pieces together are a third slower), needs no mask,
        and comes out the same beside any other, as the int8 products scale their input over all that they are given.
        """
        found = []
        for window in windows:
            inputs = arrays(window)
            outputs = self._session.run(OUTPUTS, {"pieces": self._vectors(inputs["ids"]), **inputs})
            found.append(Scores(window, {k: v[0] for k, v in zip(OUTPUTS, outputs, strict=True)}))
        return found


@cache
def load_encoder(folder: Path | None = None, *, threads: int = 1) -> Encoder:
    """The encoder of a folder of weights, opened once."""
    return Encoder(folder, threads=threads)
