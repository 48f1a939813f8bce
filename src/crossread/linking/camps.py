"""On whose side an actor speaks: ministers and spokesmen for their country, bodies for themselves."""

import re
from collections.abc import Iterable

from crossread.linking.sentences import StoryView
from crossread.vocabulary import EntityType

_OFFICE = re.compile(
    r"president|minister|spokes|kremlin|white house|foreign|defen[cs]e|chancellor|premier|ambassador|envoy|secretary|government|ministry|army"
    r"|military|general|official|king|emir|pentagon|state department",
    re.IGNORECASE,
)


def camps_of(view: StoryView, actors: Iterable[str]) -> set[str]:
    """Names of the sides for which actors speak: their own ids, and the country of those who speak for one."""
    known = view.camps
    found = set()
    for actor in actors:
        found.add(actor)
        if actor not in known:
            known.update(_camps(view))
        country = known.get(actor)
        if country:
            found.add(country)
    return found


def _camps(view: StoryView) -> dict[str, str]:
    camps = {}
    for actor in view.case.actors.actors:
        speaks = actor.type is EntityType.GPE or any(_OFFICE.search(r) for r in (*actor.roles, actor.name)) or (actor.sector or "") in _STATE
        camps[actor.id] = actor.country if actor.country is not None and speaks else ""
    return camps


_STATE = frozenset({"GOV", "MIL", "EXEC", "SPY", "LEG", "PTY"})
