"""Addresses of the desk's pages.  Ids come from reports and may hold anything, so every part is quoted."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from crossread.records import Span


def part(text: str) -> str:
    """One part of a path."""
    return quote(text, safe="")


def with_query(path: str, **values: object) -> str:
    """A path with a query; what is ``None`` or empty is left out, lists are repeated."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, tuple | list):
            pairs.extend((name, str(v)) for v in value)
        elif value not in (None, "", False):
            pairs.append((name, str(value)))
    return f"{path}?{urlencode(pairs)}" if pairs else path


def story(name: str, section: str = "", **query: object) -> str:
    """A story, or a section of it."""
    return with_query(f"/stories/{part(name)}" + (f"/{section}" if section else ""), **query)


def actor(story_name: str, name: str) -> str:
    """An actor of a story."""
    return f"/stories/{part(story_name)}/actors/{part(name)}"


def finding(story_name: str, key: str) -> str:
    """Why a finding is there, and its review."""
    return f"/stories/{part(story_name)}/findings/{part(key)}"


def document(name: str, *, at: Span | None = None, sentence: int | None = None, story_name: str | None = None) -> str:
    """A document; ``at`` marks a span, ``sentence`` (0-based) goes to a sentence: the permanent link of both."""
    query = {"at": f"{at.start}-{at.end}" if at else None, "story": story_name}
    return with_query(f"/documents/{part(name)}", **query) + (f"#s{sentence}" if sentence is not None else "")


def sentence_panel(name: str, sentence: int, query: Mapping[str, object]) -> str:
    """The fragment that the side panel shows."""
    return with_query(f"/documents/{part(name)}/sentences/{sentence}", **query)
