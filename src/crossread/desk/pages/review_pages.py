"""Pages on which people decide, and look back at what was decided."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from crossread.desk.files import Finding, StoryFile
from crossread.desk.pages import links
from crossread.desk.pages.cites import Notes, sentence_at, sentence_words
from crossread.desk.pages.document_pages import home_story
from crossread.desk.pages.documents import asked_span
from crossread.desk.pages.paging import page_of
from crossread.desk.pages.review import ADDABLE, KIND_WORDS, empty_fields, finding_view, history_row
from crossread.desk.pages.shared import desk_of, render_story, story_file
from crossread.desk.render import render
from crossread.reading.explain import Explanation, explain_sentence


def finding(request: Request) -> Response:
    """Why a finding is there, and the forms to decide on it."""
    file = story_file(request)
    return _finding_page(request, file, request.path_params["key"])


def document_finding(request: Request) -> Response:
    """The same for a document that belongs to a story."""
    document = desk_of(request).document(request.path_params["document"])
    story = home_story(request, document) if document else None
    if story is None:
        raise HTTPException(404, "The document belongs to no story yet; findings are reviewed in a story.")
    return _finding_page(request, story, request.path_params["key"])


def _finding_page(request: Request, file: StoryFile, key: str) -> Response:
    found = desk_of(request).find(key, story=file.story.id)
    if found is None:
        raise HTTPException(404, "The story has no finding of this key; it may have been undone since.")
    notes = Notes(file)
    view = finding_view(file, found, notes)
    rows = [history_row(d, file.story.id) for d in desk_of(request).history(finding=key)]
    explanation = _explanation(request, found, file)
    return render_story(
        request, "finding.html", file, notes, section="finding", finding=view, history=rows, explanation=explanation
    )


def _explanation(request: Request, found: Finding, file: StoryFile) -> Explanation | None:
    """Every decision behind the finding's first sentence, where it was asked for (the model has to run)."""
    first = found.evidence[0] if found.evidence else None
    reading = file.readings.get(first.document) if first else None
    if "full" not in request.query_params or first is None or reading is None:
        return None
    return explain_sentence(sentence_words(reading, sentence_at(reading, first.span)), model=desk_of(request).model)


def queue(request: Request) -> Response:
    """Findings in the order of doubt."""
    file = story_file(request)
    kind = request.query_params.get("kind", "")
    notes = Notes(file)
    level = "document" if request.query_params.get("level") == "document" else "story"
    waiting = desk_of(request).queue(file.story.id, level=level)
    kinds: dict[str, int] = {}
    for f in waiting:
        kinds[f.kind] = kinds.get(f.kind, 0) + 1
    page = page_of(request, [f for f in waiting if not kind or f.kind == kind], size=20)
    views = [finding_view(file, f, notes) for f in page.items]
    named = [(k, KIND_WORDS.get(k, k), n) for k, n in sorted(kinds.items(), key=lambda pair: -pair[1])]
    context = {"page": page, "findings": views, "kinds": named, "kind": kind, "total": len(waiting), "level": level}
    return render_story(request, "queue.html", file, notes, section="queue", **context)


def history(request: Request) -> Response:
    """What people decided, latest first; of one story or of all."""
    name = request.path_params.get("story")
    file = story_file(request) if name else None
    decisions = desk_of(request).history(story=name)
    page = page_of(request, decisions, size=100)
    rows = [history_row(d, name or "") for d in page.items]
    if file is None:
        return render(request, "history.html", head=None, section="history", rows=rows, page=page, notes=(), links=links)
    return render_story(request, "history.html", file, Notes(file), section="history", rows=rows, page=page)


def agreement(request: Request) -> Response:
    """How far people who reviewed the same findings agree."""
    file = story_file(request)
    pairs = desk_of(request).agreement(file.story.id)
    differing = {f.key: (f.words, links.finding(file.story.id, f.key)) for f in file.findings.values()}
    return render_story(request, "agreement.html", file, Notes(file), section="agreement", pairs=pairs, differing=differing)


def add(request: Request) -> Response:
    """The form that adds a finding by hand, to words of a document."""
    file = story_file(request)
    name = request.query_params.get("document") or (file.story.documents[0] if file.story.documents else "")
    reading = file.readings.get(name)
    at = asked_span(request.query_params.get("at"))
    words = at.of(reading.document.text) if reading and at else ""
    notes = Notes(file)
    choices = [(d, notes.report(d)) for d in file.story.documents]
    kinds = [(kind, word, empty_fields(kind)) for kind, word in ADDABLE]
    return render_story(
        request, "add.html", file, notes, section="documents", document=name, documents=choices, at=at, words=words, kinds=kinds
    )
