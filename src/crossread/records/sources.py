"""Where the bytes of a document came from: one small record a kind."""

from crossread.records.base import Record


class TextSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="text"):
    """Text given in a call or pasted."""


class FileSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="file"):
    """A file of its own."""

    path: str


class LineSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="line"):
    """One line (JSON Lines) or row (CSV) of a file; ``line`` is 1-based."""

    path: str
    line: int


class MemberSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="member"):
    """A member of an archive."""

    path: str
    member: str


class WarcSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="warc"):
    """A response record of a WARC file."""

    path: str
    record_id: str
    url: str | None = None
    captured: str | None = None


class FeedSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="feed"):
    """An entry of a feed."""

    path: str
    entry: str
    url: str | None = None


class MailSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="mail"):
    """An e-mail message."""

    path: str
    message_id: str | None = None


class UrlSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="url"):
    """A page fetched from the web at ``fetched`` (ISO time)."""

    url: str
    fetched: str | None = None


Source = TextSource | FileSource | LineSource | MemberSource | WarcSource | FeedSource | MailSource | UrlSource


def source_text(source: Source) -> str | None:
    """Where a document came from, in one line: ``wire.jsonl:12``, ``reports.zip:a.html``, an address; ``None`` for text given in a call."""
    path = getattr(source, "path", None)
    if path is None:
        return getattr(source, "url", None)
    for extra in ("member", "line", "record_id", "entry"):
        value = getattr(source, extra, None)
        if value is not None:
            return f"{'stdin' if path == '-' else path}:{value}"
    return "stdin" if path == "-" else str(path)
