"""Deeds that only a party to the conflict vouches for: "the ministry said agents had poisoned him" is a claim, not a fact.

What witnesses, doctors, police or monitors report is told as a fact of their voice; what an army, a government or an armed group says of
violence done by itself or its enemies is alleged, as the other side may tell it otherwise.
"""

from bisect import bisect_left

from crossread.reading.arguments import Arguments
from crossread.reading.event_types import Coding
from crossread.reading.predicates import Predicate
from crossread.reading.tree import Tree
from crossread.records import Attribution
from crossread.vocabulary import EventType, Stance

_PARTIES = frozenset({
    "army", "military", "ministry", "government", "regime", "rebel", "insurgent", "militia", "militant", "separatist", "junta", "navy",
    "commander", "general", "fighter", "force", "guerrilla", "coalition", "kremlin", "pentagon",
})  # fmt: skip
_UNKNOWN = frozenset({"gunman", "gunmen", "attacker", "assailant", "bomber", "kidnapper", "hijacker", "robber", "captor", "sniper"})
"""Doers without a name, whose deeds nobody tells otherwise."""
_BODIES = frozenset(
    {"rights", "monitor", "monitoring", "observatory", "hospital", "medical", "aid", "un", "nations", "witness", "resident"}
)


def is_party_claim(tree: Tree, predicate: Predicate, coding: Coding, arguments: Arguments, voice: Attribution) -> bool:
    """Whether an act is violence with a named doer, told in the past by a party."""
    if predicate.kind != "v" or coding.type not in (EventType.ASSAULT, EventType.COERCE) or not arguments.actors:
        return False
    if all(any(tree.lemmas[k] in _UNKNOWN for k in (i, *tree.children(i, "nmod"))) for i in arguments.actors):
        return False  # "one of the bombers"
    if voice.stance is not Stance.ASSERT or not voice.source:
        return False
    words = [i for s in voice.source for i in range(bisect_left(tree.starts, s.start), bisect_left(tree.starts, s.end))]
    said = {tree.lemmas[i] for i in words} | {tree.lower[i] for i in words}
    return bool(said & _PARTIES) and not said & _BODIES
