"""Why somebody does something: as others have it, and in the words of who does it ("aimed at the vote", "my sole intention was")."""

import re
from collections.abc import Iterator, Sequence

from crossread.linking.attitudes import Attitude, attitudes
from crossread.linking.camps import camps_of
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of
from crossread.linking.statements import META, Statement, statements_of_view
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_ADVERB = r"(?:(?:\w{2,20}ly|only|just|also) ){0,2}"
_ENDS = r"(?:intention|intent|aim|goal|purpose|motive|motivation|objective)s?"
_OWN = re.compile(
    rf"\b(?:my|our|his|her|its|their) (?:\w{{2,15}} ){{0,2}}{_ENDS}\b(?!\w)[^.;]{{0,60}}?\b(?:is|are|was|were|has been|had been)\b"
    r"|\bbecause (?:it (?:is|was) )?(?:my|our|his|her|its|their) (?:\w{2,15} )?(?:duty|obligation|job|responsibility|right)\b"
    rf"|\b(?:i|we)(?:'re|'m| am| are| was| were) {_ADVERB}(?:doing|making|going|acting|coming|here)\b"
    rf"[^.;]{{0,50}}?\b(?:because|in order to|so that)\b"
    rf"|\b(?:it|this|that|we|i|he|she|they|(?:the|this|that) \w{{2,20}}) (?:is|are|was|were)(?: not|n't)?"
    rf" {_ADVERB}(?:designed|meant|intended|aimed) {_ADVERB}(?:to|at)\b"
    r"|\b(?:he|she|they|i|we) (?:only |just |simply )?(?:wanted|acted|did (?:it|this|so)) (?:to|because|in order to|only to)\b"
)
"""Said by somebody of why he or she does something."""
_ASCRIBED = re.compile(
    rf"\b(?:is|are|was|were|been|be) {_ADVERB}(?:aimed|designed|intended|meant|motivated|driven|calculated|timed) {_ADVERB}(?:at|to|by|for)\b"
    r"|\bas part of an? (?:[\"']?\w{2,20}[\"']? ){0,3}(?:strategy|effort|plan|campaign|bid|scheme|attempt|ploy|plot) to\b"
    r"|\b(?:an?|the|another) (?:[\"']?[\w-]{2,20}[\"']? ){0,2}"
    r"(?:attempt|effort|bid|ploy|scheme|pretext|excuse|plot|ruse|stunt|tactic|trick) (?:to|for)\b"
    r"|\b(?:is|are|was|were) (?:only |just |merely |simply |really |cynically )?(?:using|exploiting|coming|seeking|trying|doing (?:it|this))\b"
    r"[^.;]{0,60}?\bto (?:boost|distract|divert|derail|undermine|gain|score|win|hide|cover|silence|intimidate|punish|provoke|improve|drive)\b"
    r"|\b(?:for|in search of) (?:\w{2,15} )?(?:political|personal|electoral|financial) (?:gain|purposes|reasons|ends|advantage|benefit)\b"
    r"|\bpolitically motivated\b|\bpolitical(?:ly)? (?:stunt|theat(?:er|re)|move|ploy)\b"
)
"""Said by others of why somebody does something."""
_NEAR = 12
"""Sentences of one report within which a charge and the reasons that somebody gives are likely to be about one deed."""
_MOST, _VOICES = 2, 6
"""Such differences shown of one story; statements shown on one side of one."""
_TOLD = frozenset(
    {Stance.ASSERT, Stance.ACCUSE, Stance.DENY, Stance.LAMENT, Stance.PROMISE, Stance.SUPPORT, Stance.THREATEN, Stance.REJECT}
)


def motives(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each speaker who gives other reasons for a deed than others give, or whose deed others condemn."""
    told = [s for s in statements_of_view(view) if s.attribution is not None and s.speakers and not s.sentence.is_title]
    own = [s for s in told if s.stance in _TOLD and _OWN.search(s.folded)]
    ascribed = [s for s in told if _ASCRIBED.search(s.folded)] if own else []
    against = [a for a in attitudes(view) if not a.is_for] if own else []
    shown = 0
    for speakers in dict.fromkeys(s.speakers for s in own):
        reasons = [s for s in own if s.speakers == speakers]
        charges = _charges(view, reasons, ascribed, against)
        answers = [r for r in reasons if any(_is_one_deed(view, c, r) or c in _critics(view, r, against) for c in charges)]
        if charges and answers and shown < _MOST:
            shown += 1
            yield _dispute(view, charges[:_VOICES], answers[:_VOICES])


def _charges(
    view: StoryView, reasons: Sequence[Statement], ascribed: Sequence[Statement], against: Sequence[Attitude]
) -> list[Statement]:
    """What others say of why it is done, and their words against it."""
    found = [s for s in ascribed if any(_is_one_deed(view, s, r) for r in reasons)]
    found += [s for r in reasons for s in _critics(view, r, against)]
    return list(dict.fromkeys(found))


def _is_one_deed(view: StoryView, charge: Statement, reason: Statement) -> bool:
    """Whether others tell of a speaker's deed why it is done, and in words that show it to be the one that he explains."""
    ours, theirs = camps_of(view, reason.speakers), camps_of(view, charge.speakers)
    named = camps_of(view, (*charge.about, *charge.sentence.actors))
    if ours & theirs or not ours & named or charge.sentence is reason.sentence:
        return False
    shared = (charge.bag & reason.bag) - META - charge.source_bag - reason.source_bag
    return len(shared) > 1 or _is_near(charge, reason)


def _critics(view: StoryView, reason: Statement, against: Sequence[Attitude]) -> list[Statement]:
    """Those who condemn a speaker's own deed, in the report in which he or she explains it."""
    ours = camps_of(view, reason.speakers)
    return [
        a.statement
        for a in against
        if ours & camps_of(view, sorted(a.thing.owners))
        and not ours & camps_of(view, a.statement.speakers)
        and _is_near(a.statement, reason)
    ]


def _is_near(one: Statement, other: Statement) -> bool:
    return one.sentence.document == other.sentence.document and abs(one.sentence.number - other.sentence.number) <= _NEAR


def _dispute(view: StoryView, charges: Sequence[Statement], answers: Sequence[Statement]) -> Dispute:
    topic = f"Charged and justified: {shorten(plain(charges[0].sentence.text), 90)}"
    sides = (side_of(view.case, charges), side_of(view.case, answers))
    why = "others charge what somebody explains by reasons of his or her own"
    return dispute_of(DisputeKind.JUSTIFICATION, topic, sides, Compatible.UNCLEAR, why)
