"""The tables of the actor codebook, loaded once: names, person and body nouns, holders of offices.

Files (tab-separated, ``#`` starts a comment; several forms in a cell are parted by ``;``): ``states.tsv``, ``regions.tsv``,
``organisations.tsv``, ``nouns.tsv``, ``holders.tsv``.  docs/cards/actors.md says where they come from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crossread.vocabulary import EntityType

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """A form of a known actor or place.

    ``kind`` is one of ``state``, ``adjective``, ``people``, ``capital``, ``region``, ``breakaway``, ``area``, ``organisation``, ``holder``;
    ``name`` is the actor's own name (for ``capital`` the state whose government it stands for).
    """

    form: str
    kind: str
    country: str | None
    sector: str | None
    name: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for a person or body: sector (``None``: that of what it belongs to), number and, where the word tells it, gender."""

    word: str
    sector: str | None
    type: EntityType
    number: str
    gender: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held an office from one day to another (both included, ``None`` = open)."""

    name: str
    country: str | None
    sector: str
    gender: str
    office: str
    valid_from: str
    valid_until: str | None

    def holds_on(self, date: str | None) -> bool:
        """Whether the office was held on that ISO day; without a day, whether it ever was."""
        return date is None or (self.valid_from <= date and (self.valid_until is None or date <= self.valid_until))


def _rows(name: str, width: int) -> Iterator[list[str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            cells = [c.strip() for c in line.split("\t")]
            yield cells + [""] * (width - len(cells))


def word_list(name: str) -> frozenset[str]:
    """The words of a named list in ``words.tsv``."""
    return frozenset(w for key, words, *_ in _rows("words.tsv", 2) if key == name for w in _forms(words))


def _forms(cell: str) -> list[str]:
    return [f.strip() for f in cell.split(";") if f.strip()]


COMMON_WORDS = word_list("common words")
"""Forms that are also ordinary words, first names or short initials: a match needs a name of the model or its context beside it."""


def _state_names() -> Iterator[Name]:
    for code, name, others, adjectives, people, capitals, *_ in _rows("states.tsv", 7):
        for form in (name, *_forms(others)):
            yield Name(form, "state", code, "GOV", name, EntityType.GPE)
        for form in _forms(adjectives):
            yield Name(form, "adjective", code, None, name, EntityType.GROUP)
        for form in _forms(people):
            yield Name(form, "people", code, "CVL", name, EntityType.GROUP)
        for form in _forms(capitals):
            yield Name(form, "capital", code, "GOV", name, EntityType.GPE)


def _region_names() -> Iterator[Name]:
    for code, names, kind in _rows("regions.tsv", 3):
        for form in _forms(names):
            if kind == "area":
                yield Name(form, "area", None, None, form, EntityType.LOCATION)
                continue
            breakaway = kind == "breakaway"
            yield Name(form, "breakaway" if breakaway else "region", code, "PRE" if breakaway else None, form, EntityType.GPE)


def _organisation_names() -> Iterator[Name]:
    for country, sector, kind, name, others in _rows("organisations.tsv", 5):
        for form in (name, *_forms(others)):
            other = form.startswith("+")  # another body with the same codes, known by this name alone
            form = form.removeprefix("+")
            yield Name(form, "organisation", country or None, sector or None, form if other else name, EntityType(kind))


class Names:
    """All forms, for look-up of whole phrases and for scanning a text."""

    def __init__(self) -> None:
        self.exact: dict[str, Name] = {}
        self._folded: dict[str, Name] = {}
        for name in (*_state_names(), *_region_names(), *_organisation_names()):
            self._add(name)
        self.by_first: dict[str, list[tuple[str, Name]]] = {}
        for form, name in self.exact.items():
            first = _WORD.search(form)
            if first is not None and first.start() == 0:
                self.by_first.setdefault(first.group(), []).append((form, name))
        for forms in self.by_first.values():
            forms.sort(key=lambda pair: -len(pair[0]))

    def _add(self, name: Name) -> None:
        self.exact.setdefault(name.form, name)
        curly = name.form.replace("'", "’")
        self.exact.setdefault(curly, name)
        if name.kind != "adjective" and len(name.form) > 4 and name.form not in COMMON_WORDS:
            self.exact.setdefault(name.form.upper(), name)
        self._folded.setdefault(name.form.casefold(), name)

    def get(self, phrase: str) -> Name | None:
        """The actor of a whole phrase; upper and lower case matter for short forms only ("IS", "is")."""
        found = self.exact.get(phrase)
        if found is None and len(phrase) > 4 and phrase[:1].isupper():
            found = self._folded.get(phrase.casefold())
        return found

    def at(self, text: str, start: int, word: str) -> Name | None:
        """The longest form that begins at this offset of the text with this word (up to the first non-letter), on word borders."""
        for form, name in self.by_first.get(word, ()):
            end = start + len(form)
            if text.startswith(form, start) and not (end < len(text) and (text[end].isalnum() or text[end] == "_")):
                return name if name.form == form else Name(form, name.kind, name.country, name.sector, name.name, name.type)
        return None


@cache
def names() -> Names:
    """The names of the codebook."""
    return Names()


@cache
def nouns() -> dict[str, Noun]:
    """Words for persons and bodies, in lower case."""
    found: dict[str, Noun] = {}
    for sector, kind, number, gender, words in _rows("nouns.tsv", 5):
        for word in _forms(words):
            found.setdefault(word, Noun(word, None if sector == "=" else sector, EntityType(kind), number, gender))
    return found


@cache
def noun_endings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Nouns of several words by their last word, longest first: ``minister`` -> (``prime``, ``minister``), ..."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for word in nouns():
        parts = tuple(word.split())
        found.setdefault(parts[-1], []).append(parts)
    return {last: tuple(sorted(options, key=lambda p: (-len(p), p))) for last, options in found.items()}


@cache
def holders() -> dict[str, tuple[Holder, ...]]:
    """Offices held, by the folded name of the holder."""
    found: dict[str, list[Holder]] = {}
    for country, sector, gender, name, others, office, start, end in _rows("holders.tsv", 8):
        holder = Holder(name, country or None, sector, gender, office, start, end or None)
        for form in (name, *_forms(others)):
            found.setdefault(form.casefold(), []).append(holder)
    return {name: tuple(rows) for name, rows in found.items()}


@cache
def titles() -> dict[str, str]:
    """Words that stand before a person's name -> ``m``, ``f`` or an empty string."""
    return {w: "" if kind == "-" else kind for kind, words, *_ in _rows("titles.tsv", 2) for w in _forms(words)}


@cache
def first_names() -> dict[str, str]:
    """Given names, in lower case -> ``m`` or ``f``."""
    found: dict[str, str] = {}
    for gender, words, *_ in _rows("first_names.tsv", 2):
        for word in _forms(words):
            found[word] = "" if found.get(word, gender) != gender else gender
    return {word: gender for word, gender in found.items() if gender}


@cache
def _state_names_by_code() -> dict[str, str]:
    return {code: name for code, name, *_ in _rows("states.tsv", 7)}


def state_name(code: str) -> str | None:
    """The usual English name of a state by its alpha-3 code."""
    return _state_names_by_code().get(code)
