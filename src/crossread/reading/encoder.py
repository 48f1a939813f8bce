"""The shipped encoder: windows of words in, scores of every head out."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crossread.errors import ModelMismatch
from crossread.models.load import checked_bytes, read_meta
from crossread.reading.segment import Segmenter
from crossread.reading.windows import Window, arrays, batches

OUTPUTS = ("vectors", "xpos", "upos", "lemma", "boundary", "arc_dep", "arc_head", "label_dep", "label_head", "names", "mentions", "roles", "actors")
BATCH_PIECES = 2048


@dataclass(frozen=True, slots=True)
class Scores:
    """Outputs of the encoder for the words of one window, context included; axes (words, ...)."""

    window: Window
    outputs: dict[str, NDArray[Any]]

    def rows(self, name: str, start: int, end: int) -> NDArray[Any]:
        """Rows of the words ``start`` to ``end`` of the stretch."""
        return self.outputs[name][start - self.window.first : end - self.window.first]


class Encoder:
    """One ONNX session and the small tables beside it."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.meta = read_meta(folder)
        self.labels: dict[str, list[str]] = self.meta["labels"]
        tokenizer = Tokenizer.from_str(checked_bytes("tokenizer.json", folder).decode("utf-8"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.segmenter = Segmenter(tokenizer)
        self.tables: dict[str, NDArray[np.float32]] = dict(np.load(io.BytesIO(checked_bytes("heads.npz", folder)), allow_pickle=False))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        weights = checked_bytes("language.onnx", folder)
        try:
            self.session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        except Exception as err:  # onnxruntime's own exceptions have no common public class
            raise ModelMismatch(f"language.onnx cannot be opened by onnxruntime {onnxruntime.__version__}: {err}") from err

    def read(self, windows: list[Window]) -> list[Scores]:
        """Scores of every window, in order; windows of like length are read together."""
        found: list[Scores | None] = [None] * len(windows)
        for numbers in batches(windows, pieces=BATCH_PIECES):
            batch = [windows[i] for i in numbers]
            outputs = self.session.run(OUTPUTS, arrays(batch))
            for row, i in enumerate(numbers):
                n = batch[row].last - batch[row].first
                found[i] = Scores(batch[row], {k: v[row, :n] for k, v in zip(OUTPUTS, outputs, strict=True)})
        return [s for s in found if s is not None]
