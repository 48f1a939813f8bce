"""The shipped gazetteer: countries, regions and settlements by name.

``places.tsv.gz`` is made by ``training/gazetteer.py`` (GeoNames, CC BY 4.0).  It is unpacked once, on first use, and searched
by bisection
in its sorted bytes, so that loading builds no table.
"""

import gzip
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple


class Row(NamedTuple):
    """One name of one place.  ``kind``: ``C`` country, ``R`` region, ``A`` capital, ``P`` other settlement; ``km`` 0 = by
    population."""

    key: str
    name: str
    country: str
    lat: float
    lon: float
    km: float
    kind: str
    people: int
    within: str

    @property
    def radius_km(self) -> float:
        """Radius in which the place lies."""
        if self.km:
            return self.km
        return 20.0 if self.people >= 3_000_000 else 12.0 if self.people >= 500_000 else 8.0 if self.people >= 100_000 else 5.0


_LETTERS = str.maketrans({"ß": "ss", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})
_DROPPED = re.compile(r"[’'`‘ʿʾ.,]")
_DASHES = re.compile(r"[-–\s]+")


@lru_cache(maxsize=20_000)
def fold_place(name: str) -> str:
    """A name as the gazetteer's keys write it: no accents, apostrophes, dots or hyphens, lower case.

    >>> fold_place("Côte d'Ivoire"), fold_place("Deir ez-Zor")
    ('cote divoire', 'deir ez zor')
    """
    plain = name.casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _DASHES.sub(" ", _DROPPED.sub("", plain)).strip()


def write_row(row: Row) -> str:
    """A line of the gazetteer; a name that is its key in title case is left out."""
    name = "" if row.name == row.key.title() else row.name
    km = f"{row.km:.0f}" if row.km else ""
    return f"{row.key}|{name}|{row.country}|{row.lat:.2f}|{row.lon:.2f}|{km}|{row.kind}|{row.people // 1000}|{row.within}"


def _read_row(line: str) -> Row:
    key, name, country, lat, lon, km, kind, people, within = line.split("|")
    return Row(key, name or key.title(), country, float(lat), float(lon), float(km or 0), kind, int(people) * 1000, within)


@cache
def _table() -> bytes:
    packed = files("crossread.codebook").joinpath("places.tsv.gz").read_bytes()
    return b"\n" + gzip.decompress(packed)


@lru_cache(maxsize=20_000)
def rows_of(key: str) -> tuple[Row, ...]:
    """All places that bear a folded name, in the order of the file."""
    table, wanted = _table(), key.encode() + b"|"
    low, high = 0, len(table) - 1  # offsets of line feeds; the first line with a key >= wanted starts after ``low``
    while low < high:
        middle = table.rfind(b"\n", 0, (low + high) // 2 + 1)
        after = table.find(b"\n", middle + 1)
        if table[middle + 1 : after] < wanted:
            low = after
        else:
            high = middle
    found, at = [], low
    while table.startswith(wanted, at + 1):
        end = table.find(b"\n", at + 1)
        found.append(_read_row(table[at + 1 : end].decode()))
        at = end
    return tuple(found)


_ARTICLES = re.compile(r"^(?:the|al|ar|as|ash|at|az|an|ad|el) ")


def lookup(name: str) -> tuple[Row, ...]:
    """All places that a name may mean; a leading article ("the", "al-") may be there or not."""
    key = fold_place(name)
    rows = rows_of(key)
    if rows or not key:
        return rows
    bare = _ARTICLES.sub("", key)
    if bare != key:
        return rows_of(bare)
    return rows_of(f"al {key}")


@cache
def country_names() -> dict[str, str]:
    """English names of countries by alpha-3 code."""
    names: dict[str, str] = {}
    for line in re.findall(rb"\n([^\n|]*\|[^\n|]*\|[A-Z]{3}\|[^\n|]*\|[^\n|]*\|[^\n|]*\|C\|[^\n]*)", _table()):
        row = _read_row(line.decode())
        names.setdefault(row.country, row.name)
    return names
