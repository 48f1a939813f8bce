"""Options of ``crossread read`` that do not go together, and what was not read."""

import pytest
from typer.testing import CliRunner

from crossread.cli.app import app
from crossread.cli.console import not_read


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--to", "archive", "--as-is"), "do not go with --to"),
        (("--to", "archive", "--fetch"), "do not go with --to"),
        (("--engine", "ray"), "need --to FOLDER"),
        (("--resume",), "need --store FILE"),
        (("--alone", "--store", "s.db"), "--alone is for readings on stdout"),
        (("--alone", "--to", "archive"), "--alone is for readings on stdout"),
    ],
)
def test_options_that_would_do_nothing_are_refused(words: tuple[str, ...], told: str) -> None:
    done = CliRunner().invoke(app, ["read", "reports", *words])
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())


def test_addresses_are_asked_with_fetch_only() -> None:
    unasked = CliRunner().invoke(app, ["read", "https://127.0.0.1/x"])
    assert (unasked.exit_code, "only with --fetch" in unasked.stderr) == (1, True)
    asked = CliRunner().invoke(app, ["read", "--fetch", "https://127.0.0.1/x"])
    assert (asked.exit_code, "not public" in asked.stderr) == (1, True)


@pytest.mark.parametrize(
    ("where", "reason", "line"),
    [
        ("a.txt", "empty", "not read: a.txt: empty"),
        ("a.txt", "a.txt: empty", "not read: a.txt: empty"),
        ("in/a.jsonl:2", "in/a.jsonl, line 2: no text", "not read: in/a.jsonl, line 2: no text"),
        ("in/a.zip:b.html", "damaged", "not read: in/a.zip:b.html: damaged"),
    ],
)
def test_a_place_is_named_once(where: str, reason: str, line: str) -> None:
    assert not_read(where, reason) == line
