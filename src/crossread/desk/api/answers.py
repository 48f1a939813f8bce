"""Answers of the API: records as JSON, and their schemas in the OpenAPI document."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from starlette.responses import Response

from crossread.desk.files import Agreement, Decision, Finding, Job, SearchPage, StoryFile, StoryLine
from crossread.export.encoding import cleaned
from crossread.records import Document, Evidence, Reading, Record, Story

REF = "#/components/schemas/{name}"
_ENCODER = msgspec.json.Encoder()


class FindingOut(Record, frozen=True, kw_only=True):
    """A finding with what people decided about it."""

    key: str
    kind: str
    item: str | None
    document: str | None
    type: str
    words: str
    state: str
    doubt: float
    by: tuple[str, ...]
    merged_into: str | None
    lost: bool
    evidence: tuple[Evidence, ...]


class StoryOut(Record, frozen=True, kw_only=True):
    """A story in a list."""

    id: str
    title: str
    n_documents: int
    n_outside: int
    n_disputes: int
    n_findings: int
    n_reviewed: int
    first_day: str | None
    last_day: str | None
    publishers: tuple[str, ...]


class StoryFileOut(Record, frozen=True, kw_only=True):
    """A story as people decided it (or, with ``as=proposed``, as the machine wrote it)."""

    line: StoryOut
    story: Story
    lost: tuple[FindingOut, ...]


class DecisionOut(Record, frozen=True, kw_only=True):
    """A line of the history."""

    seq: int
    at: str
    person: str
    action: str
    finding: str
    words: str
    reason: str | None
    undone: bool
    undoes: int | None
    details: dict[str, Any]


class DocumentLineOut(Record, frozen=True, kw_only=True):
    """A document in a list."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    state: str
    reason: str | None


class DocumentOut(Record, frozen=True, kw_only=True):
    """A document with where it stands."""

    document: Document
    state: str
    failure: str | None
    has_original: bool
    arrivals: tuple[dict[str, str], ...]
    stories: tuple[str, ...]


class HitOut(Record, frozen=True, kw_only=True):
    """A sentence that a search found; ``marks`` are spans into ``text``."""

    document: str
    span: tuple[int, int]
    text: str
    marks: tuple[tuple[int, int], ...]
    title: str | None
    publisher: str | None
    published: str | None
    stories: tuple[str, ...]


class SearchOut(Record, frozen=True, kw_only=True):
    """A page of a search."""

    query: str
    total: int
    page: int
    n_pages: int
    hits: tuple[HitOut, ...]
    stories: tuple[StoryOut, ...]
    counts: dict[str, tuple[tuple[str, int], ...]]


class AgreementOut(Record, frozen=True, kw_only=True):
    """Two people who decided on the same findings; ``kappa`` is Cohen's."""

    first: str
    second: str
    n_both: int
    n_agreed: int
    kappa: float | None
    differing: tuple[str, ...]


class JobOut(Record, frozen=True, kw_only=True):
    """Work in the background."""

    id: str
    kind: str
    title: str
    state: str
    step: str
    done: int
    total: int | None
    message: str
    started: str | None
    ended: str | None


class FormatOut(Record, frozen=True, kw_only=True):
    """A format that stories can be written in."""

    name: str
    suffix: str
    media_type: str
    description: str


class DoneOut(Record, frozen=True, kw_only=True):
    """What a decision did: the number of its line, and the finding as it is now."""

    line: int
    finding: FindingOut | None


class Fault(Record, frozen=True, kw_only=True):
    """Why a request was not done."""

    detail: str


def answer(value: Any, status: int = 200) -> Response:
    """Records as JSON."""
    try:
        body = _ENCODER.encode(value)
    except UnicodeEncodeError:  # lone surrogates of a broken report
        body = _ENCODER.encode(cleaned(msgspec.to_builtins(value)))
    return Response(body, status_code=status, media_type="application/json")


def finding_out(f: Finding) -> FindingOut:
    """A finding without its record."""
    return FindingOut(
        key=f.key,
        kind=f.kind,
        item=f.item,
        document=f.document,
        type=f.type,
        words=f.words,
        state=f.state.value,
        doubt=f.doubt,
        by=f.by,
        merged_into=f.merged_into,
        lost=f.lost,
        evidence=f.evidence,
    )


def story_out(line: StoryLine) -> StoryOut:
    """A line of the list of stories."""
    return StoryOut(**{name: getattr(line, name) for name in StoryOut.__struct_fields__})


def file_out(file: StoryFile, *, proposed: bool) -> StoryFileOut:
    """A whole story."""
    return StoryFileOut(
        line=story_out(file.line), story=file.proposed if proposed else file.story, lost=tuple(finding_out(f) for f in file.lost)
    )


def decision_out(d: Decision) -> DecisionOut:
    """A line of the history."""
    return DecisionOut(
        **{name: getattr(d, name) for name in DecisionOut.__struct_fields__ if name != "details"}, details=dict(d.details)
    )


def search_out(page: SearchPage) -> SearchOut:
    """A page of a search."""
    hits = tuple(
        HitOut(
            document=h.document,
            span=(h.span.start, h.span.end),
            text=h.text,
            marks=tuple((m.start, m.end) for m in h.marks),
            title=h.title,
            publisher=h.publisher,
            published=h.published,
            stories=h.stories,
        )
        for h in page.hits
    )
    return SearchOut(
        query=page.query,
        total=page.total,
        page=page.page,
        n_pages=page.n_pages,
        hits=hits,
        stories=tuple(story_out(s) for s in page.stories),
        counts=dict(page.counts),
    )


def agreement_out(a: Agreement) -> AgreementOut:
    """How far two people agree."""
    return AgreementOut(**{name: getattr(a, name) for name in AgreementOut.__struct_fields__})


def job_out(job: Job) -> JobOut:
    """A job."""
    fields = {name: getattr(job, name) for name in JobOut.__struct_fields__}
    return JobOut(**fields | {"state": job.state.value})


_OUT = (
    FindingOut,
    StoryOut,
    StoryFileOut,
    DecisionOut,
    DocumentLineOut,
    DocumentOut,
    SearchOut,
    AgreementOut,
    JobOut,
    FormatOut,
    DoneOut,
    Fault,
    Document,
    Reading,
    Story,
)


@cache
def components() -> dict[str, Any]:
    """Schemas of all records of the API, by name."""
    _, found = msgspec.json.schema_components(_OUT, ref_template=REF)
    return dict(found)


def gives(kind: type[Any], *, many: bool = False, faults: Mapping[int, str] | None = None) -> dict[int | str, dict[str, Any]]:
    """Responses of an operation for the OpenAPI document."""
    schema: dict[str, Any] = {"$ref": REF.format(name=kind.__name__)}
    fault = {"application/json": {"schema": {"$ref": REF.format(name="Fault")}}}
    known: dict[int | str, dict[str, Any]] = {
        200: {
            "description": "Done",
            "content": {"application/json": {"schema": {"type": "array", "items": schema} if many else schema}},
        }
    }
    words = {
        400: "It does not fit what the store holds",
        401: "No session and no token",
        403: "From another site",
        413: "Too large",
    }
    return known | {status: {"description": text, "content": fault} for status, text in (words | dict(faults or {})).items()}


NOT_FOUND = {404: "There is no such thing"}
FILE: dict[int | str, dict[str, Any]] = gives(Story, faults=NOT_FOUND) | {
    200: {"description": "The file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
}
