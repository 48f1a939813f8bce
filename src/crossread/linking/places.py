"""Places across reports: one place under all its spellings, two places of one name kept apart where their countries differ."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from crossread.codebook.actors import names, tidy
from crossread.codebook.places import Row, fold_place
from crossread.linking.case import Case, PlaceIndex
from crossread.records import Event, Evidence, Figure, Form, Place, Reading, Span, StoryPlace
from crossread.vocabulary import EntityType

T = TypeVar("T")
_PLACES = (EntityType.GPE, EntityType.LOCATION, EntityType.FACILITY)
_DIRECTION = re.compile(r"\b(north|south|east|west)(?:ern)?\b")
_KIND = re.compile(r"\b(?:the )?(?:city|town|village|district|neighbou?rhood|quarter|suburb|province|governorate) of | (?:city|town|village"
                   r"|district|neighbou?rhood|quarter|suburb|province|governorate)$")  # fmt: skip
_LEADING = re.compile(r"^(?:the|al|el|ar|as|ash) ")


class _Named(NamedTuple):
    """One naming of a place in a report."""

    document: str
    text: str
    span: Span
    type: EntityType
    place: Place | None
    record: str | None
    country: str | None


def place_key(name: str) -> str:
    """A place's name in folded words, without article and words of kind; "eastern" and "east" are one."""
    key = _KIND.sub("", fold_place(name)).strip()
    key = _DIRECTION.sub(r"\1", key)
    return _LEADING.sub("", key)


def link_places(case: Case) -> PlaceIndex:
    """The places of a story in order of how many reports name them."""
    groups: dict[tuple[str, str], list[_Named]] = {}
    found = [n for reading in case.readings for n in _named(reading)]
    countries = _countries_of_keys(found)
    for naming in found:
        key = place_key(_canonical(naming))
        own = countries.get(key, ())
        country = naming.country if len(own) > 1 and naming.country is not None else ""
        groups.setdefault((key, country), []).append(naming)
    order = sorted(groups.items(), key=lambda g: (-len({n.document for n in g[1]}), -len(g[1]), g[0]))
    around = Counter(n.country for n in found if n.country)
    places: list[StoryPlace] = []
    by_name: dict[str, str] = {}
    for n, (_, members) in enumerate(order, 1):
        place = _place(f"place-{n}", members, around)
        places.append(place)
        for form in (place.name, *(m.text for m in members), *(m.place.name for m in members if m.place and m.place.name)):
            by_name.setdefault(form.casefold(), place.id)
    return PlaceIndex(places=tuple(places), by_name=by_name)


def _named(reading: Reading) -> Iterable[_Named]:
    """All namings of places of one report."""
    text, name = reading.document.text, reading.document.id
    entities = {e.id: e for e in reading.entities}
    for mention in reading.mentions:
        entity = entities.get(mention.entity)
        words = mention.span.of(text)
        if entity is not None and mention.type in _PLACES and words[:1].isupper() and place_key(words):
            yield _Named(name, " ".join(words.split()), mention.span, mention.type, None, mention.id, entity.country)
    records: tuple[Event | Figure, ...] = (*reading.events, *reading.figures)
    for record in records:
        place = record.place
        if place is not None and place.span is not None and place_key(place.name or place.text):
            kind = EntityType.GPE if place.country is not None else EntityType.LOCATION
            yield _Named(name, " ".join(place.text.split()), place.span, kind, place, record.id, place.country)


def _canonical(naming: _Named) -> str:
    known = names().get(tidy(naming.text))
    if known is not None and known.kind == "state":
        return known.name
    place = naming.place
    if place is None or place.name is None:
        return naming.text
    return naming.text if place_key(place.name) in place_key(naming.text) else place.name


def _countries_of_keys(found: Iterable[_Named]) -> Mapping[str, tuple[str, ...]]:
    known: dict[str, set[str]] = {}
    for naming in found:
        if naming.country is not None:
            known.setdefault(place_key(_canonical(naming)), set()).add(naming.country)
    return {key: tuple(sorted(countries)) for key, countries in known.items()}


def _place(name: str, members: Sequence[_Named], around: Counter[str]) -> StoryPlace:
    from crossread.reading.place_choice import choose

    forms: dict[str, set[str]] = {}
    evidence: dict[tuple[str, str], Evidence] = {}
    for m in members:
        forms.setdefault(m.text, set()).add(m.document)
        evidence.setdefault((m.document, m.text), Evidence(document=m.document, span=m.span, record=m.record))
    own = min(forms, key=lambda t: (-len(forms[t]), -sum(m.text == t for m in members), t))
    located = next((m.place for m in members if m.place is not None and m.place.lat is not None), None)
    row: Row | None = choose(own, around) if located is None else None
    country = _commonest(m.country for m in members) or (row.country or None if row else None)
    return StoryPlace(
        id=name,
        name=own,
        type=_commonest(m.type for m in members) or EntityType.LOCATION,
        country=country,
        forms=tuple(Form(text=t, documents=tuple(sorted(d))) for t, d in sorted(forms.items(), key=lambda f: (-len(f[1]), f[0]))),
        within=located.within if located else (row.within,) if row and row.within else (),
        lat=located.lat if located else row.lat if row else None,
        lon=located.lon if located else row.lon if row else None,
        precision_km=located.precision_km if located else row.radius_km if row else None,
        reason=f"one name but for spelling, article and words of kind: {', '.join(sorted(forms)[:6])}",
        evidence=tuple(sorted(evidence.values(), key=lambda e: (e.document, e.span))),
    )


def _commonest(values: Iterable[T | None]) -> T | None:
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], str(v))) if counts else None
