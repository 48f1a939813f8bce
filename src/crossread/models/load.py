"""Finding, checking and opening the shipped weights."""

import hashlib
import json
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from crossread.errors import ModelMismatch, ModelMissing

META = "meta.json"
_NEXT = "install crossread again, or run `make train` to build the weights"


@cache
def model_folder() -> Path:
    """Where the weights lie on this machine."""
    with as_file(files("crossread.models")) as folder:
        return Path(folder)


def read_meta(folder: Path | None = None) -> dict[str, Any]:
    """The description of the shipped weights: labels, data, figures, digests.

    Raises:
        ModelMissing: If there is none.
        ModelMismatch: If it cannot be read.
    """
    path = (folder or model_folder()) / META
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as err:
        raise ModelMissing(f"the model's description is not there: {path}; {_NEXT}") from err
    try:
        meta = json.loads(text)
    except ValueError as err:
        raise ModelMismatch(f"the model's description is no JSON: {path} ({err}); {_NEXT}") from err
    if not isinstance(meta, dict) or "files" not in meta:
        raise ModelMismatch(f"the model's description lists no files: {path}; {_NEXT}")
    return meta


def checked_bytes(name: str, folder: Path | None = None) -> bytes:
    """Content of one model file, after a check of its digest against ``meta.json``.

    Raises:
        ModelMissing: If the file is not there.
        ModelMismatch: If it is not listed, or its SHA-256 is not the listed one.
    """
    folder = folder or model_folder()
    listed = read_meta(folder)["files"].get(name)
    path = folder / name
    if listed is None:
        raise ModelMismatch(f"{path} is not listed in {META}; {_NEXT}")
    try:
        content = path.read_bytes()
    except FileNotFoundError as err:
        raise ModelMissing(f"a model file is not there: {path}; {_NEXT}") from err
    digest = hashlib.sha256(content).hexdigest()
    if digest != listed["sha256"]:
        raise ModelMismatch(f"{path} is damaged: its SHA-256 is {digest}, {META} says {listed['sha256']}; {_NEXT}")
    return content
