"""Figures of the runs, told at the end of the session; the model, loaded once for all forks."""

import sys
from collections.abc import Callable

import pytest

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []  # forks, signals and quotas of Unix
_FIGURES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """A place for the figures."""
    config.stash[_FIGURES] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was tried and found."""
    lines = terminalreporter.config.stash.get(_FIGURES, [])
    if lines:
        terminalreporter.section("faults tried")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def figure(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Add a line to what is told at the end."""
    return pytestconfig.stash[_FIGURES].append


@pytest.fixture(scope="session")
def model() -> None:
    """Load the model into this process, so that its forks have it."""
    import crossread

    crossread.read("Rain fell, the mayor said.")


def counts(suite: int, torture: int, *, minutes: int = 60) -> pytest.MarkDecorator:
    """Run a test with ``count`` at the suite's size, and at the larger one under ``make torture``."""
    larger = pytest.param(torture, marks=[pytest.mark.torture, pytest.mark.timeout(minutes * 60)], id=f"{torture or 'all'}")
    return pytest.mark.parametrize("count", [pytest.param(suite, id=f"{suite}"), larger])
