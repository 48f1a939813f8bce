"""The reports as bibliography entries: CSL-JSON, BibTeX and RIS, one entry a document of the stories."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossread.export.encoding import clean, json_bytes, utf8
from crossread.export.registry import Material
from crossread.export.wording import document_label
from crossread.records import Document

_AND = re.compile(r"\s*(?:,\s*|\s+and\s+|\s*&\s*|\s*;\s*)+", re.IGNORECASE)
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces even where they are escaped
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A report as bibliographies know it; ``None`` where nothing is known."""

    key: str
    title: str
    authors: tuple[str, ...]
    newspaper: str | None
    agency: str | None
    published: str | None
    published_end: str | None
    url: str | None
    language: str | None
    document: str


def _line(text: str) -> str:
    """Text on one line, without control characters."""
    return " ".join(_CONTROL.sub(" ", clean(text)).split())


def _authors(byline: str | None) -> tuple[str, ...]:
    """Names of a byline ("By A. Writer and B. Reporter in Karsa"), as they stand; what follows "in" is where they are."""
    names = _AND.split(_BY.sub("", _line(byline))) if byline else []
    return tuple(n for n in (re.split(r"\s+in\s+(?=[A-Z])", name)[0].strip() for name in names) if n)


def _key(document: Document, taken: set[str]) -> str:
    """A citation key from publisher, year and the first word of weight in the headline; a letter or number makes it unique."""
    publisher = _NOT_KEY.sub("", clean(document_label(document)).lower().removeprefix("the ").rsplit(".", 1)[0])[:24] or "report"
    year = document.published.start[:4] if document.published and document.published.start else ""
    words = [w for w in _NOT_KEY.split(clean(document.title or "").lower()) if len(w) > 3]
    base = key = publisher + year + (words[0][:20] if words else "")
    number = 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    taken.add(key)
    return key


def entries(material: Material) -> Iterator[Entry]:
    """One entry a document of the stories, by day of publication and id; keys are unique."""
    wanted = {d for s in material.stories for d in s.documents}
    documents = [r.document for name, r in material.by_document.items() if name in wanted]
    taken: set[str] = set()
    for d in sorted(documents, key=lambda d: ((d.published.start if d.published else None) or "9999", d.id)):
        yield Entry(
            key=_key(d, taken),
            title=_line(d.title) if d.title else document_label(d),
            authors=_authors(d.byline),
            newspaper=_line(d.publisher) if d.publisher else None,
            agency=_line(d.agency) if d.agency else None,
            published=d.published.start if d.published else None,
            published_end=d.published.end if d.published else None,
            url=_line(d.url) if d.url else None,
            language=d.language,
            document=_line(d.id),
        )


def csl_json(material: Material) -> bytes:
    """CSL-JSON (citeproc's schema): an array of items, as reference managers import it."""
    items = []
    for e in entries(material):
        item: dict[str, object] = {"id": e.key, "type": "article-newspaper", "title": e.title}
        if e.newspaper:
            item["container-title"] = e.newspaper
        if e.agency:
            item["publisher"] = e.agency
        if e.authors:
            item["author"] = [{"literal": name} for name in e.authors]
        if e.published:
            days = (e.published,) if e.published_end in (None, e.published) else (e.published, str(e.published_end))
            item["issued"] = {"date-parts": [[int(part) for part in day.split("-")] for day in days]}
        if e.url:
            item["URL"] = e.url
        if e.language:
            item["language"] = e.language
        item["note"] = f"crossread document {e.document}"
        items.append(item)
    return json_bytes(items)


def latex(text: str) -> str:
    """Text with everything escaped that TeX reads as a command; other characters stay, as BibTeX programs read UTF-8."""
    return text.translate(_LATEX)


def _bib_url(url: str) -> str:
    """An address with the characters percent-encoded that would end a BibTeX field or an entry."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace('"', "%22").replace(" ", "%20")


def bibtex(material: Material) -> bytes:
    """BibTeX, one ``@article`` a report (``@misc`` where no publisher is known)."""
    parts = []
    for e in entries(material):
        fields = [("title", "{" + latex(e.title) + "}")]
        if e.authors:
            fields.append(("author", " and ".join("{" + latex(name) + "}" for name in e.authors)))
        if e.newspaper:
            fields.append(("journal", latex(e.newspaper)))
        if e.published:
            fields += [("year", e.published[:4]), ("date", e.published)]
            if e.published_end in (None, e.published):
                fields += [("month", str(int(e.published[5:7]))), ("day", str(int(e.published[8:])))]
        if e.agency:
            fields.append(("organization", latex(e.agency)))
        if e.url:
            fields.append(("url", _bib_url(e.url)))
        if e.language:
            fields.append(("langid", {"en": "english"}.get(e.language, e.language)))
        fields.append(("note", latex(f"crossread document {e.document}")))
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
        parts.append(f"@{'article' if e.newspaper else 'misc'}{{{e.key},\n{body}\n}}\n")
    return utf8("\n".join(parts))


def ris(material: Material) -> bytes:
    """RIS, one ``NEWS`` entry a report; lines end with CR LF, as the format asks for."""
    lines = []
    for e in entries(material):
        lines += ["TY  - NEWS", f"ID  - {e.key}", f"TI  - {e.title}", *(f"AU  - {name}" for name in e.authors)]
        pairs = (
            ("T2", e.newspaper),
            ("PB", e.agency),
            ("PY", e.published[:4] if e.published else None),
            ("DA", e.published.replace("-", "/") if e.published else None),
            ("UR", e.url),
            ("LA", e.language),
            ("N1", f"crossread document {e.document}"),
        )
        lines += [f"{tag}  - {value}" for tag, value in pairs if value] + ["ER  - ", ""]
    return utf8("\r\n".join(lines))
