"""Clustering from the edges of an archive gives the groups of clustering in memory."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from crossread.linking.clusters import average_link
from crossread.scale.archive import Archive
from crossread.scale.clustering import stories_of

N = 90
LEAST = 0.09


def edges(seed: int) -> dict[tuple[int, int], float]:
    """Likeness of reports in stories of some ten, many pairs of equal likeness, much weak likeness between stories."""
    random = np.random.default_rng(seed)
    found = {}
    for i in range(N):
        for j in range(i + 1, N):
            same = i // 10 == j // 10
            if random.random() < (0.8 if same else 0.4):
                value = random.choice([0.1, 0.12, 0.25, 0.4]) if same else random.choice([0.02, 0.05, 0.08, 0.0901])
                found[i, j] = float(value * random.choice([1.0, 0.97]))
    return found


def written(folder: Path, found: dict[tuple[int, int], float], parts: int) -> Archive:
    """An archive with these edges, spread over parts."""
    archive = Archive(str(folder))
    for part in range(parts):
        rows = [(i, j, value) for n, ((i, j), value) in enumerate(sorted(found.items())) if n % parts == part]
        a, b, values = zip(*rows, strict=True) if rows else ((), (), ())
        columns = {"a": pa.array(a, pa.int64()), "b": pa.array(b, pa.int64()), "value": pa.array(values, pa.float64())}
        archive.write("edges", f"{part:06d}", pa.table(columns))
    return archive


@pytest.mark.parametrize("seed", range(12))
def test_groups_are_those_of_clustering_in_memory(seed: int, tmp_path: Path) -> None:
    found = edges(seed)
    expected = [list(group) for group in average_link(N, found, LEAST)]
    assert 1 < len(expected) < N
    assert stories_of(written(tmp_path, found, parts=3), N, LEAST) == expected


def test_reports_without_edges_stand_alone(tmp_path: Path) -> None:
    assert stories_of(written(tmp_path, {}, parts=1), 3, LEAST) == [[0], [1], [2]]
