"""Search over sentences and stories, narrowed by facets."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from crossread.desk.files import Facets, FindingState, SearchHit, SearchPage, StoryLine
from crossread.desk.kept import Light
from crossread.desk.review.of_reading import Decided
from crossread.records import Span
from crossread.store import Store
from crossread.store.lookups import Asked, SentenceRow, documents_with, find_sentences, match_expression
from crossread.store.review import SavedSearch

PAGE = 25
MOST_COUNTS = 30
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
Decide = Callable[[str], Decided | None]


def search_page(
    store: Store, query: str, facets: Facets, page: int, *, stories: Sequence[Light], decide: Decide, saved: Sequence[SavedSearch]
) -> SearchPage:
    """A page of sentences that hold all words of the query and fit the facets, with the stories that fit.

    Args:
        query: Words; those in quotation marks stand together.  Nothing is an operator.
        facets: What narrows it.
        page: From 1 on; pages past the last give the last.
        stories: What is known of all stories.
        decide: Gives a document's reading with decisions applied.
        saved: Searches to list beside it.
    """
    asked = Asked(
        words=query,
        names=_names(stories, facets.actor) if facets.actor else (),
        publishers=facets.publisher,
        since=facets.since,
        until=facets.until,
        documents=_documents(stories, facets.story) if facets.story else None,
    )
    is_empty = not query.strip() and facets == Facets()
    rows = [] if is_empty else find_sentences(store, asked)
    if facets.kind or facets.state:
        rows = [r for r in rows if _holds(decide(r.document), r.span, facets)]
    stories_of = documents_with(store, sorted({r.document for r in rows}))
    n_pages = max(1, -(-len(rows) // PAGE))
    page, words = min(max(1, page), n_pages), marked_words(asked)
    shown = rows[(page - 1) * PAGE : page * PAGE]
    return SearchPage(
        query=query,
        facets=facets,
        hits=tuple(_hit(r, words, stories_of) for r in shown),
        total=len(rows),
        page=page,
        n_pages=n_pages,
        stories=tuple(s.line for s in stories if not is_empty and _story_fits(s, query, facets)),
        counts=_counts(rows, stories_of, {s.line.id: s.line for s in stories}),
        saved=tuple(saved),
    )


def _names(stories: Iterable[Light], name: str) -> tuple[str, ...]:
    """All forms under which the stories know an actor of this name; the name itself always."""
    wanted = name.casefold()
    forms = {name: None}
    for story in stories:
        for known in story.forms:
            if any(f.casefold() == wanted for f in known):
                forms |= dict.fromkeys(known)
    return tuple(forms)


def _documents(stories: Iterable[Light], story: str) -> tuple[str, ...]:
    return next((s.documents for s in stories if s.line.id == story), ())


def _holds(decided: Decided | None, span: Span, facets: Facets) -> bool:
    """Whether a sentence holds a finding of the kind and in the state asked for."""
    if decided is None:
        return False
    for finding in decided.findings.values():
        if facets.kind and finding.kind != facets.kind:
            continue
        if facets.state and finding.state is not facets.state:
            continue
        if any(e.span.overlaps(span) for e in finding.evidence):
            return True
    return False


def marked_words(asked: Asked) -> tuple[str, ...]:
    """Words to mark in what was found, folded."""
    return tuple(dict.fromkeys(w.casefold() for text in (asked.words, *asked.names) for w in _WORD.findall(text)))


def _hit(row: SentenceRow, words: Sequence[str], stories: Mapping[str, list[str]]) -> SearchHit:
    known = set(words)
    marks = tuple(Span(m.start(), m.end()) for m in _WORD.finditer(row.text) if m.group().casefold() in known)
    return SearchHit(
        document=row.document,
        span=row.span,
        text=row.text,
        marks=marks,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        stories=tuple(stories.get(row.document, ())),
    )


def _counts(
    rows: Sequence[SentenceRow], stories: Mapping[str, list[str]], lines: Mapping[str, StoryLine]
) -> dict[str, tuple[tuple[str, int], ...]]:
    per_document = Counter(r.document for r in rows)
    of = {r.document: r for r in rows}
    publishers: Counter[str] = Counter()
    months: Counter[str] = Counter()
    in_stories: Counter[str] = Counter()
    for document, n in per_document.items():
        row = of[document]
        publishers[row.publisher or ""] += n
        months[(row.published or "")[:7]] += n
        for story in stories.get(document, ()):
            if story in lines:
                in_stories[story] += n
    ranked = {"publisher": publishers, "month": months, "story": in_stories}
    return {
        name: tuple((k, n) for k, n in sorted(c.items(), key=lambda p: (-p[1], p[0])) if k)[:MOST_COUNTS]
        for name, c in ranked.items()
    }


def _story_fits(story: Light, query: str, facets: Facets) -> bool:
    line = story.line
    if facets.story and facets.story != line.id:
        return False
    if facets.publisher and not set(facets.publisher) & set(line.publishers):
        return False
    if (facets.since and (line.last_day or "") < facets.since) or (facets.until and (line.first_day or "9999") > facets.until):
        return False
    if facets.actor and not any(facets.actor.casefold() in names[0].casefold() for names in story.forms):
        return False
    if facets.kind or facets.state:
        kinds = (facets.kind, f"story-{facets.kind}")
        return any(
            (not facets.kind or kind in kinds) and (not facets.state or state == facets.state.value) for kind, state in story.kinds
        )
    return all(word.casefold() in story.text for word in _WORD.findall(query))


def facets_of(values: Mapping[str, Sequence[str]]) -> Facets:
    """Facets from the fields of a form or a query string; what does not fit is left out."""

    def first(name: str) -> str | None:
        return next((v.strip()[:200] for v in values.get(name, ()) if v.strip()), None)

    def day(name: str) -> str | None:
        value = first(name)
        return value if value and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else None

    state, kind = first("state"), first("kind")
    return Facets(
        publisher=tuple(dict.fromkeys(v.strip()[:200] for v in values.get("publisher", ()) if v.strip())),
        since=day("since"),
        until=day("until"),
        actor=first("actor"),
        kind=kind if kind in ("mention", "attribution", "event", "figure") else None,
        state=FindingState(state) if state in list(FindingState) else None,
        story=first("story"),
    )


__all__ = ["PAGE", "facets_of", "match_expression", "search_page"]
