"""What sets two tellings of one utterance apart: a doubt, a condition, a number, a word that judges."""

import re

from crossread.linking.statements import Statement
from crossread.linking.stems import content_stems, stem, words_of
from crossread.vocabulary import Bound

_DOUBT = re.compile(
    r"\b(?:could|may|might|appear(?:s|ed|ing)? to|seem(?:s|ed|ing)? to|possibly|perhaps|probabl[ey]"
    r"|(?:is|are|was|were|be|most|very|more) likely"
    r"|believed to|suspected|expects? to|expected to|hop(?:es|ed|ing) to|apparently|presumably)\b"
)
"""Words by which something is told as less than sure."""
_CONDITION = re.compile(
    r"(?<!\beven )(?<!\bas )(?<!\bsee )(?<!\bask )(?<!\bknow )(?<!\basked )(?<!\bdetermine )(?<!\bdecide )(?<!\bsure )(?<!\bclear )"
    r"\b(?:if|unless|provided that|on condition that|as long as|so long as|only after)\b(?! not\b)"
)
_CONDITIONAL = re.compile(
    r"\b(?:if|unless|whether|provided|condition\w*|depend\w*|as long as|so long as|only after|until|should|were to|without)\b"
)
_JUDGING = frozenset(
    """
    catastrophe catastrophic disaster disastrous destroy destroyed destruction massacre slaughter genocide atrocity atrocities
    barbaric barbarity brutal brutality savage murder murdered murderer murderers terror terrorist terrorists terrorism lie lies liar
    fraud hoax shameful shame disgrace disgraceful outrage outrageous betrayal betrayed invasion invade invaded aggression coup hell
    horrific horrible horror monster monsters evil cruel cruelty inhuman inhumane intolerable unacceptable ridiculous absurd nonsense
    slammed blasted lashed condemned denounced criticised criticized harshly thugs hooligans infiltrators criminals criminal traitors
    mob riot riots rioters anarchy illegal unlawful unconstitutional victory triumph heroes hero heroic martyr martyrs liberation
    liberated occupation occupied regime dictator dictatorship tyrant corrupt corruption scandal reckless dangerous worst nightmare
    unprecedented crisis collapse collapsed completely utterly outright categorically desperate chaos chaotic threat threatened
    demanded vowed insisted
    """.split()  # noqa: SIM905 - a text is easier to read than a list of strings
)
"""Words that judge what they name, or put it as strongly as can be."""
_CAN = re.compile(r"\b(?:can|believes?|thinks?|fears?|feared|doubts?|suggest\w*|risk\w*|potential\w*|estimat\w*)\b")
"""Other words by which a telling is less than sure."""
_LIGHT = frozenset(map(stem, ("take", "make", "get", "give", "go", "come", "put", "find", "use", "set", "people")))
"""Stems of words of which a doubt says little."""
_FOLLOWS = 2
"""Content words after a doubt that it is about."""


def difference(one: Statement, other: Statement) -> str | None:
    """In which way one of two tellings says more than the other; ``None`` where they differ in nothing but words."""
    for ours, theirs in ((one, other), (other, one)):
        if doubt := _doubted(ours, theirs):
            return f"one puts it with a doubt (“{doubt}”) that the other leaves out"
        if _CONDITION.search(ours.folded) and not _CONDITIONAL.search(theirs.folded):
            return "one gives a condition that the other leaves out"
    if _other_numbers(one, other):
        return "the numbers given differ"
    words = _judged(one, other)
    return f"one uses a word that judges (“{words}”) where the other does not" if words else None


def _doubted(ours: Statement, theirs: Statement) -> str | None:
    """The word by which one telling doubts what the other tells outright."""
    if _DOUBT.search(theirs.folded) or _CONDITIONAL.search(theirs.folded) or _CAN.search(theirs.folded):
        return None
    for match in _DOUBT.finditer(ours.folded):
        about = content_stems(ours.folded[match.end() : match.end() + 60])[:_FOLLOWS]
        if (set(about) - _LIGHT) & theirs.bag:
            return match.group()
    return None


def _other_numbers(one: Statement, other: Statement) -> bool:
    """Whether both count the same kind of thing and no number of one may be that of the other."""
    ours, theirs = _numbers(one), _numbers(other)
    return any(
        not any(a[0] <= b[1] and b[0] <= a[1] for a in ours[kind] for b in theirs[kind]) for kind in ours.keys() & theirs.keys()
    )


def _numbers(statement: Statement) -> dict[tuple[str, str | None], list[tuple[float, float]]]:
    """The numbers that a statement leaves possible, by what they count."""
    found: dict[tuple[str, str | None], list[tuple[float, float]]] = {}
    for figure in statement.sentence.figures:
        values = [v for v in (figure.low, figure.best, figure.high) if v is not None]
        if values and figure.bound in (Bound.EXACT, Bound.ABOUT) and any(s.covers(figure.span) for s in statement.spans):
            found.setdefault((figure.kind.value, figure.unit), []).append((min(values), max(values)))
    return found


def _judged(one: Statement, other: Statement) -> str | None:
    """A word that judges in one telling, where the other has none."""
    judged = [[w for w in words_of(s.folded) if w in _JUDGING] for s in (one, other)]
    if bool(judged[0]) == bool(judged[1]):
        return None
    return (judged[0] or judged[1])[0]
