"""A statement and its negation, where no codebook of opposites is needed: the same matter, affirmed by one voice and denied by another."""

import re

from crossread.linking.backgrounds import looks_back
from crossread.linking.camps import camps_of
from crossread.linking.sentences import StoryView
from crossread.linking.statements import Statement
from crossread.linking.stems import content_stems, fold, stem
from crossread.vocabulary import Stance

_LEAST_JACCARD, _SURE, _ANSWERED = 0.4, 0.78, 0.5
"""Weighted overlap from which a statement and its negation are on one matter: by a negation in the words; where the one spoken of
answers, or the source rejects it outright."""
_REJECTED, _REJECTED_WORDS = 0.38, 3
"""The same where a source rejects what is put in so many words ("dismissed reports that ..."), with words shared at least."""
_LEAST_SHARED = 0.2
"""Weighted overlap, against both together, that it always takes."""
_FIRST_SINCE = re.compile(r"\bfirst\b.{1,80}\bsince\b")
_NO = re.compile(
    r"\b(?:none of|no (?!longer|doubt|more than|less than|fewer than|sooner)\w+|not (?:one|a single|any)|nobody|no one|n't any)\b"
)
_ALL = re.compile(r"\b(?:all|every|each|everyone|everybody|entire|whole)\b")
_NOT_TO = re.compile(
    r"^(?!.*\b(?:never|no|none|nobody|nothing|neither|n't|den\w+)\b)(?!.*\bnot (?!to\b)).*\bnot to (?!have\b|be\b)\w", re.DOTALL
)
"""What somebody is asked, or has chosen, not to do is not denied."""
_OWN_ACT = re.compile(
    r"\b(?:(?:did|have|has|had|was|were|do|does|is|are) ?(?:n't|not|never)|never)\b|\bnone of (?:our|its|their|his|her)\b"
)
_LEAST_WORDS = 3
_NAME = re.compile(r"\b[A-Z][\w'’-]+")


def denied_likeness(view: StoryView, one: Statement, other: Statement) -> float | None:
    """How alike two statements are of which one negates the other (0 to 1); ``None`` when they do not."""
    if one.is_negative == other.is_negative:
        return None
    negative, positive = (one, other) if one.is_negative else (other, one)
    ours, theirs = negative.substance, positive.substance
    if len(ours & theirs) < 2 or min(len(ours), len(theirs)) < _LEAST_WORDS:
        return None
    if (
        positive.stance in _ASKING
        or _NOT_TO.search(negative.folded)
        or negative.negated_stems & positive.negated_stems
        or _FIRST_SINCE.search(positive.folded)
    ):
        return None
    if _of_other_names(negative, positive):
        return None
    if looks_back(positive.sentence) is not None and looks_back(negative.sentence) is None:
        return None  # what was so in another year is not what is denied
    if view.jaccard(ours, theirs) < _LEAST_SHARED:
        return None  # a short denial is easily held by the words of a long statement on something else
    least = _least(view, negative, positive)
    if negative.is_denial and negative.denies_content and len(ours & theirs) >= _REJECTED_WORDS:
        least = _REJECTED
    alike = view.likeness(ours, theirs) if least is not None else 0.0
    return alike if least is not None and alike >= least else None


def _of_other_names(negative: Statement, positive: Statement) -> bool:
    """Whether two statements say one thing of places of other names ("not in Bordurian waters", "in Syldavian waters")."""
    ours, theirs = _named_things(negative.text), _named_things(positive.text)
    return any(ours[thing].isdisjoint(theirs[thing]) for thing in ours.keys() & theirs.keys())


def _named_things(text: str) -> dict[str, set[str]]:
    """Things by the adjective or name before them ("waters": "Bordurian", in "Bordurian territorial waters", too)."""
    found: dict[str, set[str]] = {}
    for match in _NAMED_THING.finditer(text):
        found.setdefault(stem(match["thing"]), set()).add(stem(fold(match["name"])))
    return found


_NAMED_THING = re.compile(
    r"\b(?:in(?:side|to)?|within|on|over|from|outside|of) (?:the )?(?P<name>[A-Z]\w+) (?:territorial |national |own )?"
    r"(?P<thing>waters?|soil|territory|land|airspace|side|hands|custody|control|shores?|ports?|bank|zone|sector|border)\b"
)
"""Whose a place is said to be."""


def _least(view: StoryView, negative: Statement, positive: Statement) -> float | None:
    """The likeness that it takes; ``None`` where nothing tells that one negates the other."""
    if _says_not(negative) and not negative.negated_stems & positive.bag:
        return None  # nobody was hurt in what the other tells of
    if negative.is_denial or positive.is_denial or answers_charge(view, negative, positive):
        return _ANSWERED
    if _NO.search(negative.folded) and _ALL.search(positive.folded):
        return _ANSWERED
    same_word = negative.negated_stems & positive.bag
    if _others_act(negative, positive):
        return None
    if not same_word or view.jaccard(negative.matter, positive.matter) < _LEAST_JACCARD:
        return None
    return _ANSWERED if _speaks_of_itself(view, positive, negative) else _SURE


def _says_not(negative: Statement) -> bool:
    """Whether a statement says of nobody or nothing that it is so, in its own words rather than by denying what was said."""
    return not negative.denies_content and _NOBODY.match(negative.folded) is not None


_NOBODY = re.compile(r"^\W*(?:no one|nobody|no \w+|none|neither)\b")


def _others_act(negative: Statement, positive: Statement) -> bool:
    """Whether those of whom something is denied are not spoken of by the other statement ("the mayor did not come", "hundreds came")."""
    match = _OWN_ACT.search(negative.folded)
    before = frozenset(content_stems(negative.folded[: match.start()])) if match is not None else frozenset()
    return bool(before) and not before & positive.matter


_ASKING = frozenset({Stance.DEMAND, Stance.PROPOSE, Stance.THREATEN, Stance.PROMISE})
"""What is asked for, threatened or promised is not told as so, and no denial answers it."""


def answers_charge(view: StoryView, negative: Statement, positive: Statement) -> bool:
    """Whether somebody denies an act of his own that another voice reports of him."""
    return bool(_OWN_ACT.search(negative.folded)) and _speaks_of_itself(view, negative, positive)


def _speaks_of_itself(view: StoryView, answer: Statement, other: Statement) -> bool:
    """Whether the source of a statement is named in what another source says."""
    if answer.attribution is None or other.attribution is None or not answer.source_bag:
        return False
    named = {n.actor for n in other.sentence.named if n.actor and any(s.covers(n.span) for s in other.spans)}
    if camps_of(view, answer.speakers) & camps_of(view, named):
        return True
    if len(answer.source_bag & other.bag) > 1 or answer.source_bag <= other.bag:
        return True
    text = answer.sentence.reading.document.text
    names = frozenset(stem(fold(w)) for span in answer.attribution.source for w in _NAME.findall(span.of(text)))
    return bool(names & other.bag)
