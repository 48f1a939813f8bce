"""The pages of the whole desk: stories with their search, the inbox, the keys."""

from calendar import monthrange

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crossread.desk.files import DOCUMENT_KINDS, Facets, FindingState, SearchHit, SearchPage
from crossread.desk.pages import links
from crossread.desk.pages.paging import page_link, page_number
from crossread.desk.pages.review import KIND_WORDS
from crossread.desk.pages.shared import days_text, desk_of
from crossread.desk.render import render
from crossread.desk.search import facets_of
from crossread.export.wording import day_text


def start(request: Request) -> Response:
    """The desk opens on its stories."""
    return RedirectResponse("/stories", status_code=303)


def marked(hit: SearchHit) -> Markup:
    """A found sentence with the searched words marked."""
    parts, position = [], 0
    for mark in sorted(hit.marks):
        if mark.start < position:
            continue
        parts.append(escape(hit.text[position : mark.start]) + Markup("<mark>{}</mark>").format(mark.of(hit.text)))
        position = mark.end
    return Markup("").join(parts) + escape(hit.text[position:])


def narrowed(request: Request, facet: str, value: str) -> str:
    """The same search, narrowed by a value of a facet (a month is a span of days)."""
    query: dict[str, object] = {n: request.query_params.getlist(n) for n in request.query_params if n != "page"}
    if facet == "month":
        year, month = int(value[:4]), int(value[5:7])
        query |= {"since": f"{value}-01", "until": f"{value}-{monthrange(year, month)[1]:02d}"}
    else:
        query[facet] = value
    return links.with_query("/stories", **query)


def stories(request: Request) -> Response:
    """All stories, or what a search finds."""
    desk = desk_of(request)
    query = request.query_params.get("q", "").strip()
    facets = facets_of({n: request.query_params.getlist(n) for n in request.query_params})
    is_search = bool(query) or facets != Facets()
    found: SearchPage | None = desk.search(query, facets, page_number(request)) if is_search else None
    lines = desk.stories()
    return render(
        request,
        "fragments/stories.html" if "hx-request" in request.headers and not is_search else "stories.html",
        head=None,
        section="stories",
        stories=lines,
        found=found,
        query=query,
        facets=facets,
        days=days_text,
        day=day_text,
        links=links,
        kinds=[(k, KIND_WORDS[k]) for k in DOCUMENT_KINDS],
        states=[s.value for s in FindingState],
        saved=desk.saved_searches(),
        titles={s.id: s.title for s in lines},
        previous=page_link(request, found.page - 1) if found and found.page > 1 else "",
        next=page_link(request, found.page + 1) if found and found.page < found.n_pages else "",
        query_string=request.url.query,
        marked=marked,
        narrowed=lambda facet, value: narrowed(request, facet, value),
    )


def inbox(request: Request) -> Response:
    """What came in, what is being read, what failed."""
    desk = desk_of(request)
    return render(request, "inbox.html", head=None, section="inbox", inbox=desk.inbox(), links=links)


def jobs(request: Request) -> Response:
    """The part of the inbox that moves."""
    if "hx-request" not in request.headers:
        return RedirectResponse("/inbox", status_code=303)
    return render(request, "fragments/jobs.html", inbox=desk_of(request).inbox(), links=links)


def keys(request: Request) -> Response:
    """All keys, and how to read the marks."""
    return render(request, "help.html", head=None, section="help")
