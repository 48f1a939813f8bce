"""Contracts: public names, cheap import, the schema snapshot, the error tree."""

import importlib
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import crossread
from crossread import errors
from crossread.jsonlines import schema

SNAPSHOT = Path(__file__).parent / "schema.json"


def test_public_names_exist_and_are_all_listed() -> None:
    for name in crossread.__all__:
        assert getattr(crossread, name) is not None
    assert sorted(crossread.__all__) == sorted({*crossread._HOMES, "__version__"})


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        crossread.nonsense  # noqa: B018


def test_importing_crossread_loads_no_heavy_package() -> None:
    heavy = ("spacy", "numpy", "onnxruntime", "sklearn", "msgspec", "rich", "typer", "trafilatura")
    code = f"import crossread, sys; print([m for m in {heavy!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_help_loads_no_model_package() -> None:
    code = (
        "import sys; sys.argv = ['crossread', '--help']\n"
        "try:\n    from crossread.cli import main; main()\nexcept SystemExit: pass\n"
        "print([m for m in ('spacy', 'numpy', 'onnxruntime', 'sklearn', 'trafilatura') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip().endswith("[]")


def test_schema_is_the_one_in_the_snapshot() -> None:
    """A change of shape shows here; write the snapshot anew with ``crossread schema > tests/contract/schema.json``."""
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == json.loads(json.dumps(schema()))


def test_every_error_is_a_crossread_error_and_drawn_in_the_tree() -> None:
    tree = inspect.getdoc(errors) or ""
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == errors.__name__]
    assert len(classes) > 10
    for cls in classes:
        assert issubclass(cls, errors.CrossreadError)
        assert cls.__name__ in tree


@pytest.mark.parametrize("module", ["records", "jsonlines", "steps", "errors", "vocabulary", "calls"])
def test_public_functions_and_classes_have_docstrings(module: str) -> None:
    home = importlib.import_module(f"crossread.{module}")
    for name, value in vars(home).items():
        if (
            not name.startswith("_")
            and getattr(value, "__module__", "") == home.__name__
            and (inspect.isclass(value) or inspect.isfunction(value))
        ):
            assert inspect.getdoc(value), f"{module}.{name} has no docstring"


def test_every_problem_code_in_the_source_is_documented() -> None:
    from crossread.problem_codes import PROBLEM_CODES

    source = Path(crossread.__file__).parent
    used = {
        code
        for path in source.rglob("*.py")
        for code in re.findall(r'\bcode="([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(used) > 10
    assert used <= set(PROBLEM_CODES)


def test_every_command_is_in_the_reference() -> None:
    from crossread.cli.app import app

    page = Path(crossread.__file__).parents[2] / "docs" / "reference" / "commands.md"
    if not page.exists():
        pytest.skip("the docs are not beside the installed package")
    names = {command.name or (command.callback.__name__ if command.callback else "") for command in app.registered_commands}
    text = page.read_text(encoding="utf-8")
    assert names
    assert {name for name in names if f"## crossread {name}\n" not in text} == set()
