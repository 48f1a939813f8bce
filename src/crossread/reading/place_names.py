"""Names of places in a text: those that the model labels, or capitals after a preposition of place."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from crossread.calendar_words import MONTHS, WEEKDAYS
from crossread.codebook.places import lookup
from crossread.reading.doc_text import text_of
from crossread.reading.place_choice import BIG_CITY, DIRECTION, LEADING_PART, bare
from crossread.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DATES = frozenset(name.capitalize() for name in (*MONTHS, *WEEKDAYS))
PLACE_LABELS = frozenset(("GPE", "LOCATION", "LOC", "FACILITY", "FAC"))
_TITLES = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|President|Minister|Senator|Gen|General|Col|Colonel|Capt|Captain|Sgt|Prof|Professor|King|Queen|Prince"
    r"|Judge|Governor|Mayor|Secretary|Chancellor|Pope|Saint|Rep|Sen)\.?\s+)$"
)
_NAME = re.compile(r"(?:[A-Z][\w’'-]+|al-[A-Z][\w’'-]+|U\.S\.|U\.K\.)(?:\s+(?:(?:al|el|de|du|la|of)[\s-])?[A-Z][\w’'-]+){0,3}")
_BEFORE_PLACE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|over|throughout|from|to|into|of|towards?|within|leave|left|reach(?:ed)?"
    r"|visit(?:ed)?|of the)\s+"
    rf"(?:the\s+)?(?:[\w-]+(?:-held|-controlled)\s+)?(?:{DIRECTION}[\s-]+)?(?:(?:city|town|village|province|district)\s+of\s+)?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z][\w’'-]*")
_BEFORE = re.compile(r"(?:(?<![\w’'-])[A-Z][\w’'-]* ){1,2}$")
_AFTER = re.compile(r"(?: [A-Z][\w’'-]*){1,2}")
_SPEAKS = re.compile(r"\s+(?:said|says|told|added|tweeted|wrote|Jr)\b")
_SURNAME = re.compile(r"\s+[A-Z][a-z]+")


def labelled(doc: "Doc") -> Iterable[Span]:
    """Names that the model labels as places, without articles and possessives; months and weekdays are none.

    A state that it takes for a body is a place too, and a name that it cut ("West" of "West Bank") is made whole.
    """
    last = -1
    for ent in doc.ents:
        place = ent.label_ in PLACE_LABELS or (ent.label_ == "ORGANIZATION" and any(r.kind == "C" for r in lookup(ent.text)))
        if place and ent.start_char >= last and ent.text[:1] and not ent.text.islower() and ent.text not in _DATES:
            start, end = ent.start_char, ent.end_char
            text = text_of(doc)[start:end]
            if text.lower().startswith("the ") and not lookup(text):
                start += 4
            for tail in ("'s", "’s"):
                end -= len(tail) if text_of(doc)[start:end].endswith(tail) else 0
            found = _whole(text_of(doc), start, end)
            last = found.end
            yield found


def _whole(text: str, start: int, end: int) -> Span:
    """The longest name that the gazetteer knows of a labelled one with its capitalised neighbours, else the name itself."""
    left, right = _BEFORE.search(text, max(0, start - 40), start), _AFTER.match(text, end, end + 40)
    firsts = [m.start() for m in _WORD.finditer(text, left.start(), start)] if left is not None else []
    stops = [m.end() for m in _WORD.finditer(text, end, right.end())] if right is not None else []
    alone = bool(lookup(text[start:end]))
    for first in (*firsts, start):
        if alone and text.startswith("The ", first):
            continue
        for stop in (*reversed(stops), end):
            if (first, stop) != (start, end) and lookup(text[first:stop]):
                return Span(first, stop)
    return Span(start, end)


def guessed(doc: "Doc") -> Iterable[Span]:
    """Names found without labels: capitals after a preposition of place, or the name of a country or a large city."""
    text = text_of(doc)
    for found in _NAME.finditer(text):
        start, end = found.span()
        while end > start and (span := _known(text, start, end)) is None:
            cut = text.rfind(" ", start, end)
            if cut < 0:
                break
            end = cut
        else:
            if span is not None and _reads_as_place(text, span):
                yield span


def _known(text: str, start: int, end: int) -> Span | None:
    name = re.sub(r"[’']s$", "", text[start:end])
    rows = () if name in _DATES else lookup(name)
    if not rows:
        found = LEADING_PART.match(name)
        rows = lookup(name[found.end() :]) if found else ()
    return Span(start, start + len(name)) if (rows and len(name) > 2) or name in ("US", "UK") else None


def _reads_as_place(text: str, span: Span) -> bool:
    before = text[max(0, span.start - 60) : span.start]
    if _TITLES.search(before) or _SPEAKS.match(text, span.end):
        return bool(re.search(r"\b(?:in|from|to)\s+$", before))
    rows = lookup(bare(span.of(text)))
    state = any(r.kind == "C" for r in rows)
    if _BEFORE_PLACE.search(before):
        return _SURNAME.match(text, span.end) is None or state
    if _SURNAME.match(text, span.end) or re.search(r"[A-Z][a-z]+\s+$", before):
        return False
    return (state and not any(r.people < 60_000 for r in rows if r.kind == "C")) or any(r.people >= BIG_CITY for r in rows)
