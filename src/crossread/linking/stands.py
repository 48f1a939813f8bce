"""For and against: one voice welcomes or asks for what another rejects."""

import re
from collections.abc import Iterator, Sequence

from crossread.linking.camps import camps_of
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of, telling_of
from crossread.linking.statements import META, Statement, statements_of_view
from crossread.linking.stems import fold, stem
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_NEAR = 4
"""Sentences of one report within which voices for and against may be on one matter that one of them only points to."""
_POINTS = re.compile(
    r"^\W{0,4}(?:the|this|that|his|her|its|their|such an?|\w[\w-]{0,40}['’]s?) (?:\w{1,40} )?"
    r"(?:decision|move|plan|vote|deal|bill|law|proposal|step|agreement|ruling|verdict|offer|idea|measure|resolution|strikes?|attack|raid"
    r"|announcement|appointment|call|visit|invitation|reform|ban|project|offensive)\b"
)
"""What is for or against a thing that the sentences around tell of."""
_CRITICAL = re.compile(r"\b(?:critici[sz]|slam|condemn|denounc|blast|oppos|deplor|decri|attack|rejected|object|protest)\w*")
_ALIKE, _SHARED = 0.3, 2
"""Weighted overlap of what is welcomed and what is rejected, against the smaller, and words that they share, where they stand far apart."""
_ASKED_ALIKE = 0.5
"""The same where a voice asks for what another rejects, and has not said so of what lies before it."""
_JUST_NAMED = re.compile(r"\W*(?:this|that|it|them|which|these|those|such a (?:move|step))\W*")
"""What is rejected where the same sentence tells what is asked for ("Kessel wanted a truce, but this was rejected by Lomund")."""
_TOGETHER = re.compile(r"\b(?:as (?:do|does|did)|along with|together with|joined by|similar to|same (?:position|line|view))\b")
"""Words by which a sentence tells who stands with whom."""
_MOST = 3
"""Such differences shown of one story."""


def stands(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each thing that one voice supports or asks for and another rejects, the nearest first."""
    told = [s for s in statements_of_view(view) if s.attribution is not None and s.speakers and not s.sentence.is_title]
    backing = [s for s in told if s.stance in _FOR]
    against = [s for s in told if s.stance is Stance.REJECT or (s.stance is Stance.ACCUSE and _CRITICAL.search(_cue(s)))]
    found = [(alike, one, other) for one in backing for other in against if (alike := _one_matter(view, one, other))]
    taken: set[Statement] = set()
    shown = 0
    for _, one, other in sorted(found, key=lambda f: (-f[0], f[1].key, f[2].key)):
        if one in taken or other in taken or shown == _MOST:
            continue
        rest = [s for alike, o, s in found if o is one and s not in taken and s.sentence.document == other.sentence.document]
        taken.update((one, other, *rest))
        shown += 1
        yield _dispute(view, one, [other, *(s for s in rest if s is not other)])


_BODIES = frozenset(
    map(stem, ("authority", "government", "official", "leader", "minister", "president", "people", "country", "nation", "state", "mainland",
               "party", "council", "ministry", "police", "army", "force", "rebel", "group", "side", "world", "community"))
)  # fmt: skip
"""Words for those who act, which are not what one is for and another against."""
_FOR = frozenset({Stance.SUPPORT, Stance.DEMAND, Stance.PROPOSE})


def _cue(statement: Statement) -> str:
    text = statement.sentence.reading.document.text
    return fold(" ".join(s.of(text) for s in statement.attribution.cue)) if statement.attribution is not None else ""


def _one_matter(view: StoryView, one: Statement, other: Statement) -> float:
    """How surely two voices are for and against one thing (0 where they are not)."""
    if one.sentence is other.sentence and one.spans == other.spans:
        return 0.0
    if camps_of(view, one.speakers) & camps_of(view, other.speakers):
        return 0.0
    asked = one.stance is not Stance.SUPPORT
    if asked and (
        other.stance is not Stance.REJECT or _TOGETHER.search(one.sentence.folded) or _TOGETHER.search(other.sentence.folded)
    ):
        return 0.0
    if asked and _is_one_side(one, other):
        return 0.0
    if asked and one.sentence is other.sentence and one.spans < other.spans and _JUST_NAMED.fullmatch(other.folded):
        return 2.0
    shared = (one.bag & other.bag) - META
    alike = view.likeness(one.bag, other.bag)
    plainly = shared - one.sentence.name_stems - other.sentence.name_stems - _BODIES
    enough = len(plainly) >= _SHARED and alike >= _ASKED_ALIKE if asked else len(shared) >= _SHARED and plainly and alike >= _ALIKE
    if enough:
        return 1.0 + alike
    if asked:
        return 0.0
    near = one.sentence.document == other.sentence.document and abs(one.sentence.number - other.sentence.number) <= _NEAR
    pointing = _POINTS.match(one.folded) is not None and _POINTS.match(other.folded) is not None
    return 0.5 + alike if near and pointing else 0.0


_TURNING_DOWN = frozenset(map(stem, ("veto", "reject", "block", "oppose", "cancel", "repeal", "scrap", "stop", "halt", "refuse")))
_HOLDING_OUT = re.compile(
    r"\brefus(?:e|es|ed|ing) to (?:back down|budge|give (?:up|way|in)|drop|abandon|yield|compromise|bend|relent)\b"
)
"""Said of those who keep to what they ask for."""


def _is_one_side(one: Statement, other: Statement) -> bool:
    """Whether what a voice asks for is what the other has in mind, too: both would stop a thing, or it is asked not to be done."""
    if one.is_negative or _HOLDING_OUT.search(other.sentence.folded):
        return True
    return bool(one.bag & other.bag & _TURNING_DOWN)


def _dispute(view: StoryView, one: Statement, others: Sequence[Statement]) -> Dispute:
    sides = (
        side_of(view.case, [one], position=_position(one)),
        side_of(view.case, others, position=_position(others[0])),
    )
    words = plain(one.text).removeprefix("to ") if _tells(one) else plain(one.sentence.text)
    topic = f"For and against: {shorten(words[:1].upper() + words[1:], 90)}"
    return dispute_of(
        DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, "one voice is for what another is against"
    )


_FEWEST = 4
"""Content words of what is for or against something, of which its sentence need not be shown whole."""


def _tells(statement: Statement) -> bool:
    return len(statement.bag) >= _FEWEST and len(statement.bag) * 2 < len(statement.sentence.bag)


def _position(statement: Statement) -> str:
    """The words of a statement where they tell enough and its sentence tells much else, or else its sentence."""
    if _tells(statement):
        return shorten(plain(statement.text))
    return telling_of(statement) or shorten(plain(statement.sentence.text))
