"""A document with everything found in it, and the side panel that shows one sentence."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crossread.desk.files import DocumentFile, Finding, FindingState, StoryFile
from crossread.desk.pages import links
from crossread.desk.pages.cites import sentence_at, short_label
from crossread.desk.pages.segments import LAYER_WORDS, LAYERS, Paragraph, Piece, marks_of, paragraphs
from crossread.export.wording import when_text
from crossread.records import Attribution, Event, Figure, Mention, Reading, Removed, Span

_AT = re.compile(r"(\d{1,9})-(\d{1,9})")


def asked_span(text: str | None) -> Span | None:
    """The span that ``at=120-180`` asks for; ``None`` where it makes no sense."""
    match = _AT.fullmatch(text or "")
    if match is None:
        return None
    start, end = int(match[1]), int(match[2])
    return Span(start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding of a document in its list: what it is, in words, with where it stands."""

    key: str
    kind: str
    type: str
    words: str
    details: tuple[tuple[str, str], ...]
    state: str
    href: str
    at: Span | None
    id: str


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence and the findings in it."""

    number: int
    href: str
    words: str
    findings: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document's page."""

    id: str
    title: str
    label: str
    published: str
    byline: str
    agency: str
    url: str
    language: str
    state: str
    failure: str
    paragraphs: tuple[Paragraph, ...]
    layers: tuple[tuple[str, str, int], ...]
    """(layer, words, how many)."""
    sentences: tuple[SentenceRow, ...]
    removed: tuple[Removed, ...]
    problems: tuple[str, ...]
    has_original: bool
    arrivals: tuple[str, ...]
    stories: tuple[tuple[str, str], ...]
    n_findings: int
    n_checked: int
    rejected: tuple[FindingRow, ...] = field(default=())


def safe_url(url: str | None) -> str:
    """An address that may stand in a link: http and https only, else empty."""
    return url if url and re.match(r"https?://[^\s/]", url, re.IGNORECASE) else ""


def document_view(file: DocumentFile, *, at: Span | None, shared: Sequence[Span], story: StoryFile | None) -> DocumentView:
    """A document laid out."""
    document, reading = file.document, file.reading or Reading(document=file.document)
    marks = marks_of(reading, shared)
    rows = sentence_rows(reading, file.findings, story)
    home = story.story.id if story else ""
    return DocumentView(
        id=document.id,
        title=" ".join((document.title or "").split()) or short_label(document),
        label=short_label(document),
        published=when_text(document.published),
        byline=document.byline or "",
        agency=document.agency or "",
        url=document.url or "",
        language=document.language or "",
        state=file.state.value,
        failure=file.failure or "",
        paragraphs=paragraphs(reading, marks, at=at),
        layers=tuple((x, LAYER_WORDS[x], n) for x in LAYERS if (n := sum(1 for _, layer in marks if layer == x))),
        sentences=rows,
        removed=document.removed,
        problems=tuple(dict.fromkeys(p.message for p in (*document.problems, *reading.problems))),
        has_original=file.has_original,
        arrivals=tuple(f"{a.where}, {a.arrived}" for a in file.arrivals),
        stories=tuple((s.title, links.story(s.id)) for s in file.stories),
        n_findings=len(file.findings),
        n_checked=sum(f.state is not FindingState.PROPOSED for f in file.findings.values()),
        rejected=tuple(_row(f, reading, home) for f in file.rejected),
    )


def sentence_rows(reading: Reading, findings: Mapping[str, Finding], story: StoryFile | None) -> tuple[SentenceRow, ...]:
    """Each sentence with its findings, in the order of the text."""
    by_sentence: dict[int, list[FindingRow]] = {}
    home = story.story.id if story else ""
    for finding in findings.values():
        if finding.evidence:
            number = sentence_at(reading, min(e.span for e in finding.evidence))
            if number is not None:
                by_sentence.setdefault(number, []).append(_row(finding, reading, home))
    text = reading.document.text
    return tuple(
        SentenceRow(
            number=n,
            href=links.document(reading.document.id, sentence=n, story_name=home or None),
            words=" ".join(span.of(text).split()),
            findings=tuple(sorted(by_sentence.get(n, ()), key=_rank)),
        )
        for n, span in enumerate(reading.sentences)
    )


_KINDS = ("event", "attribution", "figure", "mention")


def _rank(row: FindingRow) -> tuple[int, int]:
    return _KINDS.index(row.kind) if row.kind in _KINDS else len(_KINDS), row.at.start if row.at else 0


def _row(finding: Finding, reading: Reading, home: str) -> FindingRow:
    at = min((e.span for e in finding.evidence), default=None)
    href = (
        links.finding(home, finding.key)
        if home
        else f"/documents/{links.part(reading.document.id)}/findings/{links.part(finding.key)}"
    )
    return FindingRow(
        key=finding.key,
        kind=finding.kind,
        type=finding.type.replace("_", " "),
        words=finding.words,
        details=record_details(finding, reading),
        state=finding.state.value,
        href=href,
        at=at,
        id=f"f-{finding.key}",
    )


def record_details(finding: Finding, reading: Reading) -> tuple[tuple[str, str], ...]:
    """What the record of a finding says, as (word, value), short."""
    record, names = finding.record, {e.id: e.name for e in reading.entities}
    if isinstance(record, Event):
        return _filled(*_event_details(record, reading, names))
    if isinstance(record, Attribution):
        return _filled(*_attribution_details(record, names))
    if isinstance(record, Figure):
        return _filled(*_figure_details(record, reading, names))
    if isinstance(record, Mention):
        return _filled(("names", names.get(record.entity, record.entity)))
    return ()


Details = list[tuple[str, str]]


def _voice(name: str | None, reading: Reading, names: Mapping[str, str]) -> str:
    """Who says it: the speakers of the attribution, else the words of its source."""
    if name is None:
        return "the report itself"
    attribution = next((a for a in reading.attributions if a.id == name), None)
    if attribution is None:
        return ""
    words = ", ".join(s.of(reading.document.text) for s in attribution.source)
    return ", ".join(names.get(s, s) for s in attribution.speaker) or words or "not said"


def _event_details(record: Event, reading: Reading, names: Mapping[str, str]) -> Details:
    text = reading.document.text
    code = (record.type.value, record.mode or "", f"CAMEO {record.cameo}" if record.cameo else "")
    return [
        ("who", ", ".join(_party(p.span, p.entity, text, names) for p in record.actors)),
        ("whom", ", ".join(_party(p.span, p.entity, text, names) for p in record.recipients)),
        ("when", when_text(record.when)),
        ("where", (record.place.name or record.place.text) if record.place else ""),
        ("status", record.status.value.replace("_", " ")),
        ("said by", _voice(record.voice, reading, names)),
        ("code", " ".join(x for x in code if x)),
        ("confidence", f"{record.confidence:.2f}"),
    ]


def _attribution_details(record: Attribution, names: Mapping[str, str]) -> Details:
    return [
        ("speaker", ", ".join(names.get(s, s) for s in record.speaker) or "not decided"),
        ("stance", record.stance.value + (", denied" if record.denied else "")),
        ("kind", record.kind.value),
        ("about", ", ".join(names.get(s, s) for s in record.about)),
        ("to", ", ".join(names.get(s, s) for s in record.addressee)),
        ("why", record.reason or ""),
    ]


def _figure_details(record: Figure, reading: Reading, names: Mapping[str, str]) -> Details:
    return [
        ("counted", record.counted.of(reading.document.text) if record.counted else ""),
        ("bound", record.bound.value.replace("_", " ")),
        ("of", f"{record.of:g}" if record.of is not None else ""),
        ("part of", "a larger count" if record.part_of else ""),
        ("when", when_text(record.when)),
        ("where", (record.place.name or record.place.text) if record.place else ""),
        ("said by", _voice(record.voice, reading, names)),
    ]


def _party(span: Span | None, entity: str | None, text: str, names: Mapping[str, str]) -> str:
    return names.get(entity or "", "") or (" ".join(span.of(text).split()) if span else "not named")


def _filled(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((word, value) for word, value in pairs if value)


@dataclass(frozen=True, slots=True)
class PanelView:
    """One sentence with what stands around it, for the side panel."""

    document: str
    href: str
    label: str
    title: str
    published: str
    number: int
    n_sentences: int
    before: str
    pieces: tuple[Piece, ...]
    after: str
    findings: tuple[FindingRow, ...]
    previous: str
    next: str


def panel_view(file: DocumentFile, number: int, *, at: Span | None, story: StoryFile | None) -> PanelView | None:
    """A sentence laid out; ``None`` where the document has no such sentence."""
    reading = file.reading
    if reading is None or not 0 <= number < len(reading.sentences):
        return None
    text, spans = reading.document.text, reading.sentences
    span = spans[number]
    last = max(number, bisect_left(spans, at.end, key=lambda s: s.start) - 1) if at else number
    whole = Span(span.start, max(span.end, min(spans[last].end, len(text))))
    here = [s for p in paragraphs(reading, [], at=at) for s in p.sentences if s.number is not None and number <= s.number <= last]
    pieces = [piece for s in here for piece in (*s.pieces, Piece(" ", (), False))]
    name = reading.document.id
    home = story.story.id if story else None

    def panel(n: int) -> str:
        return links.sentence_panel(name, n, {"story": home}) if 0 <= n < len(spans) else ""

    return PanelView(
        document=name,
        href=links.document(name, at=at, sentence=number, story_name=home),
        label=short_label(reading.document),
        title=" ".join((reading.document.title or "").split()),
        published=when_text(reading.document.published),
        number=number,
        n_sentences=len(spans),
        before=_around(text, spans[number - 1]) if number else "",
        pieces=tuple(pieces[:-1]),
        after=_around(text, spans[last + 1]) if last + 1 < len(spans) else "",
        findings=_findings_in(file, reading, whole, home or ""),
        previous=panel(number - 1),
        next=panel(last + 1),
    )


def _around(text: str, span: Span) -> str:
    return " ".join(span.of(text).split())


def _findings_in(file: DocumentFile, reading: Reading, whole: Span, home: str) -> tuple[FindingRow, ...]:
    found = (f for f in file.findings.values() if f.evidence and whole.overlaps(min(e.span for e in f.evidence)))
    return tuple(sorted((_row(f, reading, home) for f in found), key=_rank))
