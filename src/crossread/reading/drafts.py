"""Entities while a document is being read: what is known of each so far, and which mentions are theirs."""

from dataclasses import dataclass, field

from crossread.codebook.actors import Name, nouns
from crossread.reading.names import Found
from crossread.reading.noun_phrases import ELECT
from crossread.reading.persons import PersonName
from crossread.vocabulary import EntityType

OFFICE_CLASSES = {
    "premier": "prime minister",
    "foreign secretary": "foreign minister",
    "secretary of state": "foreign minister",
    "defense minister": "defence minister",
    "defence secretary": "defence minister",
    "defense secretary": "defence minister",
    "home secretary": "interior minister",
    "treasury secretary": "finance minister",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "presidential spokesman": "spokesman",
    "press secretary": "spokesman",
    "official spokesman": "spokesman",
    "secretary general": "secretary-general",
    "special envoy": "envoy",
    "peace envoy": "envoy",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "mp": "lawmaker",
    "member of parliament": "lawmaker",
    "legislator": "lawmaker",
    "congressman": "member of congress",
    "congresswoman": "member of congress",
}
HEADS = frozenset(
    {"chief", "head", "boss", "director", "director general", "director-general", "executive director", "leader", "chair"}
)
"""Who leads a body, by whatever word."""
LAWMAKERS = frozenset({"lawmaker", "senator", "member of congress"})
_SPELLED_OUT = {
    "sen": "Senator",
    "rep": "Member of Congress",
    "gov": "Governor",
    "pres": "President",
    "amb": "Ambassador",
    "gen": "General",
    "col": "Colonel",
    "lt": "Lieutenant",
    "capt": "Captain",
    "maj": "Major",
    "sgt": "Sergeant",
    "brig": "Brigadier",
    "cpl": "Corporal",
    "pte": "Private",
    "pvt": "Private",
    "cmdr": "Commander",
    "adm": "Admiral",
    "det": "Detective",
    "prof": "Professor",
    "pm": "Prime Minister",
}
LEADERS = frozenset(
    {"president", "prime minister", "chancellor", "king", "queen", "supreme leader", "leader", "emir", "ruler", "dictator"}
)


@dataclass(slots=True)
class Draft:
    """An entity in the making.  ``kind``: ``person``, ``state``, ``town``, ``name`` (any other name) or ``noun``."""

    number: int
    kind: str
    type: EntityType
    name: str
    person: PersonName | None = None
    known: Name | None = None
    gender: str = ""
    country: str | None = None
    sector: str | None = None
    roles: list[str] = field(default_factory=list)
    offices: set[str] = field(default_factory=set)
    found: list[Found] = field(default_factory=list)
    merged: "Draft | None" = None
    plural: bool = False
    reason: str = ""

    def top(self) -> "Draft":
        """The draft that this one was merged into, or itself."""
        draft = self
        while draft.merged is not None:
            draft = draft.merged
        return draft


def spelled_out(title: str) -> str:
    """A title before a name with its short forms written out ("U.S. Sen." -> "U.S. Senator"); "Representative" by itself sits in Congress."""
    if title == "Representative":
        return "Member of Congress"
    return " ".join(_SPELLED_OUT.get(word.lower().rstrip("."), word) for word in title.split())


def offices_in(role: str) -> set[str]:
    """Classes of the offices that role words name ("French Foreign Minister" -> ``foreign minister``), longest first."""
    words = [w.strip(",.'’\"").removesuffix("'s").removesuffix("’s") for w in spelled_out(role).lower().split()]
    found: set[str] = set()
    end = len(words)
    to_come = next((ending for ending in ELECT if words and words[-1].endswith(ending)), "")
    if to_come and words[-1] not in nouns():
        words[-1] = words[-1].removesuffix(to_come)
        return {office + to_come for office in offices_in(" ".join(words))}
    while end > 0:
        for length in range(min(5, end), 0, -1):
            phrase = " ".join(words[end - length : end])
            noun = nouns().get(phrase)
            if noun is not None and noun.number == "s":
                found.add(OFFICE_CLASSES.get(phrase, phrase))
                end -= length
                break
        else:
            end -= 1
    return found
