"""Where something happened: names of places, resolved by the shipped gazetteer within the document's own geography.

A name that could be several places is settled by what else the document names; where that does not settle it, the place keeps
its name
and no country, for a wrong country is worse than none.  A district that the gazetteer lacks stays a named place inside the town
that the
text puts it in.  `find_places`, `event_place` and `country_of_place` are the calls that other layers use.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crossread.codebook.places import Row, fold_place, lookup
from crossread.reading.doc_text import text_of
from crossread.records import Place, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PLACE_LABELS = frozenset(("GPE", "LOCATION", "LOC", "FACILITY", "FAC"))
_DIRECTION = (
    r"(?:north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|central|inner|outer|downtown|upper|lower|greater"
    r"|north-?eastern|north-?western|south-?eastern|south-?western|north-?east|north-?west|south-?east|south-?west)"
)
_PART = re.compile(rf"\b({_DIRECTION})[\s-]+$", re.IGNORECASE)
_LEADING_PART = re.compile(rf"({_DIRECTION})[\s-]+(?=\S)", re.IGNORECASE)
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
_COMMA = re.compile(r"\s*,\s+(?:in\s+)?(?:(?:north|south|east|west|central)\w*\s+)?", re.IGNORECASE)
_IN_NEXT = re.compile(
    rf"\s+in\s+(?:the\s+)?(?:(?:[\w-]+\s+){{0,2}}(?:city|town|province|region|district)\s+of\s+)?(?:{_DIRECTION}\s+)?",
    re.IGNORECASE,
)
_LOCATIVE = frozenset((
    "in", "at", "near", "outside", "inside", "around", "across", "over", "throughout", "within", "along", "off", "beyond",
    "above", "from", "into", "to", "towards", "toward", "through", "between", "on", "against"
))  # fmt: skip
_STRICT_LOCATIVE = _LOCATIVE - {"to", "from", "towards", "toward", "against", "between"}
_PLACE_OBJECT_VERBS = frozenset((
    "bomb", "shell", "capture", "retake", "recapture", "seize", "take", "storm", "besiege", "attack", "leave", "reach",
    "enter", "visit", "strike", "hit", "bombard", "liberate", "occupy", "evacuate", "control", "surround", "destroy",
    "target", "pound", "flee", "invade", "cross", "overrun", "hold"
))  # fmt: skip
_SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
_INSIDE_PHRASE = frozenset(("nmod", "appos", "conj", "compound", "nmod:poss", "flat", "amod"))
_LINKS_UP = frozenset(("nsubj", "nsubj:pass", "obj", "obl", "xcomp", "conj", "nmod", "compound"))
_TITLES = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|President|Minister|Senator|Gen|General|Col|Colonel|Capt|Captain|Sgt|Prof|Professor|King|Queen|Prince"
    r"|Judge|Governor|Mayor|Secretary|Chancellor|Pope|Saint|Rep|Sen)\.?\s+)$"
)
_NAME = re.compile(r"(?:[A-Z][\w’'-]+|al-[A-Z][\w’'-]+|U\.S\.|U\.K\.)(?:\s+(?:(?:al|el|de|du|la|of)[\s-])?[A-Z][\w’'-]+){0,3}")
_BEFORE_PLACE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|over|throughout|from|to|into|of|towards?|within|leave|left|reach(?:ed)?"
    r"|visit(?:ed)?|of the)\s+"
    rf"(?:the\s+)?(?:[\w-]+(?:-held|-controlled)\s+)?(?:{_DIRECTION}[\s-]+)?(?:(?:city|town|village|province|district)\s+of\s+)?$",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"\s+(?:said|says|told|added|tweeted|wrote|Jr)\b")
_SURNAME = re.compile(r"\s+[A-Z][a-z]+")
_MIN_RATIO = 5
_BIG_CITY, _TOWN = 1_000_000, 100_000
_STRONG = 3


class DocumentPlaces:
    """The place names of one document and the countries that they speak for."""

    def __init__(self, doc: "Doc") -> None:
        self.doc = doc
        self.labelled = bool(doc.ents)
        self.names = tuple(_labelled(doc) if self.labelled else _guessed(doc))
        self.countries = _geography([text_of(doc)[s.start : s.end] for s in self.names])

    def within(self, start: int, end: int) -> tuple[Place, ...]:
        """Places of ``[start, end)``, left to right."""
        return tuple(self.place(s) for s in self.names if start <= s.start and s.end <= end)

    def place(self, span: Span) -> Place:
        """The place that a name stands for, with its part of town and what the text puts it in."""
        text = text_of(self.doc)
        name = text[span.start : span.end]
        part, core, first = _split_part(text, span)
        row = choose(core, self.countries, after=self._container(span))
        whole = Span(first, span.end)
        if row is None:
            return self._unknown(name, span)
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
        row = choose(_bare(holder), self.countries) if holder else None
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
            row = choose(_bare(other.of(text_of(self.doc))), self.countries)
            if row is not None and row.kind in "AP":
                return row
        return None


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


# ---------------------------------------------------------------- choosing between places of one name


def country_name(code: str) -> str | None:
    """English name of a country code."""
    from crossread.codebook.places import country_names

    return country_names().get(code)


def _bare(name: str) -> str:
    found = _LEADING_PART.match(name)
    return name[found.end() :] if found and not lookup(name) else name


def _split_part(text: str, span: Span) -> tuple[str, str, int]:
    """(part of town, name without it, where the words begin): "eastern Aleppo"."""
    name = span.of(text)
    found = _LEADING_PART.match(name)
    if found and not lookup(name):
        return found[1], name[found.end() :], span.start
    before = text[max(0, span.start - 20) : span.start]
    found = _PART.search(before)
    if found and not found[1].isupper():
        whole = f"{found[1]} {name}"
        if not lookup(whole):
            return found[1], name, span.start - (len(before) - found.start(1))
    return "", name, span.start


def choose(name: str, countries: "Counter[str]", *, after: str | None = None) -> Row | None:
    """The place that a name means among those of the gazetteer, or ``None``.

    ``after`` is a place that the text puts it in ("Tripoli, Lebanon"); else the countries that the document names decide;
    else a place
    at least five times as populous as the next.
    """
    rows = lookup(name)
    if not rows:
        return None
    if after is not None:
        inside = [r for r in rows if _lies_in(r, after)]
        if inside:
            return _largest(inside)
    own = tuple(r for r in rows if fold_place(r.name) == r.key)
    rows = own or rows
    if len({(r.name, r.country, r.kind == "C") for r in rows}) == 1:
        return _largest(rows)
    named = [r for r in rows if r.country and r.country in countries]
    states = [r for r in rows if r.kind == "C"]
    regions = [r for r in rows if r.kind == "R"]
    if states and not any(r.kind == "R" and r.people > 500_000 for r in regions):
        return states[0]
    if regions and not states and not any(r.people > _BIG_CITY for r in rows if r.kind in "AP"):
        return regions[0]
    leading = None if states else _dominant(rows)
    if leading is not None and not any(
        countries[r.country] >= _STRONG and r.people >= _TOWN for r in named if r.country != leading.country
    ):
        return leading
    if named:
        best = max(countries[r.country] for r in named)
        top = [r for r in named if countries[r.country] == best]
        if len({r.country for r in top}) == 1 and (not states or states[0] in top or regions):
            return _largest(top)
    return None


def _lies_in(row: Row, holder: str) -> bool:
    within = lookup(holder)
    codes = {r.country for r in within if r.kind == "C" or r.kind == "R"}
    return (row.country in codes and (row.kind != "C")) or (bool(row.within) and fold_place(row.within) == fold_place(holder))


def _largest(rows: Iterable[Row]) -> Row:
    return max(rows, key=lambda r: (r.kind == "C", r.kind != "R" and r.people, r.kind == "R", r.people))


def _dominant(rows: tuple[Row, ...]) -> Row | None:
    ranked = sorted(rows, key=lambda r: (-r.people, r.country, r.name))
    best = ranked[0]
    other = next((r.people for r in ranked[1:] if r.country != best.country), 0)
    return best if best.people >= _MIN_RATIO * max(other, 1) or (best.kind == "A" and best.people >= 2 * other) else None


def _geography(names: Iterable[str]) -> "Counter[str]":
    """How often the document names something of each country, by names that leave no doubt."""
    counts: Counter[str] = Counter()
    for name in names:
        rows = lookup(_bare(name))
        if not rows:
            continue
        countries = {r.country for r in rows}
        state = next((r for r in rows if r.kind == "C"), None)
        if len(countries) == 1:
            counts[rows[0].country] += 1
        elif state is not None and not any(r.kind == "R" for r in rows):
            counts[state.country] += 1
        elif state is None and (best := _dominant(rows)) is not None and best.people >= _BIG_CITY // 2:
            counts[best.country] += 1
    counts.pop("", None)
    return counts


# ---------------------------------------------------------------- finding names


def _labelled(doc: "Doc") -> Iterable[Span]:
    for ent in doc.ents:
        if ent.label_ in PLACE_LABELS and ent.text[:1] and not ent.text.islower():
            start, end = ent.start_char, ent.end_char
            text = text_of(doc)[start:end]
            if text.lower().startswith("the ") and not lookup(text):
                start += 4
            for tail in ("'s", "’s"):
                end -= len(tail) if text_of(doc)[start:end].endswith(tail) else 0
            yield Span(start, end)


def _guessed(doc: "Doc") -> Iterable[Span]:
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
    rows = lookup(name)
    if not rows:
        found = _LEADING_PART.match(name)
        rows = lookup(name[found.end() :]) if found else ()
    return Span(start, start + len(name)) if (rows and len(name) > 2) or name in ("US", "UK") else None


def _reads_as_place(text: str, span: Span) -> bool:
    before = text[max(0, span.start - 60) : span.start]
    if _TITLES.search(before) or _SPEAKS.match(text, span.end):
        return bool(re.search(r"\b(?:in|from|to)\s+$", before))
    rows = lookup(_bare(span.of(text)))
    state = any(r.kind == "C" for r in rows)
    if _BEFORE_PLACE.search(before):
        return _SURNAME.match(text, span.end) is None or state
    if _SURNAME.match(text, span.end) or re.search(r"[A-Z][a-z]+\s+$", before):
        return False
    return (state and not any(r.people < 60_000 for r in rows if r.kind == "C")) or any(r.people >= _BIG_CITY for r in rows)


# ---------------------------------------------------------------- the place of a predicate


def event_place(doc: "Doc", anchor: "Token") -> Place | None:
    """Where the happening that a predicate reports took place, or ``None``.

    A place hangs from the predicate or its clause by a preposition of place, stands before a noun ("the X bombing"), or is
    what the verb
    captures, shells or visits; an acting "Moscow" is none.  Else the only place of the sentence that follows such a preposition.
    """
    sent = anchor.sent if doc.has_annotation("SENT_START") else doc[:]
    places = find_places(doc, Span(sent.start_char, sent.end_char))
    if not places:
        return None
    if doc.has_annotation("DEP"):
        found = _hanging(doc, anchor, places)
        if found is not None:
            return found
    located = [p for p in places if p.span is not None and _after_locative(doc, p.span)]
    names = {p.name for p in located}
    return located[0] if len(names) == 1 and not _far(doc, anchor, located[0]) else None


def _hanging(doc: "Doc", anchor: "Token", places: tuple[Place, ...]) -> Place | None:
    from crossread.reading.when import root_of

    ranked: list[tuple[int, int, Place]] = []
    for n, place in enumerate(places):
        token = root_of(doc, place.span.start, place.span.end) if place.span else None
        if token is not None and (rank := _rank(anchor, token)) is not None:
            ranked.append((rank, n, place))
    return min(ranked, key=lambda r: r[:2])[2] if ranked else None


def _rank(anchor: "Token", token: "Token") -> int | None:
    """How closely a place belongs to a predicate, 0 the closest; ``None`` for a place that acts or belongs elsewhere."""
    top, case, steps = _phrase(token, anchor)
    link, head = top.dep_.lower(), top.head
    if top.i == head.i or link in _SUBJECTS:
        return None
    locative = bool(case & _STRICT_LOCATIVE)
    if head.i == anchor.i:
        if locative:
            return steps
        if link == "obj":
            return 10 + steps if anchor.lemma_.lower() in _PLACE_OBJECT_VERBS else None
        return 10 + steps if link == "compound" or (link in ("nmod", "nmod:poss", "obl", "amod") and case & _LOCATIVE) else None
    if not locative:
        return None
    if _hangs_below(anchor, head):
        return 20 + steps
    above = anchor
    for n in range(4):
        if above.dep_.lower() not in _LINKS_UP or above.head.i == above.i:
            return None
        above = above.head
        if head.i == above.i:
            return 30 + n + steps
    return None


def _phrase(token: "Token", anchor: "Token") -> tuple["Token", set[str], int]:
    """The top of the phrase that a name is part of, its prepositions, and how many words up it stands: "on X's hilltop"."""
    case: set[str] = set()
    for steps in range(6):
        case |= {c.lower_ for c in token.children if c.dep_.lower() == "case"}
        if token.dep_.lower() not in _INSIDE_PHRASE or token.head.i in (anchor.i, token.i):
            return token, case, steps
        token = token.head
    return token, case, 6


def _hangs_below(anchor: "Token", head: "Token") -> bool:
    """Whether a word is in the object or subject of the anchor, or in a participle on it: "killed people trapped in X"."""
    for _ in range(4):
        if head.i == anchor.i:
            return True
        link = head.dep_.lower()
        if link not in ("acl", "obj", "nmod", "obl", "nsubj:pass", "xcomp") or (link == "acl" and head.tag_ not in ("VBN", "VBG")):
            return False
        head = head.head
    return head.i == anchor.i


def _after_locative(doc: "Doc", span: Span) -> bool:
    before = text_of(doc)[max(0, span.start - 60) : span.start]
    found = re.search(
        r"\b(in|at|near|outside|inside|around|across|over|throughout|within)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,4}$",
        before,
        re.IGNORECASE,
    )
    return found is not None and not re.search(r"[.,;:]", found[0])


def _far(doc: "Doc", anchor: "Token", place: Place) -> bool:
    """Whether a clause of its own (a quotation, a relative clause) parts the place from the predicate."""
    if place.span is None:
        return True
    between = text_of(doc)[min(anchor.idx, place.span.end) : max(anchor.idx, place.span.start)]
    return bool(re.search(r"[;:“”\"]|\b(?:who|which|said|says|told)\b", between))
