"""Every command and every piece of Python in the pages for researchers and tool builders runs as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def blocks(page: str) -> list[tuple[str, str]]:
    """Fenced blocks of a page in order: language and content."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with four reports of the shipped example in ``reports`` and two more in ``more-reports``."""
    with as_file(files("crossread") / "examples" / "varnik") as example:
        reports = sorted(p for p in example.iterdir() if p.is_file())
        for name, part in (("reports", reports[:4]), ("more-reports", reports[4:6])):
            (tmp_path / name).mkdir()
            for report in part:
                shutil.copy(report, tmp_path / name)
    return tmp_path


def run(language: str, code: str, folder: Path) -> str:
    words = [sys.executable, "-c", code] if language == "python" else ["bash", "-euo", "pipefail", "-c", code]
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{code}\n{done.stderr}"
    return done.stdout


def test_researchers_get_their_table_and_keep_its_ids(folder: Path) -> None:
    seen = []
    for language, code in blocks("researchers.md"):
        if language == "r":
            continue
        run(language, code, folder)
        if (folder / "events.csv").exists():
            seen.append((folder / "events.csv").read_text(encoding="utf-8"))
    first, last = ({line.split(",")[0] for line in table.splitlines()[1:]} for table in (seen[0], seen[-1]))
    assert first < last
    assert len(list((folder / "exports").iterdir())) == 7
    assert (folder / "events-from-store.csv").read_text(encoding="utf-8").splitlines()[0] == seen[0].splitlines()[0]


def test_tool_builders_examples_run(folder: Path) -> None:
    run("sh", "crossread read reports/ > readings.jsonl; crossread link readings.jsonl > stories.jsonl", folder)
    told = [run(language, code, folder) for language, code in blocks("tool-builders.md")]
    assert len(told) == 4
    assert "12.0 [" in told[-1]
    assert (folder / "figures.csv").read_text(encoding="utf-8").startswith('"story","figure","kind"')


def test_engineers_ask_their_archive_as_the_page_says(folder: Path) -> None:
    run("sh", "crossread read 'reports/*' --to archive/ && crossread link archive/", folder)
    run("sh", "crossread read 'reports/*' more-reports --to archive/ && crossread link archive/", folder)  # it grows
    (sql,) = (code for language, code in blocks("engineers.md") if language == "sql")
    statements = [s for s in sql.split(";\n") if s.strip()]
    assert len(statements) == 3
    for statement in statements:
        run("python", f"import duckdb; print(duckdb.sql({statement!r}))", folder)
    (count,) = run(
        "python",
        "import duckdb; print(duckdb.sql(\"SELECT count(*) FROM 'archive/documents/*.parquet'\").fetchall()[0][0])",
        folder,
    ).split()
    assert count == "6"
    assert run("sh", "crossread export stories.jsonl --format csv-events", folder).startswith('"story","event","type"')


@pytest.mark.parametrize("page", ["researchers.md", "tool-builders.md", "engineers.md"])
def test_links_lead_somewhere(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (DOCS / target).exists(), target
