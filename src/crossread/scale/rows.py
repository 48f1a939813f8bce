"""Rows of the tables that linking adds to an archive."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crossread.jsonlines import encode
from crossread.records import Reading, Story

if TYPE_CHECKING:
    import pyarrow


def stories_schema() -> "pyarrow.Schema":
    """Columns of ``stories``."""
    import pyarrow as pa

    return pa.schema(
        [
            ("id", pa.string()),
            ("title", pa.string()),
            ("n_documents", pa.int32()),
            ("documents", pa.list_(pa.string())),
            ("first_published", pa.string()),
            ("last_published", pa.string()),
            ("n_disputes", pa.int32()),
            ("record", pa.binary()),
        ]
    )


def story_row(story: Story, readings: Sequence[Reading]) -> dict[str, Any]:
    """The row of a story; days are those of publication."""
    days = sorted(p.start for r in readings if (p := r.document.published) is not None and p.start is not None)
    return {
        "id": story.id,
        "title": story.title,
        "n_documents": len(story.documents),
        "documents": list(story.documents),
        "first_published": days[0] if days else None,
        "last_published": days[-1] if days else None,
        "n_disputes": len(story.disputes),
        "record": encode(story),
    }


def events_schema() -> "pyarrow.Schema":
    """Columns of ``events``."""
    import pyarrow as pa

    text = ("story", "event", "type", "label", "start", "end", "place", "country")
    lists = ("statuses", "actors", "recipients", "wordings", "documents")
    numbers = ("n_documents", "n_independent")
    fields = [(name, pa.string()) for name in text] + [(name, pa.list_(pa.string())) for name in lists]
    return pa.schema(fields + [(name, pa.int32()) for name in numbers])


def event_rows(story: Story) -> list[dict[str, Any]]:
    """One row for each event of a story; actors and places go by their names."""
    actors = {a.id: a.name for a in story.actors}
    places = {p.id: p for p in story.places}
    rows = []
    for event in story.events:
        spots = [places[p] for p in event.places if p in places]
        rows.append(
            {
                "story": story.id,
                "event": event.id,
                "type": event.type,
                "label": event.label,
                "start": event.when.start if event.when is not None else None,
                "end": event.when.end if event.when is not None else None,
                "place": spots[0].name if spots else None,
                "country": spots[0].country if spots else None,
                "statuses": [s.status for s in event.statuses],
                "actors": [actors.get(a, a) for a in event.actors],
                "recipients": [actors.get(a, a) for a in event.recipients],
                "wordings": list(event.wordings),
                "documents": sorted({m.document for m in event.mentions}),
                "n_documents": event.n_documents,
                "n_independent": event.n_independent,
            }
        )
    return rows
