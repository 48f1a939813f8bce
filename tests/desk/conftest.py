"""Desks for tests: a store of the example, fresh for each test that changes it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossread.desk.desk import Desk
from tests.desk.material import client, desk_on, example_readings, fill


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, linked; not to be changed."""
    return fill(tmp_path_factory.mktemp("example") / "example.db", example_readings())


@pytest.fixture
def app(example_store: Path, tmp_path: Path) -> Iterator[Any]:
    """The application on a copy of the example."""
    path = tmp_path / "desk.db"
    shutil.copy(example_store, path)
    application, desk = desk_on(path)
    yield application
    desk.close()


@pytest.fixture
def desk(app: Any) -> Desk:
    """The desk of `app`."""
    found: Desk = app.state.desk
    return found


@pytest.fixture
def browser(app: Any) -> Any:
    """A session on `app`."""
    return client(app)
