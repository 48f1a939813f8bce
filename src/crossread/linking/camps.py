"""On whose side an actor speaks: ministers and spokesmen for their country, bodies for themselves."""

import re
from collections import Counter
from collections.abc import Iterable

from crossread.linking.sentences import StoryView
from crossread.linking.stems import content_stems, fold
from crossread.records import StoryActor
from crossread.vocabulary import EntityType

_OFFICE = re.compile(
    r"president|minister|spokes|kremlin|white house|foreign|defen[cs]e|chancellor|premier|ambassador|envoy|secretary|government|ministry|army"
    r"|military|general|official|king|emir|pentagon|state department",
    re.IGNORECASE,
)


def camps_of(view: StoryView, actors: Iterable[str]) -> frozenset[str]:
    """Names of the sides for which actors speak: their own ids, their country, states and bodies that they name."""
    if not view.camps:
        view.camps.update(_camps(view))
    asked = actors if isinstance(actors, tuple) else tuple(actors)
    known = view.camps_of.get(asked)
    if known is None:
        known = view.camps_of[asked] = frozenset(name for actor in asked for name in (actor, *view.camps.get(actor, ())))
    return known


def _camps(view: StoryView) -> dict[str, frozenset[str]]:
    states: dict[frozenset[str], str] = {}
    for actor in view.case.actors.actors:
        if actor.type is EntityType.GPE and (words := frozenset(content_stems(fold(actor.name)))):
            states.setdefault(words, actor.id)
    countries = {a.id: a.country for a in view.case.actors.actors}
    bodies = {a.name.casefold(): a.id for a in view.case.actors.actors if a.type in (EntityType.GROUP, EntityType.ORGANIZATION)}
    kinds: dict[str, set[str]] = {}
    for actor in view.case.actors.actors:
        if _PART_OF.search(actor.name) is not None:
            kinds.setdefault(actor.name.split()[0].casefold(), set()).add(actor.id)
    camps, home = {}, _home(view)
    for actor in view.case.actors.actors:
        speaks = (
            actor.type is EntityType.GPE
            or any(_OFFICE.search(r) for r in (*actor.roles, actor.name))
            or (actor.sector or "") in _STATE
        )
        found = {actor.country} if actor.country is not None and speaks and actor.country != home else set()
        named = [frozenset(content_stems(fold(text))) for text in (actor.name, *actor.roles)] if speaks else []
        found |= {
            state
            for words, state in states.items()
            if any(words <= n for n in named) and (home is None or countries.get(state) != home)
        }
        part = _PART_OF.search(actor.name)
        if part is not None and part["body"].casefold() in bodies:
            found.add(bodies[part["body"].casefold()])
        if actor.name.casefold() in kinds and len(kinds[actor.name.casefold()]) == 1:
            found |= kinds[actor.name.casefold()]
        is_state = actor.type is EntityType.GPE and actor.sector == "GOV"
        if home is not None and actor.country == home and (is_state or _governs(actor)):
            found.add(_GOVERNMENT)
        if home is not None and actor.country in (home, None) and GOVERNMENTS.match(actor.name.casefold()):
            found.add(_GOVERNMENT)
        camps[actor.id] = frozenset(f for f in found if f is not None)
    return camps


_GOVERNMENT = "the government at home"
GOVERNMENTS = re.compile(
    r"^(?!.*\b(?:local|city|town|state|regional|provincial|shadow|former|interim|non|anti|pro|self)\b).*\bgovernment\b"
)
"""A government, its ministry or its planes; not that of a town, nor those who are against it."""
_GOVERNING = re.compile(
    r"^(?!.*\b(?:former|ex|late|next|candidate|nominee|hopeful|shadow|council|company|club|union|university|bank|vice|party|"
    r"association|federation|senate|parliament|assembly)\b)(?=.*\b(?:president|prime minister|premier|white house|kremlin|downing street)\b)"
)


def _governs(actor: StoryActor) -> bool:
    """Whether an actor heads the government or speaks for its seat: "president", "White House press secretary"."""
    return any(_GOVERNING.match(role.casefold()) for role in (*actor.roles, actor.name))


_AT_HOME, _LEAST_SPEAKERS = 0.6, 3
"""Share of what is said by officials from which one country's own affairs are told; officials of that country that it takes."""


def _home(view: StoryView) -> str | None:
    """The country whose own affairs a story tells: its officials speak of one another, and none of them for all of it."""
    country = {a.id: a.country for a in view.case.actors.actors if a.type is not EntityType.GPE and a.country is not None}
    said: Counter[str] = Counter()
    speakers: dict[str, set[str]] = {}
    for reading in view.case.readings:
        for attribution in reading.attributions:
            for actor in view.case.speaker_of(reading, attribution.id):
                if actor in country:
                    said[country[actor]] += 1
                    speakers.setdefault(country[actor], set()).add(actor)
    if not said:
        return None
    most = min(said, key=lambda c: (-said[c], c))
    is_home = said[most] >= _AT_HOME * said.total() and len(speakers[most]) >= _LEAST_SPEAKERS
    return most if is_home else None


_PART_OF = re.compile(r"^\w[\w ]*? (?:of|from) (?:the )?(?P<body>[A-Z].+)$")
"""People told as part of a body ("fighters of the Northern Front") speak for it."""
_STATE = frozenset({"GOV", "MIL", "EXEC", "SPY"})
