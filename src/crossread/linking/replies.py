"""Denials that answer what another voice said just before, which share few words with it or only point to it ("denied this")."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import takewhile

from crossread.linking.camps import camps_of
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import META, NO_CLAIM, Statement, statements_of_view
from crossread.linking.stems import content_stems, fold, stem
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_NEXT, _NEAR = 1, 4
"""Sentences before a denial in which somebody else's statement is what it answers; the same where it is named there who denies."""
_POINTS_BACK = 2
"""Sentences before a denial that only points to what it answers."""
_DENYING = re.compile(r"\b(?:den(?:y|ied|ies|ying)|dismiss\w*|refut\w+|rebut\w*|disput\w+|reject\w*|scoff\w*|call(?:ed|s|ing))\b")
_DENIED = re.compile(r"\b(?:den(?:y|ied|ies|ying)|refut\w+|rebut\w*|disput\w+)\b")
_FALSE = (
    r"(?:nonsense|absurd\w*|ridiculous|laughable|false\w*|untrue|not true|a? ?lies?|baseless|groundless|unfounded|fabricat\w+|a fairy tale"
    r"|fairy tales?|propaganda|slander\w*|grotesque|a fantasy|invented|an invention|rubbish|a fabrication|a smear|outrageous|ludicrous)"
)
_ANSWER = re.compile(
    r"^\W*(?:that |as )?(?:"
    r"(?:no, )?(?:this|it|that)\b(?:'s| is| was)?(?: (?:simply|just|absolutely|totally|completely|all))?"
    r"|(?:the|this|that|such|these|those|any|all|both|his|her|their|its) (?:\w+ )?"
    r"(?:claims?|charges?|accusations?|allegations?|reports?|suggestions?|involvement|responsibility|wrongdoing|role|part)\b(?:,? as .*$)?"
    r"(?: (?:in|for) (?:it|this|that|the (?:attack|blast|bombing|explosion|killings?|incident|raid|shooting|affair|crash|fire)))?"
    r"|any (?:involvement|responsibility|wrongdoing|role|part)\b"
    rf")?,? ?(?:(?:is|was|were|are|as|to be) )?(?:(?:an? )?[\"“'‘]?(?:\w+ )?{_FALSE}[\"”'’]?)?(?P<rest>.*)$",
    re.DOTALL,
)
_POINTING = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their)\b")
_MOST_OF_IT = 0.5
"""Share of the words of a denial that the statement it answers holds, where neither place nor names tell that it does."""
_REFUSING = frozenset({Stance.REJECT, Stance.DENY})
"""Who refuses something claims nothing that "any wrongdoing" could answer."""


def replies(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each denial that answers a statement shortly before it; printed by several reports, it is one."""
    by_document: dict[str, list[Statement]] = {}
    for statement in statements_of_view(view):
        by_document.setdefault(statement.sentence.document, []).append(statement)
    opposite = {(s.document, s.number) for s in view.sentences if _says_opposite(s)}
    found: dict[frozenset[str], list[tuple[list[Statement], list[Statement]]]] = {}
    for document in sorted(by_document):
        told = by_document[document]
        for number, reply in enumerate(told):
            before = _just_before(told, number)
            claim = _answered(view, reply, before) or _set_against(view, reply, before, opposite)
            if claim is None:
                continue
            printed = found.setdefault(frozenset(content_stems(fold(plain(reply.sentence.text)))), [])
            home = next((f for f in printed if view.jaccard(f[0][0].sentence.bag, claim.sentence.bag) >= _ONE_TEXT), None)
            if home is None:
                printed.append(([claim], [reply]))
            else:
                home[0].append(claim)
                home[1].append(reply)
    for claims, answers in (f for printed in found.values() for f in printed):
        yield _dispute(view, claims, answers)


_ONE_TEXT = 0.7
"""Weighted overlap of two sentences that are one, printed twice."""


def _just_before(told: Sequence[Statement], number: int) -> list[Statement]:
    """The statements of a document that stand shortly before one, in order."""
    first = told[number].sentence.number - _NEAR
    return list(takewhile(lambda s: s.sentence.number >= first, (told[n] for n in range(number - 1, -1, -1))))[::-1]


def _answered(view: StoryView, reply: Statement, before: Sequence[Statement]) -> Statement | None:
    """The statement that a denial answers."""
    disagrees = _DISAGREED.search(reply.sentence.folded) is not None and _DISAGREED.search(_way_of_saying(reply)) is not None
    denies = disagrees or _is_denial(reply)
    if reply.sentence.is_title or not (denies or _says_none(reply)):
        return None
    others = [s for s in before if _may_be_answered(view, s, reply)]
    if not denies:
        return _best(reply, [s for s in others if _is_negated(s, reply)])
    if _only_points(reply):
        return _pointed_to(view, reply, others)
    if disagrees:
        return _disagreed_with(reply, others)
    if _DENIED.search(_cue(reply)) is None:
        return None
    named = camps_of(view, tuple(a for s in others for a in (*s.about, *s.sentence.actors)))
    is_named = bool(named & camps_of(view, reply.speakers))
    return _best(reply, [s for s in others if not _is_denial(s) and _is_answered(view, s, reply, is_named)])


_OPPOSITE = re.compile(
    r"\b(?:(?:reached|drew|came to|took) (?:the|a very|a|an) (?:opposite|different|contrary|other) (?:conclusion|view|position|lesson)s?"
    r"|saw (?:it|things|this|that) (?:quite |very )?differently|told a (?:very |quite )?different story|gave a different account)\b"
)
"""Said of others between two statements, by which the second is set against the first."""
_OPENING = 16
"""Characters of a sentence in which a denial told first begins."""
_DENYING_FIRST = re.compile(r"^\W*(?:denying|rejecting|dismissing|disputing|refuting|rebutting)\b(?P<what>[^,]*),")
"""A denial told first, of which the statement that follows in the sentence gives the grounds ("Denying any motive, she said")."""


def _says_opposite(sentence: Sentence) -> bool:
    """Whether a sentence says that others see it otherwise, without giving their words."""
    if sentence.attributions or not any(hint in sentence.folded for hint in ("opposite", "different", "contrary", "other ")):
        return False
    return _OPPOSITE.search(sentence.folded) is not None


def _set_against(
    view: StoryView, reply: Statement, before: Sequence[Statement], opposite: Container[tuple[str, int]]
) -> Statement | None:
    """The statement against which a report itself sets one: it says so between the two, or before the second."""
    if reply.attribution is None or reply.sentence.is_title:
        return None
    is_opposed = (reply.sentence.document, reply.sentence.number - 1) in opposite
    if not is_opposed and "ing " not in reply.sentence.folded[:_OPENING]:
        return None
    others = [s for s in before if s.attribution is not None and _may_be_answered(view, s, reply)]
    first = _DENYING_FIRST.match(reply.sentence.folded)
    if first is not None:
        matter = frozenset(content_stems(first["what"])) - META
        near = [s for s in others if reply.sentence.number - s.sentence.number <= _POINTS_BACK]
        charges = [s for s in near if s.stance is Stance.ACCUSE or matter & s.bag]
        return _best(reply, [s for s in near if s.stance is Stance.ACCUSE] or charges)
    if is_opposed:
        near = [s for s in others if s.sentence.number < reply.sentence.number - 1]
        return near[-1] if near else None
    return None


def _may_be_answered(view: StoryView, claim: Statement, reply: Statement) -> bool:
    if _holds(claim, reply):
        return False
    if claim.sentence.is_title or claim.is_question or claim.stance in NO_CLAIM or _SILENT.search(_cue(claim)):
        return False
    return not camps_of(view, claim.speakers) & camps_of(view, reply.speakers)


_DISAGREED = re.compile(r"\b(?:disagree[sd]?|begged to differ|took issue|contradict(?:ed|s)|counter(?:ed|s)?|rebut(?:ted|s))\b")
"""Cues by which a source sets what it says against what was said just before."""


_TAKING_ISSUE = re.compile(r"\b(?:took issue|contradict|counter(?:ed|s)?$|counter (?!that\b))")
"""Cues of those who set what they say against something that their words name."""


def _disagreed_with(reply: Statement, others: Sequence[Statement]) -> Statement | None:
    """The statement just before, by somebody else, with which a source disagrees."""
    near = [s for s in others if s.attribution is not None and reply.sentence.number - s.sentence.number <= _NEXT]
    if _TAKING_ISSUE.search(reply.cue) is not None:
        near = [s for s in near if (reply.bag & s.bag) - META - reply.sentence.name_stems]
    return _best(reply, near)


def _holds(claim: Statement, reply: Statement) -> bool:
    """Whether a statement itself tells of the denial ("the minister said that the charge had been denied")."""
    if reply.attribution is None or claim.attribution is None:
        return False
    return any(c.covers(s) for c in claim.attribution.content for s in reply.attribution.cue)


def _pointed_to(view: StoryView, reply: Statement, others: Sequence[Statement]) -> Statement | None:
    """What a denial points to: the last statement, or an accusation shortly before it."""
    said = [s for s in others if s.attribution is not None]
    if not said or _is_denial(said[-1]):
        return None
    if reply.names_charges:
        said = [s for s in said if s.stance in (Stance.ACCUSE, Stance.ASSERT)]
    near = [s for s in said if reply.sentence.number - s.sentence.number <= _reach(view, s, reply) and s.stance not in _REFUSING]
    return max(near, key=lambda c: (c.sentence is reply.sentence, c.stance is Stance.ACCUSE, c.key), default=None)


def _reach(view: StoryView, claim: Statement, reply: Statement) -> int:
    """How many sentences before a denial that points back a statement may stand: more where it accuses, or the sentence between says so."""
    between = view.by_document[reply.sentence.document][claim.sentence.number + 1 : reply.sentence.number]
    if _accuses(view, claim, reply) or any(_TAKEN_UP.search(s.folded) for s in between):
        return _POINTS_BACK
    return _NEXT


_TAKEN_UP = re.compile(
    r"\b(?:push(?:ed|es)? back|hit back|shot back|responded to|asked about|rejected|dismissed|disputed|denied|(?:the|that|this) "
    r"(?:claim|assertion|report|allegation|accusation|charge|suggestion|account))\b"
)
"""In a sentence between the two: the statement before it is taken up."""


def _accuses(view: StoryView, claim: Statement, reply: Statement) -> bool:
    """Whether a statement accuses, or names the side of who denies."""
    return claim.stance is Stance.ACCUSE or bool(camps_of(view, claim.about) & camps_of(view, reply.speakers))


_SILENT = re.compile(r"\b(?:not|never|no)\b|n't\b")
"""In a cue: what was not said is no claim."""


def _says_none(statement: Statement) -> bool:
    """Whether a source says flatly that there is not something."""
    return statement.attribution is not None and _FLAT.search(statement.folded) is not None and statement.is_negative


def _is_negated(claim: Statement, reply: Statement) -> bool:
    """Whether a statement says flatly that there is not what another voice has just told of."""
    if reply.sentence.number - claim.sentence.number > _NEXT or claim.attribution is None or claim.is_negative or _is_denial(claim):
        return False
    match = _FLAT.search(reply.folded)
    if match is None:
        return False
    denied = frozenset(content_stems(reply.folded[match.end() :])[:1])
    shared = _shared(claim, reply)
    if _SET_AGAINST.match(reply.sentence.folded) is not None:
        return bool(shared) or _FINDING.search(_cue(reply)) is None
    return bool(denied & shared)


_SET_AGAINST = re.compile(r"(?:but|however)\b")
_FINDING = re.compile(r"\b(?:notic|found|find|discover|learn|realis|realiz|saw|see)")
"""In a cue: what was found goes on with the story rather than answers."""


_FLAT = re.compile(
    r"\b(?:there|that) (?:(?:is|are|was|were) (?:no|not|never)|(?:has|have|had) (?:not |never )?been (?:no )?)(?! ?(?:longer|more)\b)"
)


_FEW_WORDS, _SOME_OF_IT = 3, 0.12
"""Stems of a denial that may answer what it shares no word with, by a pronoun; share of its words, by weight, that it shares else."""


_PARTIES = frozenset(
    map(stem, ("government", "rebel", "army", "force", "troop", "president", "minister", "official", "leader", "country", "state", "town",
               "city", "people", "police", "group", "side", "party", "spokesman", "spokeswoman", "military"))
)  # fmt: skip
"""Words for those who act, which alone make no matter."""


def _is_answered(view: StoryView, claim: Statement, reply: Statement, is_named: bool) -> bool:
    """Whether a denial in words of its own answers a statement: the next one on a like matter, or near where its source is named."""
    if claim.is_negative and not reply.is_negative:
        return False
    shared, own = _shared(claim, reply), _matter(reply)
    if reply.sentence.number - claim.sentence.number <= _NEXT and claim.attribution is not None:
        if view.total(shared) >= _SOME_OF_IT * view.total(own) and (not shared or shared - _PARTIES):
            return bool(shared) or _POINTING.search(reply.folded) is not None
        return len(own) <= _FEW_WORDS and _POINTING.search(reply.folded) is not None
    if shared - _PARTIES and is_named and claim.attribution is not None:
        return True
    return bool(own) and len(shared) >= _MOST_OF_IT * len(own)


def _best(reply: Statement, claims: Sequence[Statement]) -> Statement | None:
    """The statement that shares most with a denial, of several the last."""
    return max(claims, key=lambda c: (len(_shared(c, reply)), c.key), default=None)


def _shared(claim: Statement, reply: Statement) -> frozenset[str]:
    """Stems on one matter, names left out."""
    return (_matter(claim) & _matter(reply)) - claim.sentence.name_stems - reply.sentence.name_stems


def _matter(statement: Statement) -> frozenset[str]:
    return statement.bag - META - statement.source_bag


def _is_denial(statement: Statement) -> bool:
    """Whether a source denies in so many words, or calls something false."""
    if statement.attribution is None:
        return False
    if statement.denies or statement.stance is Stance.DENY:
        return True
    return (_DENYING.search(_cue(statement)) is not None or _NOT_TRUE.match(statement.folded) is not None) and _only_points(
        statement
    )


_NOT_TRUE = re.compile(
    rf"^\W*(?:no, )?(?:that|this|it)(?:'s| is| was) (?:simply |just |absolutely |totally |completely |all )?{_FALSE}\W*$"
)
"""A denial in so many words: "That's not true"."""


def _only_points(statement: Statement) -> bool:
    """Whether a denial says nothing of its matter but points to what was said ("the accusation", "as nonsense", "any role")."""
    match = _ANSWER.match(statement.folded)
    if match is None or match["rest"] == statement.folded:
        return False
    rest = match["rest"].split(" and ")[0]
    return not frozenset(content_stems(rest)) - META


def _way_of_saying(statement: Statement) -> str:
    """The words between who speaks and what is said ("disagreed, saying")."""
    said = statement.attribution
    if said is None or not said.source or not said.content:
        return ""
    start, end = max(s.end for s in said.source), min(s.start for s in said.content)
    return fold(statement.sentence.reading.document.text[start:end]) if start < end else _cue(statement)


def _cue(statement: Statement) -> str:
    if statement.attribution is None:
        return ""
    text = statement.sentence.reading.document.text
    return fold(" ".join(s.of(text) for s in statement.attribution.cue))


def _dispute(view: StoryView, claims: Sequence[Statement], answers: Sequence[Statement]) -> Dispute:
    first = answers[0]
    denies_first = _DENYING_FIRST.match(first.sentence.folded) is not None
    is_denial = denies_first or _is_denial(first)
    apart = denies_first or (_only_points(first) and first.sentence is not claims[0].sentence)
    sides = (
        side_of(view.case, claims),
        side_of(view.case, answers, position=shorten(first.sentence.text) if apart else None),
    )
    return dispute_of(
        DisputeKind.ACCUSATION_VS_DENIAL if is_denial else DisputeKind.CLAIM_VS_COUNTERCLAIM,
        f"{'Accusation' if is_denial else 'Claim'} and denial: {shorten(plain(claims[0].sentence.text), 90)}",
        sides,
        Compatible.NO,
        "what one voice says, another denies right after",
    )
