"""The notebook of the docs: what is written there is what its cells are, and every cell runs."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    """docs/build_notebook.py as a module."""
    spec = importlib.util.spec_from_file_location("build_notebook", DOCS / "build_notebook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_written_cells_are_the_cells_of_the_builder(builder: ModuleType) -> None:
    written = nbformat.read(DOCS / "notebook.ipynb", as_version=4)
    nbformat.validate(written)
    assert [(c.cell_type, c.source) for c in written.cells] == [(c.cell_type, c.source) for c in builder.notebook().cells]
    assert all(c.outputs for c in written.cells if c.cell_type == "code")


def test_notebook_holds_no_path_of_a_machine() -> None:
    text = (DOCS / "notebook.ipynb").read_text(encoding="utf-8")
    assert not re.search(r"/(home|root|tmp|Users|work)/", text)


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_every_cell_runs_and_tells_what_the_text_says(builder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    cells = [c for c in builder.run(builder.notebook()).cells if c.cell_type == "code"]
    assert not [o for c in cells for o in c.outputs if o.output_type in ("error", "stream")]
    shown = [c.outputs[-1].data for c in cells]
    assert "Torvania vetoes call for Varnik truce" in shown[0]["text/html"]
    assert "General Staff" in shown[1]["text/html"]
    assert any("True" in data["text/plain"] for data in shown if "," in data["text/plain"])  # every old id is in the new table
    assert {"'xlsx'", "'geojson'"} <= set(re.findall(r"'\w+'", shown[-1]["text/plain"]))
