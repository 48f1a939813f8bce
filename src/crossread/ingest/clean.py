"""Furniture out: what a page prints around a report's own words moves to ``removed``, each piece with its reason and line.

The rules are about English news pages in general; word lists live in ``codebook/furniture.toml``.  Nothing is lost: every piece
of the input is in the text or in ``removed``.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from crossread.ingest.credits import (
    Dateline,
    credited_agency,
    dateline_agency,
    read_bare_name,
    read_byline,
    read_dateline,
    read_site_label,
)
from crossread.ingest.dates import DateLine, read_date_line
from crossread.ingest.furniture import Zone, furniture
from crossread.ingest.paragraphs import Paragraph, split_paragraphs
from crossread.ingest.repeats import fold, is_shortened, repeated
from crossread.records import Removed

_POINT = re.compile(r"""[.!:;,]['"”’)\]]*$""")
_STOP = re.compile(r"""(?:[.!?…]['"”’)\]]*|[”"])$""")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Jr|Sr|Inc|Ltd|Corp|Co|St)\.$")
_FULL = 80  # code points from which a line that ends like a sentence is a paragraph of the body
_LONG = 160  # code points from which any line is
_EMAIL = re.compile(
    r"\(? ?\[e-?mail[ \u00a0_]?protected\] ?\)?|\(? ?[\w.%+-]{1,64}@[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){1,4} ?\)?",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[-•*–—▪●◦‣]|\d{1,2}[.)])\s")
_PICTURE = re.compile(r"[(\[]? ?(?:file )?(?:photo|picture|image|pic|handout)|[^/]*/", re.IGNORECASE)
_SLIDE = re.compile(r"(\d{1,3}) ?(?:/|of) ?(\d{1,3}) (?=[A-Z0-9\"“‘'])")
_FEWEST_SLIDES = 3
_SLIDE_NAME = 4  # words that slides in a row open with at least
_LONGEST_CAPTION = 600
_SUBHEAD_WORDS = 4  # a heading of up to so many words inside the body is the report's own
_HEADLINE_WORDS = 34
_MAX_INSERTED = 4
_ROUNDS = 6


@dataclass
class Cleaned:
    """A text without its furniture, and what the furniture told."""

    title: str | None = None
    extracted: bool = False
    paragraphs: list[Paragraph] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    byline: str | None = None
    agency: str | None = None
    publisher: str | None = None
    dateline: Dateline | None = None
    dates: list[DateLine] = field(default_factory=list)

    def drop(self, paragraph: Paragraph, reason: str) -> None:
        """Move a paragraph to ``removed``."""
        self.removed.append(Removed(text=paragraph.text, reason=reason, line=paragraph.line))


Pass = Callable[[list[Paragraph], Cleaned], list[Paragraph]]


def clean(text: str, *, title: str | None = None, extracted: bool = False) -> Cleaned:
    """Part a text into headline, paragraphs and furniture.

    Args:
        text: With ``\\n`` line breaks.
        title: The headline, where it is known from elsewhere; it need not stand in the text.
        extracted: The text comes from a page's markup, which has told headings from links: headings inside the body are its own.

    Notes:
        The passes run until nothing more is removed, so that cleaning a cleaned text changes nothing.
    """
    found = Cleaned(title=title, extracted=extracted)
    paragraphs = split_paragraphs(text)
    for _ in range(_ROUNDS):
        before = paragraphs
        for one_pass in _PASSES:
            paragraphs = one_pass(paragraphs, found)
        if paragraphs == before:
            break
    found.paragraphs = paragraphs
    found.removed.sort(key=lambda r: r.line)
    return found


# ---------------------------------------------------------------- zones


def stops(text: str) -> bool:
    """Whether a line ends like a sentence."""
    return _STOP.search(text[-6:]) is not None


def is_full(text: str) -> bool:
    """Whether a line reads as a paragraph of body text rather than as a heading or a label."""
    return len(text) >= _LONG or (len(text) >= _FULL and stops(text))


def _zones(paragraphs: Sequence[Paragraph]) -> list[Zone]:
    full = [n for n, p in enumerate(paragraphs) if is_full(p.text)]
    if not full:
        return [Zone.BEFORE] * len(paragraphs)
    return [Zone.BEFORE if n < full[0] else Zone.AFTER if n > full[-1] else Zone.INSIDE for n in range(len(paragraphs))]


def _near_top(paragraphs: Sequence[Paragraph]) -> int:
    """Index of the second full paragraph: date lines, bylines and labels stand before it."""
    full = [n for n, p in enumerate(paragraphs) if is_full(p.text)]
    return min(full[1] if len(full) > 1 else len(paragraphs), 15)


def _is_title_like(text: str) -> bool:
    """A line of a few words, beginning like a sentence and not ending like one."""
    if not 3 <= len(text.split()) <= _HEADLINE_WORDS or len(text) > 240 or _BULLET.match(text):
        return False
    start = text.lstrip("“\"‘'([")
    if not start or not (start[0].isupper() or start[0].isdigit()):
        return False
    return not _POINT.search(text[-6:]) or bool(_ABBREVIATION.search(text[-12:]))


# ---------------------------------------------------------------- passes


def _find_title(paragraphs: list[Paragraph], found: Cleaned) -> list[Paragraph]:
    """Settle the headline and put it first."""
    if found.title is not None:
        wanted = fold(found.title)
        for n, paragraph in enumerate(paragraphs[:12]):
            if fold(paragraph.text) == wanted:
                return [paragraph, *paragraphs[:n], *paragraphs[n + 1 :]]
        return paragraphs
    if len(paragraphs) < 2 or not any(is_full(p.text) or stops(p.text) for p in paragraphs[1:]):
        return paragraphs
    first = paragraphs[0].text
    if len(first) <= 160 and is_shortened(paragraphs[1].text, first):
        found.title = first  # printed twice, as wire copy does: with its slug and without
    elif _is_title_like(first) and not is_full(first) and max(len(p.text) for p in paragraphs[1:]) > len(first):
        found.title = first
    return paragraphs


def _drop_masthead(paragraphs: list[Paragraph], found: Cleaned) -> list[Paragraph]:
    """The outlet's name above the headline of a pasted report."""
    if found.title is not None or len(paragraphs) < 3:
        return paragraphs
    label = read_site_label(paragraphs[0].text)
    if label is None or not any(_is_title_like(p.text) and not is_full(p.text) for p in paragraphs[1:4]):
        return paragraphs
    found.publisher = found.publisher or label
    found.drop(paragraphs[0], "site_label")
    return paragraphs[1:]


def _drop_lines(paragraphs: list[Paragraph], found: Cleaned) -> list[Paragraph]:
    """Lines that a rule of the codebook covers from end to end."""
    kept, zones, book = [], _zones(paragraphs), furniture()
    for paragraph, zone in zip(paragraphs, zones, strict=True):
        reason = None if paragraph.text == found.title else book.reason(paragraph.text, zone)
        if reason is None:
            kept.append(paragraph)
            continue
        found.drop(paragraph, reason)
        if reason == "credit_line":
            found.agency = found.agency or credited_agency(paragraph.text)
    return kept


def _drop_galleries(paragraphs: list[Paragraph], found: Cleaned) -> list[Paragraph]:
    """Slides of a picture gallery, which tell of anything: numbered ones ("3/12 ...", "4/12 ...") and rows under one name."""
    slides = [_SLIDE.match(p.text) for p in paragraphs]
    numbers: dict[str, set[str]] = {}
    for slide in slides:
        if slide is not None:
            numbers.setdefault(slide[2], set()).add(slide[1])
    kept, named = [], _named_slides(paragraphs)
    for n, (paragraph, slide) in enumerate(zip(paragraphs, slides, strict=True)):
        numbered = slide is not None and len(numbers[slide[2]]) >= _FEWEST_SLIDES and int(slide[1]) <= int(slide[2])
        if numbered or n in named:
            found.drop(paragraph, "photo_caption")
        else:
            kept.append(paragraph)
    return kept


def _named_slides(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Paragraphs in a row that open with one name of some words, a heading of their own behind it ("Harvests of Ost  The first vines ...")."""
    words = [p.text.split() for p in paragraphs]
    found: set[int] = set()
    for n in range(len(words) - _FEWEST_SLIDES + 1):
        row = words[n : n + _FEWEST_SLIDES]
        name = sum(1 for _ in takewhile(lambda alike: len(set(alike)) == 1, zip(*row, strict=False)))
        if name >= _SLIDE_NAME and all(len(w) > name + _SLIDE_NAME and w[name][0].isupper() for w in row):
            found.update(range(n, n + _FEWEST_SLIDES))
    return found


def _drop_stamps(paragraphs: list[Paragraph], found: Cleaned) -> list[Paragraph]:
    """E-mail stubs, date lines, bylines and site labels around the head of the report, date lines and bylines at its end too."""
    kept, top, zones = [], _near_top(paragraphs), _zones(paragraphs)
    for n, paragraph in enumerate(paragraphs):
        if (n <= top or zones[n] is Zone.AFTER) and paragraph.text != found.title and len(paragraph.text) <= 200:
            under_title = 1 <= n <= 2 and zones[n] is Zone.BEFORE and found.title == paragraphs[n - 1].text
            stripped = _strip_stamps(paragraph, found, first=n == 0, under_title=under_title)
            if stripped is not None:
                kept.append(stripped)
        else:
            kept.append(paragraph)
    return kept


def _strip_stamps(paragraph: Paragraph, found: Cleaned, *, first: bool, under_title: bool = False) -> Paragraph | None:
    stub = _EMAIL.search(paragraph.text)
    if stub is not None and len(paragraph.text) <= 140:
        rest = (paragraph.text[: stub.start()] + " " + paragraph.text[stub.end() :]).strip(" ,|-–—()")
        if not rest or read_date_line(rest) or read_byline(rest):
            found.drop(Paragraph(stub[0].strip(), paragraph.line), "byline_email")
            return _strip_stamps(Paragraph(rest, paragraph.line), found, first=first) if rest else None
    stamp = read_date_line(paragraph.text)
    if stamp is not None:
        found.dates.append(stamp)
        found.drop(paragraph, "date_line")
        return None
    byline = read_byline(paragraph.text) or (read_bare_name(paragraph.text) if under_title else None)
    if byline is not None:
        found.byline = found.byline or byline
        found.agency = found.agency or credited_agency(byline)
        found.drop(paragraph, "byline")
        return None
    head, _, tail = paragraph.text.partition(" | ")
    if tail and read_byline(head) and read_date_line(tail):
        _strip_stamps(Paragraph(head, paragraph.line), found, first=first)
        return _strip_stamps(Paragraph(tail, paragraph.line), found, first=first)
    label = None if first else read_site_label(paragraph.text)
    if label is not None:
        found.publisher = found.publisher or label
        found.drop(paragraph, "site_label")
        return None
    return paragraph


def _drop_captions(paragraphs: list[Paragraph], found: Cleaned) -> list[Paragraph]:
    """Lines that end in a picture credit; where the line is body text, the credit alone."""
    kept: list[Paragraph] = []
    last = max((n for n, p in enumerate(paragraphs) if is_full(p.text)), default=-1)
    for n, paragraph in enumerate(paragraphs):
        credit = furniture().credit_at_end(paragraph.text) if paragraph.text != found.title else None
        if credit is None:
            kept.append(paragraph)
            continue
        body = paragraph.text[: len(paragraph.text) - len(credit[0])].rstrip()
        is_signed = n >= max(last, 2) and is_full(body) and stops(body) and not _PICTURE.match(credit[0])
        if is_signed or len(body) > _LONGEST_CAPTION:
            found.agency = found.agency or (credited_agency(credit[0]) if is_signed else None)
            found.drop(Paragraph(credit[0].strip(), paragraph.line), "credit_line" if is_signed else "photo_credit")
            kept.append(Paragraph(body, paragraph.line))
        else:
            found.drop(paragraph, "photo_caption" if body else "photo_credit")
    return kept


def _drop_repeats(paragraphs: list[Paragraph], found: Cleaned) -> list[Paragraph]:
    """Headline and paragraphs printed again, pull quotes with the name under them."""
    reasons = repeated([p.text for p in paragraphs], title=found.title)
    for n, paragraph in enumerate(paragraphs):
        if n in reasons:
            found.drop(paragraph, reasons[n])
    return [p for n, p in enumerate(paragraphs) if n not in reasons]


def _drop_related(paragraphs: list[Paragraph], found: Cleaned) -> list[Paragraph]:
    """Headlines of other reports between or after the paragraphs of the body."""
    zones, book = _zones(paragraphs), furniture()
    ends = [stops(p.text) for p in paragraphs if is_full(p.text)]
    is_prose = len(ends) >= 3 and sum(ends) >= 0.6 * len(ends)
    inside = set() if found.extracted or not is_prose else _inserted_headlines(paragraphs, zones)
    kept: list[Paragraph] = []
    in_tail = False
    for n, (paragraph, zone) in enumerate(zip(paragraphs, zones, strict=True)):
        text = paragraph.text
        if zone is Zone.AFTER and book.tail.fullmatch(text.rstrip(":")):
            in_tail = True
        if n in inside or (zone is Zone.AFTER and (in_tail or (is_prose and _is_other_headline(text)))):
            found.drop(paragraph, "related_headline")
        else:
            kept.append(paragraph)
    return kept


def _is_other_headline(text: str) -> bool:
    return not is_full(text) and len(text.split()) > _SUBHEAD_WORDS and _is_title_like(text) and not stops(text)


def _inserted_headlines(paragraphs: Sequence[Paragraph], zones: Sequence[Zone]) -> set[int]:
    """Headlines between the paragraphs of the body that belong to other reports.

    A few, each on its own, are links; many are the report's own headings, several in a row (or after a colon) a list.
    """
    heads = {n for n, p in enumerate(paragraphs) if zones[n] is Zone.INSIDE and _is_other_headline(p.text)}
    alone = {n for n in heads if not {n - 1, n + 1} & heads and not paragraphs[n - 1].text.endswith(":")}
    return alone if len(heads) <= _MAX_INSERTED else set()


def _read_dateline(paragraphs: list[Paragraph], found: Cleaned) -> list[Paragraph]:
    """The dateline; its agency outranks a credit line."""
    for paragraph in paragraphs[:6]:
        agency, dateline = dateline_agency(paragraph.text), read_dateline(paragraph.text)
        if agency is not None or dateline is not None:
            found.agency = agency or found.agency
            found.dateline = dateline
            break
    return paragraphs


_PASSES: tuple[Pass, ...] = (
    _drop_masthead,
    _drop_lines,
    _drop_galleries,
    _drop_stamps,
    _find_title,
    _drop_captions,
    _drop_repeats,
    _drop_related,
    _read_dateline,
)
