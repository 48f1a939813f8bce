"""Where something happened: names of places, resolved by the shipped gazetteer within the document's own geography.

A name that could be several places is settled by what else the document names; where that does not settle it, the place keeps its name
and no country, for a wrong country is worse than none.  A district that the gazetteer lacks stays a named place inside the town that the
text puts it in.  `find_places` and `country_of_place` are the calls that other layers use; names are found by
`crossread.reading.place_names`, chosen by `crossread.reading.place_choice`, given to predicates by `crossread.reading.event_place`.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crossread.codebook.places import Row
from crossread.reading.doc_text import text_of
from crossread.reading.place_choice import DIRECTION, bare, choose, country_name, geography, split_part
from crossread.reading.place_names import guessed, labelled
from crossread.records import Place, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KIND = (
    r"(?:neighbou?rhood|district|quarter|suburb|area|village|town|city"
    r"|province|region|governorate|county|state|island|enclave|camp|square)"
)
_OF_CITY = re.compile(
    rf"[’']?s?\s+{_KIND}\s+(?:of|in)\s+(?:the\s+)?(?:(?:[\w-]+\s+){{0,3}}(?:city|town|province|capital)\s+of\s+)?", re.IGNORECASE
)
_APPOSED = re.compile(
    rf"\s*,\s+(?:an?|the)\s+(?:[\w’'-]+\s+){{0,3}}{_KIND}\s+(?:of|in|on|near|outside)\s+(?:the\s+)?(?:(?:edge|outskirts)\s+of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
_COMMA = re.compile(
    r"\s*,\s+(?:in\s+)?(?:the\s+)?(?:far\s+)?(?:(?:north|south|east|west|centr)[\w-]*\s+(?:of\s+(?:the\s+)?)?)?", re.IGNORECASE
)
_IN_NEXT = re.compile(
    rf"\s+in\s+(?:the\s+)?(?:(?:[\w-]+\s+){{0,2}}(?:city|town|province|region|district)\s+of\s+)?(?:{DIRECTION}\s+)?",
    re.IGNORECASE,
)


_REGION = re.compile(
    r"\s+(?:state|province|region|governorate|county|prefecture|oblast)\b(?!\s+(?:of|television|media|radio|news|capital))"
)
_DISTANCE = re.compile(
    r"\b(?P<n>\d{1,4}(?:\.\d)?)\s?(?P<u>km|kilomet(?:er|re)s?|miles?)\s+(?:\([^()]{1,20}\)\s+)?"
    rf"(?:(?:to\s+the\s+)?(?:due\s+)?{DIRECTION}\s+)?(?:of|from|off|outside)\s+(?:the\s+(?:city|town|village|capital)\s+of\s+|(?:the\s+)?(?:{DIRECTION}\s+)?)?$",
    re.IGNORECASE,
)
_WIDE_KM = 150.0
"""How far a province may reach from the town that it is called after."""


class DocumentPlaces:
    """The place names of one document and the countries that they speak for."""

    def __init__(self, doc: "Doc") -> None:
        self.doc = doc
        self.labelled = bool(doc.ents)
        self.names = tuple(labelled(doc) if self.labelled else guessed(doc))
        self.countries = geography([text_of(doc)[s.start : s.end] for s in self.names])

    def within(self, start: int, end: int) -> tuple[Place, ...]:
        """Places of ``[start, end)``, left to right."""
        return tuple(self.place(s) for s in self.names if start <= s.start and s.end <= end)

    def place(self, span: Span) -> Place:
        """The place that a name stands for, with its part of town and what the text puts it in."""
        text = text_of(self.doc)
        name = text[span.start : span.end]
        part, core, first = split_part(text, span)
        row = choose(core, self.countries, after=self._container(span))
        whole = Span(first, span.end)
        away = _DISTANCE.search(text, max(0, span.start - 60), span.start)
        if away is not None and (row is None or row.kind != "C"):
            return _away(text, span, away, row)
        if row is None:
            return self._unknown(name, span)
        if row.kind in "AP" and not part and (region := _REGION.match(text, span.end)) is not None:
            return self._region(text, Span(span.start, region.end()), row)
        outer = self._outward(row)
        if part:
            label = f"{part.lower()} {row.name}"
            inside = (row.name, *outer)
            return Place(
                text=whole.of(text), span=whole, name=label, within=inside, country=row.country or None, lat=row.lat, lon=row.lon,
                precision_km=round(row.radius_km * (1.5 if row.kind in "AP" else 1.0), 1),
            )  # fmt: skip
        return Place(
            text=name, span=span, name=row.name, within=outer, country=row.country or None, lat=row.lat, lon=row.lon,
            precision_km=round(row.radius_km, 1),
        )  # fmt: skip

    def _region(self, text: str, span: Span, row: Row) -> Place:
        """ "Kaduna state" where the gazetteer knows the town alone."""
        country = country_name(row.country)
        return Place(
            text=span.of(text), span=span, name=span.of(text), within=(country,) if country else (), country=row.country or None,
            lat=row.lat, lon=row.lon, precision_km=_WIDE_KM,
        )  # fmt: skip

    def _outward(self, row: Row) -> tuple[str, ...]:
        if row.kind == "C":
            return ()
        country = country_name(row.country)
        return tuple(n for n in (row.within, country) if n and n != row.name)

    def _container(self, span: Span) -> str | None:
        """The name that follows and holds this one: "Tripoli, Lebanon", "the X district of Y"."""
        text = text_of(self.doc)
        for pattern in (_OF_CITY, _APPOSED, _IN_NEXT, _COMMA):
            found = pattern.match(text, span.end)
            if found is None:
                continue
            held = next((s for s in self.names if s.start <= found.end() < s.end), None)
            if held is not None:
                return text[held.start : held.end]
        return None

    def _unknown(self, name: str, span: Span) -> Place:
        """A place that the gazetteer lacks: inside what the text says, else unlocated."""
        text, holder = text_of(self.doc), self._container(span)
        inside: tuple[str, ...] = ()
        country = None
        row = choose(bare(holder), self.countries) if holder else None
        if row is None and holder is None and self._says_city(span):
            held = self._last_city(span)
            row = held if held is not None else None
        if row is not None:
            inside = (row.name, *self._outward(row)) if row.kind != "C" else (row.name,)
            country = row.country or None
            settled = row.kind in "AP"
            return Place(
                text=name, span=span, name=name, within=inside, country=country, lat=row.lat if settled else None,
                lon=row.lon if settled else None, precision_km=round(row.radius_km * 1.5, 1) if settled else None,
            )  # fmt: skip
        if holder:
            inside = (holder,)
        return Place(text=text[span.start : span.end], span=span, name=name, within=inside)

    def _says_city(self, span: Span) -> bool:
        """Whether the words after a name call it a part of "the city" spoken of."""
        text = text_of(self.doc)
        after = text[span.end : span.end + 60]
        found = _APPOSED.match(text, span.end) or _OF_CITY.match(text, span.end)
        if found is not None and re.match(r"(?:city|town|capital)\b", text[found.end() : found.end() + 10]):
            return True
        return re.match(r"\s+(?:neighbou?rhood|district|quarter|suburb)\b", after) is not None

    def _last_city(self, span: Span) -> Row | None:
        for other in reversed([s for s in self.names if s.end <= span.start]):
            row = choose(bare(other.of(text_of(self.doc))), self.countries)
            if row is not None and row.kind in "AP":
                return row
        return None


def _away(text: str, span: Span, distance: re.Match[str], row: Row | None) -> Place:
    """ "30 km north of Lyon": not Lyon, and perhaps not its country either."""
    whole = Span(distance.start(), span.end)
    reach = float(distance["n"]) * (1.61 if distance["u"].lower().startswith("mi") else 1.0)
    return Place(
        text=whole.of(text), span=whole, name=" ".join(whole.of(text).split()), lat=row.lat if row else None, lon=row.lon if row else None,
        precision_km=round(reach + row.radius_km, 1) if row else None,
    )  # fmt: skip


def places_of(doc: "Doc") -> DocumentPlaces:
    """The places of a document, made once."""
    held: Any = doc.user_data.get("crossread.places")
    if isinstance(held, DocumentPlaces) and held.doc is doc:
        return held
    made = DocumentPlaces(doc)
    doc.user_data["crossread.places"] = made
    return made


def find_places(doc: "Doc", sentence: Span) -> tuple[Place, ...]:
    """Places that a sentence names, left to right."""
    return places_of(doc).within(sentence.start, sentence.end)


def country_of_place(name: str, context: Iterable[str] = ()) -> str | None:
    """ISO alpha-3 code of the country of a named place, or ``None`` where the name does not decide.

    Args:
        name: The place as written.
        context: Alpha-3 codes of countries that the text speaks of, once per mention.

    >>> country_of_place("Osaka")
    'JPN'
    """
    row = choose(name, Counter(context))
    return row.country or None if row is not None else None
