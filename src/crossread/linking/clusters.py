"""Which documents belong to one story."""

from collections.abc import Sequence

from crossread.records import Outside, Reading


def cluster_readings(readings: Sequence[Reading]) -> list[tuple[Reading, ...]]:
    """Readings by story."""
    return [(r,) for r in readings]


def set_aside(readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], tuple[Outside, ...]]:
    """Readings of the main story, and the documents left out with the reason."""
    return tuple(readings), ()
