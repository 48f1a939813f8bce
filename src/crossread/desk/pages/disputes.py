"""Disputes, agreements, copies and the list of documents."""

from dataclasses import dataclass

from crossread.desk.pages import links
from crossread.desk.pages.cites import Cite, Line, Notes
from crossread.export.view import VERDICTS
from crossread.export.wording import shorten, when_text
from crossread.records import CopyGroup, Corroboration, Dispute, Evidence, Side
from crossread.vocabulary import CopyKind

INDEPENDENT = {"yes": "independent", "no": "one origin", "partly": "partly independent", "unknown": "origin unknown"}

COPY_WORDS = {
    CopyKind.COPY: "one text",
    CopyKind.PARTIAL: "a text in part",
    CopyKind.QUOTE: "the same quotation",
    CopyKind.BOILERPLATE: "the same background",
}


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of a dispute: ``held_by`` are (name, address), ``reports`` those that carry it."""

    line: Line
    held_by: tuple[tuple[str, str], ...]
    reports: str


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute with its sides."""

    line: Line
    kind: str
    compatible: str
    verdict: str
    reason: str
    sides: tuple[SideView, ...]


def dispute_view(dispute: Dispute, notes: Notes) -> DisputeView:
    """A dispute laid out."""
    return DisputeView(
        line=notes.line(dispute.id, dispute.topic, dispute.evidence),
        kind=dispute.kind.value.replace("_", " ").replace(" vs ", " against "),
        compatible=dispute.compatible.value,
        verdict=VERDICTS[dispute.compatible.value],
        reason=dispute.reason,
        sides=tuple(_side(dispute, n, s, notes) for n, s in enumerate(dispute.sides, start=1)),
    )


def _side(dispute: Dispute, number: int, side: Side, notes: Notes) -> SideView:
    reports = list(dict.fromkeys(notes.report(v.document) for v in side.voices))
    line = Line(id=f"{dispute.id}-side{number}", text=" ".join(side.position.split()), cites=notes.of(side.evidence))
    return SideView(
        line=line,
        held_by=notes.people(side.held_by),
        reports=", ".join(reports[:3]) + (f" +{len(reports) - 3}" if len(reports) > 3 else ""),
    )


@dataclass(frozen=True, slots=True)
class AgreementView:
    """What several reports say, with one pip for each report: filled for an origin of its own."""

    line: Line
    independent: str
    reason: str
    n_documents: int
    n_independent: int
    voices: tuple[tuple[str, tuple[Cite, ...]], ...]
    """(report, its sentences)."""


def agreement_view(item: Corroboration, notes: Notes) -> AgreementView:
    """A corroboration laid out."""
    by_report: dict[str, list[Cite]] = {}
    for cite in notes.of(item.evidence):
        by_report.setdefault(cite.document, []).append(cite)
    return AgreementView(
        line=notes.line(item.id, item.what, item.evidence),
        independent=INDEPENDENT[item.independent.value],
        reason=item.reason,
        n_documents=item.n_documents,
        n_independent=item.n_independent,
        voices=tuple((notes.report(d), tuple(c)) for d, c in by_report.items()),
    )


@dataclass(frozen=True, slots=True)
class PassageView:
    """Words that documents share, once for each wording, with where they stand."""

    words: str
    n_words: int
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class CopyView:
    """Documents that share words: ``documents`` are (name, day and headline, address with the shared passages marked)."""

    line: Line
    kind: str
    reason: str
    documents: tuple[tuple[str, str, str], ...]
    passages: tuple[PassageView, ...]
    n_passages: int


def copy_view(group: CopyGroup, notes: Notes, *, most: int = 40) -> CopyView:
    """A group of copies laid out."""
    words: dict[str, list[Evidence]] = {}
    for p in group.passages:
        reading = notes.readings.get(p.document)
        if reading is not None:
            text = " ".join(p.span.of(reading.document.text).split())
            words.setdefault(text, []).append(Evidence(document=p.document, span=p.span))
    documents = []
    for name in group.documents:
        reading = notes.readings.get(name)
        day = when_text(reading.document.published) if reading else ""
        title = shorten(reading.document.title or "", 70) if reading else ""
        address = links.with_query(links.document(name), copies=group.id, story=notes.file.story.id)
        documents.append((notes.report(name), ", ".join(x for x in (day, title) if x), address))
    passages = tuple(
        PassageView(words=text, n_words=len(text.split()), cites=notes.of(tuple(where)))
        for text, where in list(words.items())[:most]
    )
    return CopyView(
        line=notes.line(group.id, " · ".join(d[0] for d in documents[:6]), group.evidence),
        kind=COPY_WORDS[group.kind],
        reason=_with_names(group.reason, notes),
        documents=tuple(documents),
        passages=passages,
        n_passages=len(words),
    )


def _with_names(reason: str, notes: Notes) -> str:
    """A reason with documents called by their names instead of their ids."""
    for name in notes.readings:
        if len(name) >= 8 and name in reason:
            reason = reason.replace(name, notes.report(name))
    return reason


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of a story, or one set aside with the reason."""

    id: str
    href: str
    title: str
    publisher: str
    agency: str
    published: str
    n_words: int
    n_sentences: int
    copy_of: str
    reason: str
    problems: tuple[str, ...]


def document_row(name: str, notes: Notes, *, reason: str = "") -> DocumentRow:
    """A line of the list of documents."""
    reading = notes.readings.get(name)
    if reading is None:
        return DocumentRow(name, links.document(name), name, "", "", "", 0, 0, "", reason, ())
    document = reading.document
    return DocumentRow(
        id=name,
        href=links.document(name, story_name=notes.file.story.id),
        title=" ".join((document.title or "").split()) or notes.report(name),
        publisher=notes.report(name),
        agency=document.agency or "",
        published=when_text(document.published),
        n_words=len(document.text.split()),
        n_sentences=len(reading.sentences),
        copy_of=_shares_with(name, notes),
        reason=_with_names(reason, notes),
        problems=tuple(dict.fromkeys(p.message for p in reading.problems if p.severity == "error")),
    )


def _shares_with(name: str, notes: Notes) -> str:
    others = dict.fromkeys(
        d
        for group in notes.file.story.copies
        if name in group.documents and group.kind in (CopyKind.COPY, CopyKind.PARTIAL)
        for d in group.documents
        if d != name
    )
    return ", ".join(notes.report(d) for d in list(others)[:3]) + (f" +{len(others) - 3}" if len(others) > 3 else "")
