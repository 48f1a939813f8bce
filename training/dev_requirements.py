"""Print the development requirements of pyproject.toml (its ``dev`` group), for pip versions that know no dependency groups."""

import tomllib
from pathlib import Path

if __name__ == "__main__":
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    print(" ".join(project["dependency-groups"]["dev"]).replace(" ", "\n"))
