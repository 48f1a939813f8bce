"""What a report itself says is in dispute: a claim that somebody is told to reject."""

import re
from collections.abc import Container, Iterator, Sequence

from crossread.linking.backgrounds import looks_back
from crossread.linking.camps import camps_of
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import META, NO_CLAIM, Statement, statements_of_view
from crossread.linking.stems import content_stems, stem
from crossread.records import Dispute, Side, Span, Voice
from crossread.vocabulary import Compatible, DisputeKind, Stance

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
    if statement.is_negative or statement.is_denial or statement.is_question or statement.stance in NO_CLAIM:
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
