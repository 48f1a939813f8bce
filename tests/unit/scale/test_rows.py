"""Single rows of a part of an archive, where few rows are packed together."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from crossread.scale.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(str(tmp_path))
    made.write("readings", "000000-a", pa.table({"record": [f"r{n}".encode() for n in range(11)]}), together=4)
    assert pyarrow.parquet.ParquetFile(tmp_path / "readings" / "000000-a.parquet").num_row_groups == 3
    return made


@pytest.mark.parametrize("places", [[0], [10], [3, 4], [9, 1, 8], [5, 5], list(range(11))[::-1]])
def test_rows_come_in_the_order_asked_for(places: list[int], archive: Archive) -> None:
    assert archive.rows_at("readings", "000000-a", "record", places) == [f"r{n}".encode() for n in places]


def test_parts_are_named_in_order(archive: Archive) -> None:
    archive.write("readings", "000001-b", pa.table({"record": [b"x"]}))
    assert archive.parts("readings") == ["000000-a", "000001-b"]
    assert archive.read("readings", "000001-b").column("record").to_pylist() == [b"x"]
    assert archive.parts("stories") == []
