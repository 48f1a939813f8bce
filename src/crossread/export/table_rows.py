"""The rows of each table in `crossread.export.tables`, for one story."""

from collections.abc import Iterator

from crossread.export.columns import Row, days, place_name
from crossread.export.context import Context
from crossread.export.wording import fact_text, figure_value_text
from crossread.records import Evidence, Proof


def _proof(context: Context, evidence: Proof) -> Row:
    words = tuple(w for w in (context.words(e) for e in evidence) if w is not None)
    return {"evidence": tuple(f"{e.document}:{e.span.start}-{e.span.end}" for e in evidence), "words": words or None}


def brief(c: Context) -> Iterator[Row]:
    """A row a line of the brief."""
    for line in c.story.brief:
        yield {"story": c.story.id, "line": line.id, "text": line.text, **_proof(c, line.evidence)}


def events(c: Context) -> Iterator[Row]:
    """A row an event."""
    for e in c.story.events:
        yield {
            "story": c.story.id,
            "event": e.id,
            "type": e.type.value,
            "label": e.label,
            "status": tuple(s.status.value for s in e.statuses),
            "actors": c.named(e.actors),
            "recipients": c.named(e.recipients),
            "places": c.named(e.places),
            **days(e.when),
            "wordings": e.wordings,
            "n_documents": e.n_documents,
            "n_independent": e.n_independent,
            **_proof(c, e.evidence),
        }


def figures(c: Context) -> Iterator[Row]:
    """A row a reported value; the values of one figure follow each other."""
    for f in c.story.figures:
        for v in f.values:
            yield {
                "story": c.story.id,
                "figure": f.id,
                "kind": f.kind.value,
                "counted": " ".join(f.counted.split()),
                "unit": f.unit,
                "place": place_name(f.place),
                **days(f.when),
                "low": v.low,
                "best": v.best,
                "high": v.high,
                "bound": v.bound.value,
                "of": v.of,
                "value": figure_value_text(v, f.unit),
                "voice": c.voice(v.voice),
                "document": v.voice.document if v.voice else None,
                "published": v.published.start if v.published else None,
                **_proof(c, v.evidence),
            }


def claims(c: Context) -> Iterator[Row]:
    """A row a claim."""
    for claim in c.story.claims:
        yield {
            "story": c.story.id,
            "claim": claim.id,
            "speakers": c.named(claim.speakers),
            "stance": claim.stance.value,
            "polarity": claim.polarity,
            "text": " ".join(claim.text.split()),
            **days(claim.when),
            "n_documents": claim.n_documents,
            "n_independent": claim.n_independent,
            **_proof(c, claim.evidence),
        }


def disputes(c: Context) -> Iterator[Row]:
    """A row a side; the sides of one dispute follow each other."""
    for d in c.story.disputes:
        for number, side in enumerate(d.sides, start=1):
            yield {
                "story": c.story.id,
                "dispute": d.id,
                "kind": d.kind.value,
                "topic": " ".join(d.topic.split()),
                "compatible": d.compatible.value,
                "side": number,
                "position": " ".join(side.position.split()),
                "held_by": c.named(side.held_by),
                "documents": tuple(dict.fromkeys(v.document for v in side.voices)),
                "reason": d.reason,
                **_proof(c, side.evidence),
            }


def corroborations(c: Context) -> Iterator[Row]:
    """A row an agreement."""
    for x in c.story.corroborations:
        yield {
            "story": c.story.id,
            "corroboration": x.id,
            "text": " ".join(x.what.split()),
            "independent": x.independent.value,
            "reason": x.reason,
            "n_documents": x.n_documents,
            "n_independent": x.n_independent,
            **_proof(c, x.evidence),
        }


def threads(c: Context) -> Iterator[Row]:
    """A row a state; the states of one thread follow each other in order."""
    for t in c.story.threads:
        for number, s in enumerate(t.states, start=1):
            yield {
                "story": c.story.id,
                "thread": t.id,
                "kind": t.kind.value,
                "title": t.title,
                "step": number,
                "state": s.state,
                **days(s.when),
                "by": c.named(s.by),
                "facts": tuple(f"{k}: {fact_text(v)}" for k, v in s.facts.items()),
                **_proof(c, s.evidence),
            }


def timeline(c: Context) -> Iterator[Row]:
    """A row an entry, in order."""
    for e in c.story.timeline:
        yield {
            "story": c.story.id,
            "entry": e.id,
            **days(e.when),
            "status": e.status.value,
            "text": " ".join(e.text.split()),
            **_proof(c, e.evidence),
        }


def actors(c: Context) -> Iterator[Row]:
    """A row an actor."""
    for a in c.story.actors:
        yield {
            "story": c.story.id,
            "actor": a.id,
            "name": a.name,
            "type": a.type.value,
            "country": a.country,
            "sector": a.sector,
            "roles": a.roles,
            "forms": tuple(f.text for f in a.forms),
            "n_documents": len({d for f in a.forms for d in f.documents}),
            "reason": a.reason,
            **_proof(c, a.evidence),
        }


def places(c: Context) -> Iterator[Row]:
    """A row a place."""
    for p in c.story.places:
        yield {
            "story": c.story.id,
            "place": p.id,
            "name": p.name,
            "type": p.type.value,
            "country": p.country,
            "within": p.within,
            "lat": p.lat,
            "lon": p.lon,
            "precision_km": p.precision_km,
            "forms": tuple(f.text for f in p.forms),
            "n_documents": len({d for f in p.forms for d in f.documents}),
            **_proof(c, p.evidence),
        }


def copies(c: Context) -> Iterator[Row]:
    """A row a group of documents; its evidence are the words that they share."""
    for group in c.story.copies:
        yield {
            "story": c.story.id,
            "copy": group.id,
            "kind": group.kind.value,
            "documents": group.documents,
            "reason": group.reason,
            **_proof(c, tuple(Evidence(document=p.document, span=p.span) for p in group.passages)),
        }


def documents(c: Context) -> Iterator[Row]:
    """A row a document, those of the story first, then those set aside; of a document whose reading is not at hand only the id."""
    reasons = {o.document: o.reason for o in c.story.outside}
    for name in dict.fromkeys((*c.story.documents, *reasons)):
        reading = c.readings.get(name)
        d = reading.document if reading else None
        yield {
            "story": c.story.id,
            "document": name,
            "publisher": d.publisher if d else None,
            "agency": d.agency if d else None,
            "byline": d.byline if d else None,
            "title": " ".join(d.title.split()) if d and d.title else None,
            "published": d.published.start if d and d.published else None,
            "url": d.url if d else None,
            "raw_sha256": d.raw_sha256 if d else None,
            "n_characters": len(d.text) if d else None,
            "inside": name not in reasons,
            "reason": reasons.get(name),
        }
