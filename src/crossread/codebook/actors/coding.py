"""From the words for an actor to its country (ISO 3166 alpha-3) and PLOVER sector, with the reason.

Reads phrases, not sentences: "the French foreign minister", "rebels in northern Mali", "Georgia's governor".  The noun at the head
of the phrase gives the sector, its modifiers and complements the country.  Where the words do not decide, the field is
``None``: a wrong country is worse than none.  International actors have no country and PLOVER's international code as sector (UNO,
IGO, EUR, ...).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from crossread.codebook.actors.tables import COMMON_WORDS, Holder, Name, Noun, holders, names, nouns, word_list

INTERNATIONAL = frozenset({"UNO", "IGO", "EUR", "NGO", "ISM", "IMG", "MNC"})
_ENVOYS = word_list("envoys of states")
_STATE_LEADERS = word_list("leaders of states")
_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "PTY", "REB", "PRM"})
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "COP", "JUD", "SPY"})

_WORD = re.compile(r"\w+(?:[.'’\-‐‑–]+\w+)*\.?")
_POSSESSIVE = re.compile(r"['’]s$")
_HYPHENATED = re.compile(
    r"^(.+)[-‐‑–](led|backed|based|supported|sponsored|funded|aligned|allied|linked|affiliated|inspired|born|trained|armed"
    r"|held|controlled|occupied|run|administered|brokered|drafted|made|friendly|style|speaking|dominated)$"
)
_PLACED = frozenset({"based", "born"})
_ENDS_CORE = word_list("ends of the core")
_LOCATING = (
    "of",
    "in",
    "from",
    "at",
    "inside",
    "across",
    "near",
    "within",
    "throughout",
    "outside",
    "among",
    "around",
    "based",
    "for",
)
_NOT_FOR = frozenset(
    {"envoy", "special envoy", "peace envoy", "ambassador", "mediator", "emissary", "adviser", "secretary", "minister"}
)
_FORMER = frozenset({"former", "ex", "exiled", "ousted", "deposed", "onetime", "erstwhile"})
_GENERIC = word_list("generic heads")  # nouns that say little by themselves: what they belong to decides the sector
_CROWD = word_list("crowds")
_COMMON_SURNAMES = word_list("common surnames")
_US_STATE_OFFICES = word_list("offices of american states")


@dataclass(frozen=True, slots=True)
class ActorCode:
    """Country and sector of an actor; ``name`` is the known actor's own name, ``reason`` says which words decided."""

    country: str | None = None
    sector: str | None = None
    name: str | None = None
    reason: str = "no word of the phrase is in the codebook"


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of a phrase: a known name, a person or body noun, or a plain word."""

    text: str
    name: Name | None = None
    noun: Noun | None = None
    possessive: bool = False
    hyphen: str = ""
    comma_before: bool = False


@cache
def _noun_starts() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for word in nouns():
        parts = tuple(word.split())
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(options, key=lambda p: (-len(p), p))) for first, options in found.items()}


def _noun_at(words: list[str], i: int) -> tuple[Noun, int] | None:
    for parts in _noun_starts().get(words[i], ()):
        if tuple(words[i : i + len(parts)]) == parts:
            return nouns()[" ".join(parts)], len(parts)
    return None


def _units(text: str) -> list[_Unit]:
    """The phrase as known names, nouns and plain words, longest match first."""
    matches = list(_WORD.finditer(text))
    bare = [_POSSESSIVE.sub("", m.group()).rstrip(".") for m in matches]
    lowered = [w.lower().replace("’", "'") for w in bare]
    units, i = [], 0
    while i < len(matches):
        start = matches[i].start()
        comma = i > 0 and "," in text[matches[i - 1].end() : start]
        hyphenated = _HYPHENATED.match(matches[i].group())
        first = re.match(r"\w+", matches[i].group())
        if lowered[i].startswith("ex-") and len(lowered[i]) > 4:
            units.append(_Unit("ex", comma_before=comma))
            rest = matches[i].group()[3:]
            start, first, lowered[i], bare[i] = start + 3, re.match(r"\w+", rest), lowered[i][3:], bare[i][3:]
            hyphenated, comma = None, False
        known = None if hyphenated or first is None else names().at(text, start, first.group())
        noun = _noun_at(lowered, i)
        if known is not None and (noun is None or len(known.form.split()) >= noun[1]):
            end = start + len(known.form)
            last = i
            while last + 1 < len(matches) and matches[last + 1].start() < end:
                last += 1
            units.append(_Unit(known.form, name=known, possessive=text[end : end + 2] in ("'s", "’s"), comma_before=comma))
            i = last + 1
        elif noun is not None:
            last = i + noun[1] - 1
            owned = _POSSESSIVE.search(matches[last].group()) is not None or text[matches[last].end() :][:1] in ("'", "’")
            units.append(_Unit(noun[0].word, noun=noun[0], possessive=owned, comma_before=comma))
            i += noun[1]
        elif hyphenated:
            base = hyphenated.group(1)
            units.append(_Unit(base, name=names().get(base), hyphen=hyphenated.group(2), comma_before=comma))
            i += 1
        else:
            units.append(_Unit(bare[i], possessive=bare[i] != matches[i].group().rstrip("."), comma_before=comma))
            i += 1
    return units


def _core_end(units: list[_Unit]) -> int:
    for i, unit in enumerate(units):
        if i and (unit.comma_before or (unit.name is None and unit.noun is None and unit.text.lower() in _ENDS_CORE)):
            return i
    return len(units)


def _state_code(name: Name, units: Sequence[_Unit]) -> str | None:
    """The country of a name in its phrase; the two Georgias are told apart by the office."""
    if name.form == "Georgia" and any(u.text.lower() in _US_STATE_OFFICES for u in units):
        return "USA"
    return name.country


def _named_country(units: Sequence[_Unit], phrase: Sequence[_Unit]) -> tuple[str | None, Name | None]:
    """(country, the name that gives it) of the modifiers of a head; an international body has no country and comes first."""
    candidates = [u for u in units if u.name is not None and (not u.hyphen or u.hyphen in _PLACED)]
    owners = [u for u in candidates if u.possessive or (u.name is not None and u.name.kind == "adjective")]
    for unit in candidates:
        if unit.name is not None and unit.name.sector in INTERNATIONAL and not _is_national(owners, unit, phrase):
            return None, unit.name
    owners = [u for u in owners if u.name is not None and u.name.sector not in INTERNATIONAL]
    for unit in (*owners, *candidates):
        if unit.name is not None:
            return _state_code(unit.name, phrase), unit.name
    return None, None


def _is_national(owners: Sequence[_Unit], unit: _Unit, phrase: Sequence[_Unit]) -> bool:
    """Whether a state owns the phrase in spite of an international body in it ("Russia's UN ambassador", "the Kenyan Red Cross")."""
    first = owners[0] if owners else None
    if first is None or first is unit or first.name is None or first.name.country is None or unit.name is None:
        return False
    return unit.name.sector == "NGO" or any(u.noun is not None and u.noun.word in _ENVOYS for u in phrase)


def _holder_country(units: Sequence[_Unit]) -> tuple[str | None, str | None]:
    """(country, name) by the surname of a known office holder in the phrase ("Putin's spokesman")."""
    for unit in units:
        if unit.name is None and unit.noun is None and unit.text[:1].isupper():
            found = _surnames().get(unit.text.casefold())
            if found is not None:
                return found.country, found.name
    return None, None


@cache
def _surnames() -> dict[str, Holder]:
    """Holders by a surname that only one of them bears and that is no common surname."""
    found: dict[str, set[str]] = {}
    rows: dict[str, Holder] = {}
    for full, held in holders().items():
        last = full.split()[-1]
        for form in {last, last.removeprefix("al-")}:
            found.setdefault(form, set()).add(held[0].name)
            rows.setdefault(form, held[0])
    return {s: rows[s] for s, who in sorted(found.items()) if len(who) == 1 and s not in _COMMON_SURNAMES and len(s) > 3}


def tidy(text: str) -> str:
    """The phrase without leading article, outer punctuation and possessive ending, white space evened out."""
    words = text.replace("\u00a0", " ").strip(' \t\n,;:."“”()[]').split()
    while len(words) > 1 and words[0].lower() in ("the", "a", "an", "this", "that", "these", "those", "some"):
        if words[1].lower() in ("of", "who"):
            break  # "some of the victims"
        words = words[1:]
    joined = " ".join(words)
    if text.rstrip().endswith(".") and re.search(r"\b[A-Z]\.[A-Z]$", joined):
        joined += "."
    return _POSSESSIVE.sub("", joined)


def holder_of(name: str, date: str | None = None) -> Holder | None:
    """The office that a person of this full name held on the day; without a day (or outside all terms) the first on record."""
    rows = holders().get(name.casefold())
    if not rows:
        return None
    return next((r for r in rows if r.holds_on(date)), rows[0])


@lru_cache(maxsize=8192)
def actor_code(text: str, *, date: str | None = None, context_countries: tuple[str, ...] = ()) -> ActorCode:
    """Country and PLOVER sector of the actor that a phrase names or describes.

    Args:
        text: A name, title and name, description or metonym, with or without article ("the Kremlin", "police in Lagos").
        date: ISO day on which the words were written, for offices that change hands.
        context_countries: Countries that the document is about.  Used only when the phrase names none, heads a state body, armed
            group or party, and exactly one country is given.
    """
    phrase = tidy(text)
    if not phrase:
        return ActorCode()
    known = names().get(phrase) or names().get(text.strip())
    if known is not None:
        return _whole(known)
    held = holder_of(phrase, date)
    if held is not None:
        over = not held.holds_on(date) and date is not None and held.valid_until is not None and held.valid_until < date
        return ActorCode(held.country, "ELI" if over else held.sector, held.name, f"office on record: {held.office}")
    return _described(phrase, date, context_countries)


def _whole(known: Name) -> ActorCode:
    sector = known.sector
    why = {"capital": "seat of government", "adjective": "demonym", "people": "people"}.get(known.kind, known.kind)
    return ActorCode(known.country, sector, known.name, f"{why} in the codebook: {known.form}")


def _described(phrase: str, date: str | None, context: tuple[str, ...]) -> ActorCode:
    units = _units(phrase)
    end = _core_end(units)
    core, rest = units[:end], units[end:]
    heads = [i for i, u in enumerate(core) if u.noun is not None and not u.possessive]
    if not heads:
        return _without_head(core, rest)
    at = heads[-1]
    noun = core[at].noun
    assert noun is not None
    modifiers = core[:at] + [u for u in core[at + 1 :] if u.name is None]
    country, giver = _named_country(core[:at], units)
    if giver is None:
        bodies = [u for u in core[at + 1 :] if u.name is not None and u.name.kind == "organisation"]
        country, giver = _named_country(bodies, units)
    sector = _sector(noun, core[:at], giver)
    name_of_holder = None
    if country is None and giver is None:
        country, name_of_holder = _holder_country(modifiers)
    reason = f"{noun.word}: {sector or 'sector of what it belongs to'}"
    if country is None and (giver is None or giver.sector not in INTERNATIONAL):
        country, sector, giver = _from_complement(core[at], sector, rest, date)
    if giver is not None:
        reason += f"; country by {giver.form}"
    of_state = giver is not None and giver.kind in ("state", "adjective", "capital")
    if sector is None and (name_of_holder is not None or (of_state and noun.word in _STATE_LEADERS)):
        sector = "GOV"
    if sector == "REB" and noun.word in ("militia", "militias", "militiamen") and any(u.hyphen == "backed" for u in core[:at]):
        sector = "PRM"
    if _is_multinational(core, at):
        return ActorCode(None, "MIL", None, f"{noun.word}: of several countries")
    if country is None and giver is None and len(context) == 1 and sector in _STATE_SECTORS:
        country = context[0]
        reason += "; country of the document"
    if sector in _OFFICIAL and any(u.text.lower() in _FORMER or u.text.lower().startswith("ex-") for u in core[:at]):
        sector = "ELI"
    return ActorCode(country, sector, None, reason)


def _without_head(core: list[_Unit], rest: list[_Unit]) -> ActorCode:
    """A phrase without a person or body noun: the last known name in it decides ("northern Syria", "eastern Ukraine")."""
    known = [u.name for u in core if u.name is not None and not u.hyphen]
    if known and known[-1].kind == "organisation" and {n.country for n in known} == {known[-1].country}:
        known = known[-1:]
    if len(known) == 1 and not any(u.name for u in rest):
        name = known[0]
        if name.form in COMMON_WORDS and name.kind != "organisation" and len(core) > 1:
            return ActorCode()  # a given name, as in "Jordan Smith"
        sector = name.sector if name.kind == "organisation" else None
        return ActorCode(_state_code(name, core), sector, None, f"named in the phrase: {name.form}")
    return ActorCode()


def _sector(noun: Noun, modifiers: list[_Unit], giver: Name | None) -> str | None:
    """Sector of a head: its own, unless it says little and what it belongs to says more."""
    if noun.word in _ENVOYS and giver is not None and giver.country is not None and giver.kind in ("state", "adjective"):
        return "GOV"
    if giver is not None and giver.sector in INTERNATIONAL:
        return giver.sector
    generic = noun.sector is None or noun.word in _GENERIC
    for unit in reversed(modifiers):
        if unit.noun is not None and unit.noun.sector is not None and generic:
            if unit.noun.sector == "GOV" and noun.sector == "MIL":
                continue
            return unit.noun.sector
        if unit.name is not None and unit.name.kind in ("organisation", "capital") and generic and not unit.hyphen:
            if unit.name.kind == "capital" and noun.sector is not None:
                continue
            return unit.name.sector
    return noun.sector


def _is_multinational(core: list[_Unit], at: int) -> bool:
    """A coalition or force of several countries ("the U.S.-led coalition")."""
    led = any(u.hyphen == "led" and u.name is not None and u.name.country for u in core[:at])
    word = core[at].text
    allied = any(u.text.lower() in ("international", "multinational", "allied", "global") for u in core[:at])
    return (
        led and word in ("coalition", "alliance", "forces", "force", "troops", "coalition forces", "warplanes", "jets", "aircraft")
    ) or (allied and word in ("coalition", "forces", "troops", "coalition forces"))


def _from_complement(
    head: _Unit, sector: str | None, rest: list[_Unit], date: str | None
) -> tuple[str | None, str | None, Name | None]:
    """(country, sector, the name that gives the country) from "of the Syrian army", "in Lagos", "for the rebels"."""
    i = 0
    while i < len(rest):
        link = rest[i].text.lower()
        stop = next((j for j in range(i + 1, len(rest)) if rest[j].name is None and rest[j].noun is None
                     and rest[j].text.lower() in _ENDS_CORE), len(rest))  # fmt: skip
        part = [u for u in rest[i + 1 : stop] if u.text.lower() not in ("the", "a", "an")]
        if link in _LOCATING and not (link == "for" and head.text in _NOT_FOR):
            country, giver = _named_country(part, rest)
            inner = _inner_sector(part, giver)
            takes = (
                sector is None
                or head.text in _CROWD
                or (head.text in _GENERIC and link == "of" and sector == "GOV" and inner is not None)
            )
            if takes and link in ("of", "for", "from", "at") and inner is not None:
                sector = inner
            if giver is not None:
                if giver.sector in INTERNATIONAL and link in ("of", "for", "from") and sector in (None, "GOV", "MIL", giver.sector):
                    sector = giver.sector
                return country, sector, giver
        i = max(stop, i + 1)
    return None, sector, None


def _inner_sector(part: list[_Unit], giver: Name | None) -> str | None:
    inner = [u.noun for u in part if u.noun is not None and not u.possessive]
    if inner:
        return _sector(inner[-1], part[:-1], giver)
    last = part[-1].name if part else None
    if last is not None and last.kind == "organisation":
        return last.sector
    return giver.sector if giver is not None and giver.kind in ("organisation", "capital", "state") else None


def surname_holder(name: str) -> Holder | None:
    """The office holder on record who alone bears this surname; ``None`` for common surnames and full names."""
    folded = name.casefold()
    return None if " " in folded else _surnames().get(folded.removeprefix("al-"))
