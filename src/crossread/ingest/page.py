"""What a web page says about its report outside the body: headline, outlet, byline, publication time."""

import html as entities
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from crossread.ingest.repeats import fold

_ARTICLE_TYPES = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Background|Review|Scholarly|Tech)?(?:Article)|BlogPosting|LiveBlogPosting|Report"
)
_TITLE_META = ("og:title", "twitter:title", "dc.title", "headline", "title", "sailthru.title", "parsely-title")
_SITE_META = ("og:site_name", "application-name", "publisher", "dc.publisher", "twitter:app:name:iphone")
_AUTHOR_META = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author", "byline")
_DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date_published",
    "publish-date",
    "publishdate",
    "published_time",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "article_date_original",
    "pubdate",
    "ptime",
    "cxenseparse:recs:publishtime",
    "date",
    "originalpublicationdate",
    "dateline",
    "article:published",
)
_CUT = re.compile(r"(?<!\s)\s+(?:[|·•*»—–:-]|::|//)\s+")
_MAX_JSON = 2_000_000
_MAX_NODES = 20_000


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Metadata of a page; ``headlines`` are all forms of the headline that it prints, the best first."""

    headlines: tuple[str, ...] = ()
    site: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None

    @property
    def title(self) -> str | None:
        """The headline."""
        return self.headlines[0] if self.headlines else None


def read_page(tree: Any) -> Page:
    """Metadata of a parsed page (an lxml element): linked data first, then meta elements, then what is printed."""
    meta = _meta(tree)
    data = _article_data(tree)
    site = _text(_name(data.get("publisher"))) or _first(meta, _SITE_META)
    return Page(
        headlines=_headlines(tree, meta, data, site),
        site=_site_name(site),
        byline=_names(data.get("author")) or _byline(_first(meta, _AUTHOR_META)) or _printed_byline(tree),
        published=_text(data.get("datePublished"))
        or _first(meta, _DATE_META)
        or _printed_time(tree)
        or _text(data.get("dateCreated")),
        url=_address(tree) or meta.get("og:url"),
        language=(tree.get("lang") or "").split("-")[0].lower() or None,
        body=data.get("articleBody") if isinstance(data.get("articleBody"), str) else None,
    )


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    words = " ".join(entities.unescape(value).split())
    return words if 0 < len(words) <= 500 else None


def _meta(tree: Any) -> dict[str, str]:
    """Content of meta elements by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = _text(element.get("content"))
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((str(meta[name]) for name in names if name in meta), None)


# ---------------------------------------------------------------- linked data


def _article_data(tree: Any) -> dict[str, Any]:
    """The JSON-LD object that describes the report, empty without one."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        for node in _nodes(_parse_json(element.text or "")):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(k, str) and _ARTICLE_TYPES.fullmatch(k) for k in kinds) and (
                node.get("headline") or node.get("datePublished")
            ):
                return node
    return {}


def _parse_json(text: str) -> Any:
    if len(text) > _MAX_JSON:
        return None
    try:
        return json.loads(re.sub(r"^\s*(?://)?<!\[CDATA\[|(?://)?\]\]>\s*$", "", text.strip()).strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in a JSON value, outer ones first, at most `_MAX_NODES`."""
    queue, n_seen = [value], 0
    while queue and n_seen < _MAX_NODES:
        value = queue.pop(0)
        n_seen += 1
        if isinstance(value, dict):
            yield value
            queue.extend(v for v in value.values() if isinstance(v, dict | list))
        elif isinstance(value, list):
            queue.extend(v for v in value if isinstance(v, dict | list))


def _name(value: Any) -> Any:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("name") if isinstance(value, dict) else value


def _names(value: Any) -> str | None:
    """Names of people or bodies, joined with commas."""
    values = value if isinstance(value, list) else [value]
    names = [n for v in values[:12] if (n := _byline(_text(_name(v))))]
    return ", ".join(dict.fromkeys(names)) or None


def _byline(text: str | None) -> str | None:
    if text is None or "://" in text or len(text) > 200:
        return None
    return re.sub(r"^(?:by|written by)[: ]\s*", "", text, flags=re.IGNORECASE).strip(" ,|") or None


# ---------------------------------------------------------------- what is printed


def _headlines(tree: Any, meta: dict[str, str], data: dict[str, Any], site: str | None) -> tuple[str, ...]:
    """Forms of the headline, best first: the one of the metadata where the page prints much the same, else the printed one."""
    stated = [
        _without_site(t, site)
        for t in (_first(meta, _TITLE_META), _text(data.get("headline")), _text(tree.findtext(".//title")))
        if t
    ]
    printed = [t for e in list(tree.iter("h1"))[:8] if (t := _text(e.text_content())) and len(t) <= 300]
    for form in stated:
        if any(_alike(form, p) >= 0.5 for p in printed):
            near = [p for p in printed if _alike(form, p) >= 0.5]
            return tuple(dict.fromkeys((next((p for p in near if fold(p) == fold(form)), form), *near, *stated)))
    if stated:
        return tuple(dict.fromkeys(stated))
    return tuple(printed[:1])


def _alike(a: str, b: str) -> float:
    """Share of the words of the shorter text that the other has too."""
    left, right = set(fold(a).split()), set(fold(b).split())
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def _without_site(title: str, site: str | None) -> str:
    """A page title without the outlet that is named after (or before) it."""
    parts = _CUT.split(title)
    if len(parts) < 2:
        return title
    name = fold(site or "")
    for n in range(1, len(parts)):
        tail = fold(" ".join(parts[n:]))
        if (name and (tail == name or fold(parts[n]) == name or name in tail)) or (n == len(parts) - 1 and _is_outlet(parts[n])):
            cut = [m.start() for m in _CUT.finditer(title)][n - 1]
            return title[:cut].strip() if len(title[:cut].split()) >= 3 else title
    if name and fold(parts[0]) == name:
        return title[next(_CUT.finditer(title)).end() :]
    return title


def _is_outlet(words: str) -> bool:
    from crossread.ingest.credits import read_site_label

    return read_site_label(words) is not None or bool(
        re.fullmatch(r"(?:The )?[A-Z][\w.]*\.(?:com|org|net|co\.\w\w|\w\w)|[A-Z]{2,6}( News)?", words)
    )


def _site_name(site: str | None) -> str | None:
    if site is None:
        return None
    site = re.sub(r"^https?://(?:www\.)?", "", site).strip("/@ ")
    return site or None


def _printed_time(tree: Any) -> str | None:
    """The first machine-readable time that is marked as the publication, else the first in the report's head."""
    for path in (
        '//*[@itemprop="datePublished"]',
        "//article//time[@datetime]",
        "//header//time[@datetime]",
        "//main//time[@datetime]",
        "//time[@datetime]",
    ):
        for element in tree.xpath(path)[:3]:
            value = element.get("datetime") or element.get("content")
            if value and re.match(r"\s*(?:19|20)\d\d-?\d\d-?\d\d", value):
                return str(value).strip()
    return None


def _printed_byline(tree: Any) -> str | None:
    for element in tree.xpath(
        '//*[@rel="author" or @itemprop="author" or contains(@class, "byline") or contains(@class, "author-name")]'
    )[:5]:
        text = _text(element.text_content())
        if text and 4 <= len(text) <= 120:
            name = _byline(text)
            if name and re.match(r"[A-Z]", name):
                return name
    return None


def _address(tree: Any) -> str | None:
    """The address that the page calls its own."""
    link = next((e for e in tree.iter("link") if e.get("rel") == "canonical"), None)
    address = None if link is None else str(link.get("href") or "")
    return address if address and address.startswith("http") else None
