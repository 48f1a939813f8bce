"""What a report itself says is in dispute: a claim that somebody is told to reject, two voices that it sets against each other."""

import re
from collections.abc import Container, Iterator, Sequence

from crossread.linking.backgrounds import looks_back
from crossread.linking.camps import camps_of
from crossread.linking.concepts import opposition
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import META, Statement, statements_of_view
from crossread.linking.stems import content_stems, stem
from crossread.records import Dispute, Side, Span, Voice
from crossread.vocabulary import Compatible, DisputeKind, Stance

_NOT_TOLD = frozenset({Stance.DEMAND, Stance.PROPOSE, Stance.THREATEN, Stance.PROMISE, Stance.SILENCE})
_JOINED = re.compile(r"^\W*(?:even )?(?:though|although|while|whereas)\b|, ?(?:(?:even )?though|although|while|whereas|but|yet)\b")
"""Words by which one sentence sets two voices against each other."""
_THOUGH = re.compile(r"^\W*(?:even )?(?:though|although)\b")
_OPENS = re.compile(r"^\W*(?:but|yet|however)\b|^[^,;]{2,60}, however,")
"""How a sentence begins that sets its voice against the one before."""


_FINDING = re.compile(r"\b(?:notic|found|find|discover|learn|realis|realiz)")
"""In a cue: what was found goes on with the story rather than answers."""


def set_against(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each pair of voices on one matter that a report joins by *though*, *but* and the like."""
    by_sentence: dict[Sentence, list[Statement]] = {}
    for statement in statements_of_view(view):
        said = statement.attribution
        if said is not None and (statement.speakers or said.source) and not statement.sentence.is_title:
            by_sentence.setdefault(statement.sentence, []).append(statement)
    for sentence in sorted(by_sentence, key=lambda s: s.key):
        own = by_sentence[sentence]
        pairs = [(a, b) for a in own for b in own if a.spans[-1].end <= b.spans[0].start] if _JOINED.search(sentence.folded) else []
        if sentence.number and _OPENS.search(sentence.folded):
            before = view.by_document[sentence.document][sentence.number - 1]
            pairs += [(a, b) for a in by_sentence.get(before, ()) for b in own if b.spans[0].start > sentence.span.start]
        found = next(((a, b) for a, b in pairs if _contrast(view, a, b)), None)
        if found is not None:
            yield _contrasted(view, *found)


def _contrast(view: StoryView, one: Statement, other: Statement) -> bool:
    """Whether two voices say opposite things of one matter."""
    if {one.stance, other.stance} & (_NOT_TOLD - {Stance.PROMISE}) or one.is_question or other.is_question:
        return False
    if camps_of(view, one.speakers) & camps_of(view, other.speakers) or not (one.speakers or other.speakers):
        return False
    if _OPENS.search(other.sentence.folded) and one.sentence is not other.sentence and _FINDING.search(other.cue):
        return False
    ours, theirs = one.bag | one.source_bag, other.bag | other.source_bag
    shared = (ours & theirs) - META - (one.source_bag & other.source_bag)
    if not shared or not shared & (one.bag | other.bag) or min(len(one.bag), len(other.bag)) < _LEAST_WORDS:
        return False
    if _THOUGH.search(one.sentence.folded) and one.sentence is other.sentence:
        return len(shared - one.sentence.name_stems) > 1
    opposed = one.is_negative != other.is_negative or opposition(one.touches, other.touches) is not None
    return opposed and (len(shared) > 1 or bool(shared - one.sentence.name_stems - other.sentence.name_stems))


def _contrasted(view: StoryView, one: Statement, other: Statement) -> Dispute:
    sides = (side_of(view.case, [one]), side_of(view.case, [other]))
    topic = f"Set against each other: {shorten(plain(one.sentence.text), 90)}"
    kind = DisputeKind.ACCUSATION_VS_DENIAL if other.is_denial else DisputeKind.CLAIM_VS_COUNTERCLAIM
    return dispute_of(kind, topic, sides, Compatible.UNCLEAR, "a report sets what one voice says against what another says")


_RETORTS = re.compile(
    r"\b(?:(?:fir(?:ed|es|ing)|hit|hits|hitting|shot|shoots|struck|snapped|clapped|punched|swiped) back|retort(?:ed|s)|returned fire"
    r"|(?:play(?:s|ed|ing) down|down-?play(?:s|ed|ing)|ma(?:de|kes) light of)"
    r"|begged to differ|took issue with|(?:set|setting) the record straight"
    r"|(?:that|this|the|their|his|her) (?:argument|claim|explanation|reasoning) (?:does(?: not|n't) (?:wash|hold|stand)"
    r"|is (?:wrong|false|nonsense)))\b"
)
"""Said of somebody who answers an attack."""
_REACH = 3
"""Sentences before an answer in which the attack stands that it answers."""


def retorts(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each answer of which a report says that it hits back at what somebody else has just said."""
    told: dict[str, list[Statement]] = {}
    for statement in statements_of_view(view):
        if statement.attribution is not None and statement.speakers and not statement.sentence.is_title:
            told.setdefault(statement.sentence.document, []).append(statement)
    for document in sorted(told):
        for sentence in (s for s in view.by_document[document] if _RETORTS.search(s.folded)):
            here = range(sentence.number, sentence.number + 2)
            told_here = [s for s in told[document] if s.sentence.number in here and _comes_after(s, sentence)]
            answer = next((s for s in told_here if _is_by(view, s, sentence)), None)
            attack = _attacked(view, told[document], sentence, answer) if answer is not None else None
            if attack is not None and answer is not None:
                sides = (side_of(view.case, [attack]), side_of(view.case, [answer]))
                topic = f"Said and answered: {shorten(plain(attack.sentence.text), 90)}"
                why = "a report tells of one as the answer to the other"
                yield dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, why)


def _comes_after(statement: Statement, sentence: Sentence) -> bool:
    """Whether a statement does not stand before the words by which its sentence plays something down."""
    match = _PLAYED_DOWN.search(sentence.folded)
    return match is None or statement.spans[0].start > sentence.span.start + match.start()


def _is_by(view: StoryView, statement: Statement, sentence: Sentence) -> bool:
    """Whether the source of a statement is named where a report says that somebody hits back."""
    return bool(camps_of(view, statement.speakers) & camps_of(view, sentence.actors))


def _attacked(view: StoryView, told: Sequence[Statement], sentence: Sentence, answer: Statement) -> Statement | None:
    """What somebody else said shortly before, of those who answer or to them."""
    ours = camps_of(view, answer.speakers)
    before = [s for s in told if 0 < sentence.number - s.sentence.number <= _REACH and not camps_of(view, s.speakers) & ours]
    if answer.names_charges:
        before = [s for s in before if s.stance in (Stance.ACCUSE, Stance.ASSERT)]
    theirs = camps_of(view, (*sentence.actors, *answer.sentence.actors))
    return next((s for s in reversed(before) if _aims_at(view, s, sentence, theirs, ours)), None)


def _aims_at(view: StoryView, attack: Statement, sentence: Sentence, theirs: frozenset[str], ours: frozenset[str]) -> bool:
    """Whether a statement is what is hit back at: its source or its target is named, or it accuses right before."""
    if camps_of(view, attack.speakers) & theirs or camps_of(view, attack.sentence.actors) & ours:
        return True
    if _THAT_ARGUMENT.search(sentence.folded) or _PLAYED_DOWN.search(sentence.folded):
        return True
    return attack.stance is Stance.ACCUSE and attack.sentence.number == sentence.number - 1


_PLAYED_DOWN = re.compile(r"\b(?:play(?:s|ed|ing) down|down-?play(?:s|ed|ing)|ma(?:de|kes) light of)\b")
_THAT_ARGUMENT = re.compile(r"\b(?:that|this) (?:argument|claim|explanation|reasoning)\b")


# ---------------------------------------------------------------- claims that somebody is told to reject

_REJECTS = re.compile(
    r"\b(?P<how>disput\w+|den(?:y|ied|ies|ying)|reject\w*|dismiss\w*|refut\w+|rebut\w*|contest(?:s|ed)|contradict\w*|challeng\w+)"
    r"(?: (?!that\b)[\w'’-]+){0,4}?"
    r" (?P<named>(?:reports?|claims?|allegations?|accusations?|charges?|assertions?|suggestions?|accounts?|rumou?rs|stor(?:y|ies)|speculation"
    r"|criticism)\b(?P<what>[^.;]*))"
)
_SAYS_WHAT = re.compile(r"\b(?:that|where|in which|of having|of)\b")
_LEAST_WORDS = 3
"""Content words of a claim that tell what is claimed."""
_ALIKE, _ALIKE_ELSEWHERE = 0.34, 0.5
"""Weighted share of the words of a denial that a sentence of its report holds, or of another one, which tells what is denied."""
_SHARED, _MOST = 2, 3
"""Words that such a sentence shares with a denial at least; tellings shown."""


def rejected_claims(view: StoryView, known: Container[tuple[str, Span]]) -> Iterator[Dispute]:
    """One dispute for each claim of which a report tells that somebody rejects it.

    Args:
        view: The story.
        known: Sentences that stand in a dispute of accusation and denial already.
    """
    done: set[Sentence] = set()
    for statement in statements_of_view(view):
        sentence = statement.sentence
        if statement.attribution is None or not statement.speakers or sentence.is_title or sentence in done:
            continue
        if (sentence.document, sentence.span) in known or statement.is_question:
            continue
        told = _tellings(view, statement) if statement.is_denial else _charged(view, statement)
        rejects = statement.is_denial or statement.stance is Stance.REJECT
        if told or (rejects and _tells_what(sentence)):
            done.add(sentence)
            yield _rejected(view, statement, told)


def _rejected(view: StoryView, statement: Statement, told: Sequence[Statement]) -> Dispute:
    """A claim, by those who tell it or as the denial has it, and the denial."""
    sentence = statement.sentence
    whole = shorten(plain(sentence.text))
    claim = side_of(view.case, told) if told else None
    if claim is None:
        voices = (Voice(document=sentence.document),)
        claim = Side(
            position=f"reported as rejected: {_rejected_words(sentence) or whole}", voices=voices, evidence=(sentence.evidence(),)
        )
    sides = (claim, side_of(view.case, [statement], position=None if told else whole))
    topic = f"Accusation and denial: {shorten(plain(sentence.text), 90)}"
    compatible = Compatible.NO if told else Compatible.UNCLEAR
    return dispute_of(DisputeKind.ACCUSATION_VS_DENIAL, topic, sides, compatible, "a report tells of a claim and of who rejects it")


def _rejected_words(sentence: Sentence) -> str:
    """What is told of the claim that somebody rejects, up to how it is rejected; empty where a sentence does not tell it."""
    match = _REJECTS.search(sentence.folded)
    if match is None or len(sentence.text) != len(sentence.folded):
        return ""
    told = "what" if _CLAUSE.match(match["what"]) else "named"
    return shorten(_GOES_ON.split(sentence.text[slice(*match.span(told))])[0].strip(" ,:"))


_CLAUSE = re.compile(r"[ ,]{0,4}(?:that|where|in which)\b")
"""What is told by a clause stands by itself; "of fraud" needs the word before it."""


_GOES_ON = re.compile(
    r", (?:calling|saying|describing|insisting|adding|telling|arguing|dismissing)\b"
    r"|,? and (?:calls?|called|says?|said|claim(?:s|ed)?|insist(?:s|ed)?|argued?|argues|describe[sd]?|told|vow(?:s|ed)?)\b"
)


def _tells_what(sentence: Sentence) -> bool:
    """Whether a sentence tells what the report or claim says that somebody rejects in it."""
    match = _REJECTS.search(sentence.folded)
    what = _GOES_ON.split(match["what"])[0] if match is not None else ""
    return _SAYS_WHAT.search(what) is not None and len(frozenset(content_stems(what)) - META) >= _LEAST_WORDS


_NO_SUCH = re.compile(r"\b(?:no|any) such (?P<what>\w+)")


def _charged(view: StoryView, denial: Statement) -> Sequence[Statement]:
    """The statements by others that tell of a speaker what the speaker says there is not ("no such order")."""
    match = _NO_SUCH.search(denial.folded)
    if match is None or not denial.is_negative or _UNINFORMED.search(denial.folded):
        return ()
    what, ours = stem(match["what"]), camps_of(view, denial.speakers)
    found = [
        s
        for s in statements_of_view(view)
        if what in s.bag
        and not s.is_negative
        and camps_of(view, s.sentence.actors) & ours
        and not camps_of(view, s.speakers) & ours
    ]
    return sorted(found, key=lambda s: s.key)[:_MOST]


_UNINFORMED = re.compile(r"\b(?:not|n't|never) (?:yet )?(?:been )?(?:informed|told|notified|briefed|consulted|aware|heard|seen)\b")
"""Who was told nothing of a thing denies nothing."""


def _tellings(view: StoryView, denial: Statement) -> Sequence[Statement]:
    """The statements by others that tell what somebody denies, those of the same report first, then those most like it."""
    own = denial.bag - META - denial.source_bag
    if not denial.denies_content or len(own) < _LEAST_WORDS or _UNINFORMED.search(denial.folded):
        return ()
    found = []
    for other in statements_of_view(view):
        near = other.sentence.document == denial.sentence.document
        if _may_tell(other) and other.sentence is not denial.sentence and (alike := _tells(view, own, denial, other)):
            found.append((-alike - near, other.key, other))
    return [s for _, _, s in sorted(found, key=lambda f: f[:2])[:_MOST]]


def _may_tell(statement: Statement) -> bool:
    """Whether a statement tells something as so."""
    if statement.is_negative or statement.is_denial or statement.is_question or statement.stance in _NOT_TOLD:
        return False
    return _is_sentence(statement.sentence)


def _tells(view: StoryView, own: frozenset[str], denial: Statement, other: Statement) -> float:
    """How much of what somebody denies a statement tells (0 where it does not tell it); another report must speak of who denies it."""
    shared, ours = own & other.bag, camps_of(view, denial.speakers)
    near = other.sentence.document == denial.sentence.document
    if len(shared) < _SHARED or not shared - denial.sentence.name_stems or camps_of(view, other.speakers) & ours:
        return 0.0
    if looks_back(other.sentence) is not None and looks_back(denial.sentence) is None:
        return 0.0
    if not near and not (camps_of(view, other.sentence.actors) & ours and len(shared) > _SHARED):
        return 0.0
    alike = view.total(shared) / view.total(own)
    least = _ALIKE if near else _ALIKE_ELSEWHERE
    return alike if alike >= least and view.jaccard(own, other.bag) >= _LEAST_BOTH else 0.0


def _is_sentence(sentence: Sentence) -> bool:
    """Whether it is one, and no headline or label."""
    return not sentence.is_title and sentence.text.rstrip().endswith((".", "!", '"', "”", "'", "’", ")"))


_LEAST_BOTH = 0.15
"""Weighted overlap of a denial and a telling of what it denies, against both together."""
