"""A folder of weights with the language model in fp32, to measure what int8 costs.

python -m training.exact --weights checkpoints/further --beside src/crossread/models --to checkpoints/exact
"""

import argparse
import shutil
from pathlib import Path

from training.export import export_onnx, load, write_meta


def main() -> None:
    """Copy the folder and put the graph before rounding in."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--beside", type=Path, default=Path("src/crossread/models"))
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    shutil.copytree(options.beside, options.to, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    reader, _ = load(options.weights)
    export_onnx(reader, options.to / "language.onnx")
    write_meta(options.to, {})


if __name__ == "__main__":
    main()
