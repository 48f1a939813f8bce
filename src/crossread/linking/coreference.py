"""Which event mentions are one event."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crossread.records import Reading


def cluster_mentions(readings: Sequence[Reading], mentions: Iterable[Mapping[str, Any]]) -> list[tuple[str, int | str, str]]:
    """``(doc, mention, cluster)`` of each mention."""
    return [(m["doc"], m["mention"], f"{m['doc']}-{m['mention']}") for m in mentions]
