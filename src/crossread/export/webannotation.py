"""Findings as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): one annotation a finding, one target a passage.

Each target has a quote selector (exact words with what stands around them), which finds the words on the page as published, and a position
selector, which counts Unicode code points in the document's text as crossread keeps it; ``crossread:textSha256`` says which text that is.
"""

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from crossread.export.columns import Row
from crossread.export.context import Context, context_of
from crossread.export.encoding import clean, json_bytes
from crossread.export.registry import Material
from crossread.export.tables import TABLES
from crossread.records import Document, Evidence

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE = "urn:crossread:"
AROUND = 32
"""Code points of the words before and after that a quote selector carries."""

_KINDS = ("brief", "events", "figures", "claims", "disputes", "corroborations", "threads", "timeline", "actors", "places")
_SKIPPED = frozenset({"story", "evidence", "words", "side", "step"})


def _urn(*parts: str) -> str:
    return NAMESPACE + ":".join(quote(clean(p), safe="-._~") for p in parts)


def source_of(document: Document) -> dict[str, Any]:
    """The document as the source of a target: its address where it has one, else a URN made from its id."""
    source: dict[str, Any] = {"id": document.url or _urn("document", document.id), "type": "Text"}
    if document.language:
        source["language"] = document.language
    source["crossread:document"] = document.id
    source["crossread:textSha256"] = hashlib.sha256(clean(document.text).encode()).hexdigest()
    return source


def target_of(document: Document, evidence: Evidence, source: dict[str, Any]) -> dict[str, Any]:
    """A passage as a specific resource with both selectors."""
    start, end = evidence.span
    text = document.text
    quoted = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": source, "selector": [quoted, position]}


def _body(kind: str, rows: list[Row]) -> list[dict[str, Any]]:
    """A tag for the kind of finding, and its content in words a person reads."""
    lines = []
    for row in rows:
        cells = ((k, ", ".join(v) if isinstance(v, tuple) else v) for k, v in row.items() if k not in _SKIPPED)
        lines.append("; ".join(f"{k}: {v}" for k, v in cells if v not in (None, "")))
    return [
        {"type": "TextualBody", "purpose": "tagging", "value": kind.removesuffix("s")},
        {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": "\n".join(lines)},
    ]


def _annotations(context: Context, sources: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for kind in _KINDS:
        rows: dict[str, list[Row]] = {}
        for row in TABLES[kind].rows(context):
            rows.setdefault(str(row[TABLES[kind].key]), []).append(row)
        for record in getattr(context.story, kind):
            passages = dict.fromkeys((e.document, e.span) for e in record.evidence if e.document in context.readings)
            targets = [target_of(context.readings[d].document, Evidence(document=d, span=span), sources[d]) for d, span in passages]
            if targets:
                yield {
                    "id": _urn("story", context.story.id, record.id),
                    "type": "Annotation",
                    "motivation": "linking" if kind in ("disputes", "corroborations") else "classifying",
                    "body": _body(kind, rows[record.id]),
                    "target": targets,
                }


def annotations(material: Material) -> bytes:
    """All findings as one Annotation Collection with one page (JSON-LD)."""
    sources = {name: source_of(r.document) for name, r in material.by_document.items()}
    items = [a for s in material.stories for a in _annotations(context_of(s, material.by_document), sources)]
    name = _urn("collection", *(s.id for s in material.stories[:1]), str(len(material.stories)))
    page = {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return json_bytes(
        {
            "@context": [CONTEXT, {"crossread": NAMESPACE}],
            "id": name,
            "type": "AnnotationCollection",
            "label": "; ".join(s.title or s.id for s in material.stories[:3]),
            "generator": {"id": _urn("software"), "type": "Software", "name": "crossread"},
            "total": len(items),
            "first": page,
        }
    )
