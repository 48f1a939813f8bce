"""Long lists a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.requests import Request

from crossread.desk.pages.links import with_query

T = TypeVar("T")

PAGE = 60


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Items of one page and the addresses of its neighbours (empty where there are none)."""

    items: tuple[T, ...]
    number: int
    n_pages: int
    total: int
    first: int
    previous: str
    next: str


def page_number(request: Request) -> int:
    """The page that a request asks for, 1 where it makes no sense."""
    asked = request.query_params.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked[:7]) > 0 else 1


def page_of(request: Request, items: Sequence[T], *, size: int = PAGE) -> Page[T]:
    """The page of a list that a request asks for; pages beyond the end show the last."""
    n_pages = max(1, -(-len(items) // size))
    number = min(page_number(request), n_pages)
    return Page(
        items=tuple(items[(number - 1) * size : number * size]),
        number=number,
        n_pages=n_pages,
        total=len(items),
        first=(number - 1) * size,
        previous=page_link(request, number - 1) if number > 1 else "",
        next=page_link(request, number + 1) if number < n_pages else "",
    )


def page_link(request: Request, number: int) -> str:
    """The same page with another number."""
    query: dict[str, object] = {}
    for name in request.query_params:
        if name != "page":
            query[name] = request.query_params.getlist(name)
    return with_query(request.url.path, **query, page=number if number > 1 else None)
