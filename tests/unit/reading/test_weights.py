"""Weights that are missing, cut off or changed are refused by name, with what to do next."""

import json
import os
import re
from pathlib import Path
from shutil import copytree

import pytest

from crossread.errors import ModelError, ModelMismatch, ModelMissing
from crossread.models.load import META, model_folder, read_meta
from crossread.reading.encoder import Encoder, load_arrays, open_session

FILES = sorted(n for n in read_meta()["files"] if n != "relation.onnx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped weights that a test may break; files are linked, so break them by writing new ones."""
    return copytree(model_folder(), tmp_path / "weights", copy_function=os.link)


def rewrite(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelMissing, match=rf"{re.escape(name)}.*make train"):
        Encoder(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_cut_file_is_refused(folder: Path, name: str) -> None:
    rewrite(folder / name, (folder / name).read_bytes()[:-1])
    with pytest.raises(ModelMismatch, match=rf"{re.escape(name)} is damaged.*make train"):
        Encoder(folder)


def test_a_file_of_another_kind_with_the_right_digest_is_refused(folder: Path) -> None:
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    meta["files"]["language.onnx"] = meta["files"]["heads.npz"]
    rewrite(folder / META, json.dumps(meta).encode())
    rewrite(folder / "language.onnx", (folder / "heads.npz").read_bytes())
    with pytest.raises(ModelMismatch, match=r"language\.onnx cannot be opened by onnxruntime"):
        open_session("language.onnx", folder)


@pytest.mark.parametrize(
    ("content", "why"), [(b"", "no JSON"), (b"{", "no JSON"), (b"[]", "lists no files"), (b"{}", "lists no files")]
)
def test_a_broken_description_is_refused(folder: Path, content: bytes, why: str) -> None:
    rewrite(folder / META, content)
    with pytest.raises(ModelMismatch, match=why):
        load_arrays("heads.npz", folder)


def test_the_relation_model_is_checked_too(folder: Path) -> None:
    rewrite(folder / "relation.onnx", b"not a model")
    with pytest.raises(ModelError, match=r"relation\.onnx is damaged"):
        open_session("relation.onnx", folder)
