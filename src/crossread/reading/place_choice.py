"""Which place a name means: the gazetteer's places of that name, weighed within the document's own geography."""

import re
from collections import Counter
from collections.abc import Iterable

from crossread.codebook.places import Row, country_names, fold_place, lookup
from crossread.records import Span

DIRECTION = (
    r"(?:north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|central|inner|outer|downtown|upper|lower|greater"
    r"|north-?eastern|north-?western|south-?eastern|south-?western|north-?east|north-?west|south-?east|south-?west)"
)
_PART = re.compile(rf"\b({DIRECTION})[\s-]+$", re.IGNORECASE)
LEADING_PART = re.compile(rf"({DIRECTION})[\s-]+(?=\S)", re.IGNORECASE)
_MIN_RATIO = 5
BIG_CITY, _TOWN = 1_000_000, 100_000
_STRONG = 3


def country_name(code: str) -> str | None:
    """English name of a country code."""
    return country_names().get(code)


def bare(name: str) -> str:
    """The name without a leading part of the compass, where the gazetteer lacks the whole."""
    found = LEADING_PART.match(name)
    return name[found.end() :] if found and not lookup(name) else name


def split_part(text: str, span: Span) -> tuple[str, str, int]:
    """(part of town, name without it, where the words begin): "eastern Aleppo"."""
    name = span.of(text)
    found = LEADING_PART.match(name)
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
    if regions and not states and not any(r.people > BIG_CITY for r in rows if r.kind in "AP"):
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


def geography(names: Iterable[str]) -> "Counter[str]":
    """How often the document names something of each country, by names that leave no doubt."""
    counts: Counter[str] = Counter()
    for name in names:
        rows = lookup(bare(name))
        if not rows:
            continue
        countries = {r.country for r in rows}
        state = next((r for r in rows if r.kind == "C"), None)
        if len(countries) == 1:
            counts[rows[0].country] += 1
        elif state is not None and not any(r.kind == "R" for r in rows):
            counts[state.country] += 1
        elif state is None and (best := _dominant(rows)) is not None and best.people >= BIG_CITY // 2:
            counts[best.country] += 1
    counts.pop("", None)
    return counts
