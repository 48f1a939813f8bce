"""Stories as flat tables: one row an event, a reported value, a claim or a timeline entry."""

import csv
import io
from collections.abc import Iterator, Sequence

from crossread.records import Proof, Story, When

Row = dict[str, str | float | int | None]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: str | float | int | None) -> str | float | int | None:
    """A cell that no spreadsheet takes for a formula: text that starts like one gets a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS) else value


def csv_text(rows: Sequence[Row], *, raw: bool = False) -> str:
    """Rows as CSV with a header line; formula-safe unless ``raw``.  No rows give an empty text."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row if raw else {k: safe_cell(v) for k, v in row.items()})
    return out.getvalue()


def _days(when: When | None) -> Row:
    return {
        "start": when.start if when else None,
        "end": when.end if when else None,
        "date_precision": when.precision.value if when else None,
    }


def _cites(evidence: Proof) -> str:
    return "; ".join(f"{e.document}:{e.span.start}-{e.span.end}" for e in evidence)


def _events(story: Story) -> Iterator[Row]:
    names = {a.id: a.name for a in story.actors} | {p.id: p.name for p in story.places}
    for e in story.events:
        yield {
            "story": story.id,
            "event": e.id,
            "type": e.type.value,
            "label": e.label,
            "status": "; ".join(s.status.value for s in e.statuses),
            "actors": "; ".join(names.get(a, a) for a in e.actors),
            "recipients": "; ".join(names.get(a, a) for a in e.recipients),
            "places": "; ".join(names.get(p, p) for p in e.places),
            **_days(e.when),
            "wordings": "; ".join(e.wordings),
            "n_documents": e.n_documents,
            "n_independent": e.n_independent,
            "evidence": _cites(e.evidence),
        }


def _figures(story: Story) -> Iterator[Row]:
    names = {a.id: a.name for a in story.actors}
    for f in story.figures:
        for v in f.values:
            yield {
                "story": story.id,
                "figure": f.id,
                "kind": f.kind.value,
                "counted": f.counted,
                "unit": f.unit,
                "place": (f.place.name or f.place.text) if f.place else None,
                **_days(f.when),
                "low": v.low,
                "best": v.best,
                "high": v.high,
                "bound": v.bound.value,
                "of": v.of,
                "voice": names.get(v.voice.speaker or "") if v.voice else None,
                "document": v.voice.document if v.voice else None,
                "published": v.published.start if v.published else None,
                "evidence": _cites(v.evidence),
            }


def _claims(story: Story) -> Iterator[Row]:
    names = {a.id: a.name for a in story.actors}
    for c in story.claims:
        yield {
            "story": story.id,
            "claim": c.id,
            "speakers": "; ".join(names.get(s, s) for s in c.speakers),
            "stance": c.stance.value,
            "polarity": c.polarity,
            "text": c.text,
            **_days(c.when),
            "n_documents": c.n_documents,
            "n_independent": c.n_independent,
            "evidence": _cites(c.evidence),
        }


def _timeline(story: Story) -> Iterator[Row]:
    for e in story.timeline:
        yield {
            "story": story.id,
            "entry": e.id,
            **_days(e.when),
            "status": e.status.value,
            "text": e.text,
            "evidence": _cites(e.evidence),
        }


_KINDS = {"events": _events, "figures": _figures, "claims": _claims, "timeline": _timeline}


def rows_of(stories: Sequence[Story], kind: str) -> list[Row]:
    """Rows of one kind (``events``, ``figures``, ``claims``, ``timeline``) over all stories."""
    return [row for story in stories for row in _KINDS[kind](story)]
