"""Actors across reports: one person, body or state under all its names, and never two under one.

Persons are joined by surname and fitting given names, a bare surname only where one person of the report, else of the story, bears it.
States, their governments and known bodies are joined through the actor codebook.  Unnamed actors ("a rebel official") are never joined
across reports, save for the general plurals that a story uses for one side ("rebels", "police").
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from crossread.codebook.actors import actor_code, first_names, names, tidy
from crossread.linking.case import ActorIndex, Case
from crossread.linking.names import PersonName, body_key, fold_name, group_full_names, initials, person_name
from crossread.records import Entity, Evidence, Form, Mention, Reading, StoryActor
from crossread.vocabulary import EntityType

_ACTING = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GPE, EntityType.GROUP)
_PRONOUNS = frozenset(
    """i me my mine we us our ours you your he him his she her hers it its they them their theirs this that these those who whom whose
    which what both all some one ones others another none everyone everybody anyone someone nobody each himself herself itself
    themselves there""".split()  # noqa: SIM905
)  # fmt: skip
_GOVERNMENT = frozenset("government regime administration authorities cabinet leadership state officials".split())  # noqa: SIM905
_FORCES = frozenset("army military forces troops soldiers warplanes jets fighter-jets planes aircraft navy force".split())  # noqa: SIM905
_REBELS = frozenset("rebels insurgents rebel insurgent guerrillas opposition-fighters".split())  # noqa: SIM905
_SHARED_PLURALS = frozenset(
    """police rebels insurgents militants protesters demonstrators activists residents civilians doctors prosecutors investigators
    firefighters lawmakers opposition separatists guerrillas pirates hijackers hostages gunmen soldiers troops army military""".split()  # noqa: SIM905
)  # fmt: skip

T = TypeVar("T")
Key = tuple[str, ...]


class _Item(NamedTuple):
    """An entity of a report that may be an actor."""

    document: str
    entity: Entity
    mentions: tuple[Mention, ...]
    reading: Reading
    acts: bool


def link_actors(case: Case) -> ActorIndex:
    """The actors of a story in order of how many reports name them, and which entity of which report is which."""
    items = [item for reading in case.readings for item in _items(reading)]
    keys = {(i.document, i.entity.id): key for i in items if (key := _plain_key(i)) is not None}
    keys |= _person_keys([i for i in items if (i.document, i.entity.id) not in keys and i.entity.type is EntityType.PERSON])
    rest = [i for i in items if (i.document, i.entity.id) not in keys]
    keys |= _body_keys(rest)
    groups: dict[Key, list[_Item]] = {}
    for item in items:
        key = keys.get((item.document, item.entity.id))
        if key is not None:
            groups.setdefault(key, []).append(item)
    order = sorted(groups.items(), key=lambda g: (-len({i.document for i in g[1]}), -sum(len(i.mentions) for i in g[1]), g[0]))
    actors, by_entity = [], {}
    for n, (key, members) in enumerate(order, 1):
        actors.append(_actor(f"actor-{n}", key, members))
        by_entity.update({(i.document, i.entity.id): f"actor-{n}" for i in members})
    return ActorIndex(actors=tuple(actors), by_entity=by_entity)


def _items(reading: Reading) -> Iterable[_Item]:
    """Entities that may be actors: named ones, and unnamed ones that do or say something."""
    acting = _acting_entities(reading)
    mentions: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        mentions.setdefault(mention.entity, []).append(mention)
    for entity in reading.entities:
        acts = entity.id in acting
        if entity.type not in _ACTING or _is_pronoun(entity.name):
            continue
        if acts or (any(c.isupper() for c in entity.name) and not _only_a_place(entity)):
            own = tuple(mentions.get(entity.id, ()))
            if own:
                yield _Item(reading.document.id, entity, own, reading, acts)


@lru_cache(maxsize=65536)
def _is_pronoun(text: str) -> bool:
    bare = tidy(text)
    return fold_name(bare) in _PRONOUNS and not (bare.isupper() and len(bare) > 1)  # "US" is a state


def _only_a_place(entity: Entity) -> bool:
    """Whether an entity that does nothing in its report is a town or region and no state."""
    known = names().get(tidy(entity.name))
    return entity.type is EntityType.GPE and (known is None or known.kind not in ("state", "adjective", "people"))


def _acting_entities(reading: Reading) -> frozenset[str]:
    found = {e for a in reading.attributions for e in (*a.speaker, *a.addressee, *a.about)}
    found |= {p.entity for event in reading.events for p in (*event.actors, *event.recipients) if p.entity is not None}
    return frozenset(found)


# ---------------------------------------------------------------- states and bodies of the codebook


def _plain_key(item: _Item) -> Key | None:
    """Key by the codebook, from the entity's own words alone; ``None`` where these do not decide."""
    name = tidy(item.entity.name)
    known = names().get(name)
    if known is not None:
        if known.kind in ("state", "adjective") or (known.kind == "capital" and item.acts):
            return ("state", known.country or known.name)
        if known.kind == "people":
            return ("people", known.country or known.name)
        if known.kind == "organisation":
            return ("body", body_key(known.name))
        if known.kind == "capital":
            return ("place", body_key(name))
    if item.entity.type is EntityType.PERSON and person_name(item.entity.name) is not None:
        return None
    return _described_key(item, name)


def _described_key(item: _Item, name: str) -> Key | None:
    """Key of a described body: the government or the forces of a state, or a plural that a story uses for one side."""
    words = fold_name(name).split()
    code = actor_code(item.entity.name)
    country = item.entity.country or code.country
    if item.entity.type is not EntityType.PERSON and words and country is not None and len(words) <= 5:
        if words[-1] in _GOVERNMENT and words[-1] != "officials":
            return ("state", country)
        if words[-1] in _FORCES and (item.entity.sector or code.sector) in ("MIL", "GOV", None):
            return ("forces", country)
    if len(words) == 1 and words[0] in _SHARED_PLURALS:
        return ("side", "rebels" if words[0] in _REBELS else words[0])
    if not any(c.isupper() for c in name):
        return ("unnamed", item.document, item.entity.id)
    return None


def _body_keys(items: Sequence[_Item]) -> dict[tuple[str, str], Key]:
    """Keys of named bodies: the same words, or the initials of exactly one longer name of the story."""
    by_key: dict[str, list[_Item]] = {}
    for item in items:
        by_key.setdefault(body_key(item.entity.name), []).append(item)
    by_initials: dict[str, set[str]] = {}
    for key, members in by_key.items():
        for item in members:
            short = initials(item.entity.name.split())
            if len(short) > 1:
                by_initials.setdefault(short.casefold(), set()).add(key)
    found: dict[tuple[str, str], Key] = {}
    for key, members in by_key.items():
        longer = by_initials.get(key, set()) - {key}
        target = next(iter(longer)) if len(longer) == 1 and " " not in key else key
        for item in members:
            named = any(c.isupper() for c in item.entity.name)
            found[item.document, item.entity.id] = ("body", target) if named else ("unnamed", item.document, item.entity.id)
    return found


# ---------------------------------------------------------------- persons


def _person_keys(items: Sequence[_Item]) -> dict[tuple[str, str], Key]:
    """Keys of persons; one without a readable name is an actor of its own."""
    parsed = {(i.document, i.entity.id): name for i in items if (name := _longest_name(i)) is not None}
    counts = Counter(name for name in parsed.values() if name.given)
    stands_for = group_full_names(counts)
    in_document: dict[str, set[PersonName]] = {}
    for (document, _), name in parsed.items():
        if name.given:
            in_document.setdefault(document, set()).add(stands_for[name])
    everyone = frozenset(stands_for.values())
    juniors = _juniors(items, parsed)
    keys: dict[tuple[str, str], Key] = {}
    for item in items:
        place = (item.document, item.entity.id)
        name = parsed.get(place)
        if name is not None and name.surname in juniors and _SUFFIXED.search(item.entity.name):
            keys[place] = ("person", juniors[name.surname], f"{name.surname} jr")
            continue
        if name is None:
            keys[place] = ("unnamed", *place)
            continue
        person = stands_for[name] if name.given else _bearer(name.surname, in_document.get(item.document, frozenset()), everyone)
        if person is not None:
            keys[place] = ("person", " ".join(person.given), person.surname)
        else:
            ambiguous = any(p.surname == name.surname for p in everyone)
            keys[place] = ("person", item.document if ambiguous else "", name.surname)
    return keys


_SUFFIXED = re.compile(r"\b(?:Jr|Sr|Junior|Senior|II|III)\.?$")


def _juniors(items: Sequence[_Item], parsed: Mapping[tuple[str, str], PersonName]) -> dict[str, str]:
    """Given names of those who bear the name of another person of the same report but for "Jr.", by their surnames."""
    found: dict[str, str] = {}
    by_report: dict[tuple[str, PersonName], set[bool]] = {}
    for item in items:
        name = parsed.get((item.document, item.entity.id))
        if name is not None and name.given:
            by_report.setdefault((item.document, name), set()).add(_SUFFIXED.search(item.entity.name) is not None)
    for (_, name), suffixed in sorted(by_report.items()):
        if len(suffixed) > 1:
            found[name.surname] = " ".join(name.given)
    return found


def _longest_name(item: _Item) -> PersonName | None:
    """The fullest name by which a report calls the person: that of the entity, whose titles are off, where it is a full one."""
    own = person_name(item.entity.name)
    if own is not None and own.given:
        return own
    forms = [item.entity.name, *(m.span.of(item.reading.document.text) for m in item.mentions)]
    found = [name for form in forms if (name := person_name(form)) is not None and (name.given or not _is_demonym(name.surname))]
    same = [name for name in found if own is not None and name.surname == own.surname]
    return max(same or found, key=lambda n: (bool(n.given), len(n.given), n), default=None)


def _is_demonym(word: str) -> bool:
    known = names().get(word.capitalize())
    return known is not None and known.kind in ("state", "adjective", "people")


def _bearer(surname: str, near: Iterable[PersonName], everyone: Iterable[PersonName]) -> PersonName | None:
    """The one person of the report, else of the story, with this surname, which may stand first ("Kim Jong Un"); ``None`` where there is
    none or more than one."""
    for people in (near, everyone):
        bearing = sorted(p for p in people if p.surname == surname)
        if not bearing and surname not in first_names():  # the family's name first, or the first half of two
            bearing = sorted(p for p in people if p.given[:1] == (surname,) or (len(p.given) > 1 and p.given[-1] == surname))
        if len(bearing) == 1:
            return bearing[0]
        if bearing:
            return None
    return None


# ---------------------------------------------------------------- records


def _actor(name: str, key: Key, members: Sequence[_Item]) -> StoryActor:
    forms: dict[str, dict[str, Mention]] = {}
    for item in members:
        for mention in item.mentions:
            text = " ".join(mention.span.of(item.reading.document.text).split())
            if not _is_pronoun(text):
                forms.setdefault(text, {}).setdefault(item.document, mention)
        if not forms:
            forms.setdefault(item.entity.name, {}).setdefault(item.document, item.mentions[0])
    entities = [i.entity for i in members]
    evidence = sorted(
        {Evidence(document=d, span=m.span, record=m.id) for found in forms.values() for d, m in found.items()},
        key=lambda e: (e.document, e.span),
    )
    return StoryActor(
        id=name,
        name=_own_name(key, members),
        type=_most([e.type for e in entities]) or EntityType.OTHER,
        country=_most([e.country or actor_code(e.name).country for e in entities]),
        sector=_most([e.sector or actor_code(e.name).sector for e in entities]),
        roles=tuple(dict.fromkeys(e.role for e in entities if e.role)),
        forms=tuple(
            Form(text=text, documents=tuple(sorted(found)))
            for text, found in sorted(forms.items(), key=lambda f: (-len(f[1]), f[0]))
        ),
        reason=_reason(key, forms),
        evidence=tuple(evidence),
    )


def _own_name(key: Key, members: Sequence[_Item]) -> str:
    """The name that most reports use, the fuller one first; a state's own name."""
    if key[0] == "state":
        own = [known.name for i in members if (known := names().get(tidy(i.entity.name))) is not None]
        if own:
            return Counter(own).most_common(1)[0][0]
    counts = Counter(tidy(i.entity.name) or i.entity.name for i in members)
    return (
        min(counts.items(), key=lambda c: (-min(2, len(c[0].split())), -c[1], c[0]))[0]
        if key[0] == "person"
        else _commonest(counts)
    )


def _commonest(counts: Mapping[str, int]) -> str:
    return min(counts, key=lambda text: (-counts[text], -len(text), text))


def _most(values: Iterable[T | None]) -> T | None:
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], str(v))) if counts else None


def _reason(key: Key, forms: Mapping[str, object]) -> str:
    shown = ", ".join(sorted(forms)[:6])
    why = {
        "state": "name, demonym, capital or government of one state by the actor codebook",
        "people": "the people of one state by the actor codebook",
        "body": "the same body by its name, its initials or the actor codebook",
        "forces": "words for the armed forces of one state",
        "side": "a plural that the reports use for one side of the story",
        "person": "one surname with given names that fit",
        "place": "one name",
        "unnamed": "not named; not joined with anybody in another report",
    }[key[0]]
    return f"{why}: {shown}"
