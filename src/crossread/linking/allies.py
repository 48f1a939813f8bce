"""Who is told to back or oppose whom: ideas and plans are no sides."""

import re

from crossread.linking.sentences import Named, Sentence
from crossread.vocabulary import EntityType

ACTING = frozenset({EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GPE, EntityType.GROUP})
"""Whoever may act or take sides."""
_FAVOURED = re.compile(r"(?:support|oppos)\w*\b|in support\b|back(?:ed|ing) (?:by|of|from)\b")
_LABELLED = re.compile(
    r"\b(?:governments?|state|regime|army|military|rebels?|mercenar(?:y|ies)|militias?|western|foreign|coalition|kremlin|un|nato)-$"
)
"""Words before "-backed" that say who backs, beside names; those of things ("mortgage-backed") say nothing."""
_BACKED_THING = re.compile(
    r"backed (?:[\w.'’-]{1,20} ){0,3}?(?:bills?|laws?|legislation|proposals?|plans?|drafts?|deals?|resolutions?|measures?|initiatives?|efforts?"
    r"|bids?|truces?|ceasefires?|talks|agreements?|accords?|reforms?|polic(?:y|ies)|candidates?|securit(?:y|ies)|loans?|bonds?)\b"
)
"""Of a "Lomund-backed bill" nothing is told of sides."""
_TO_SOMEBODY = re.compile(
    r"[a-z]+(?:[ -](?:support|backing|for|of|to|from|by|in|the|a|an|its|his|her|their|mr|mrs|ms|dr|president|prime|minister"
    r"|former|ousted|exiled|embattled|interim|new|then|king|general|leader|chief|senator|its|own|neighbou?ring|ally|allies))*[ -]*$"
)
"""Words that may stand between a word of support and the name of who has it."""
_OWN = re.compile(
    r"['’]s?+ ?+(?!(?:[a-z-]{1,20} ){0,2}(?:government|forces|army|troops|regime|rebels?|militias?|party|side|fighters|president|leader"
    r"|opposition|cause)\b)"
)
_OWN_END = re.compile(r"['’]s?$")
SIDE = re.compile(r"\b(?:rebels|governments?|regime|opposition|insurgents|forces|army|troops|militias?|separatists|fighters)\b")
"""Sides by what they are."""
_SIDE_REACH = 45


def names_a_side(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether who is supported or opposed is somebody: ideas and plans are no sides."""
    start = match.start()
    if is_label(sentence, start):
        says_who = _is_named_before(sentence, start - 1) or bool(_LABELLED.search(sentence.folded, max(0, start - 14), start))
        return says_who and not _BACKED_THING.match(sentence.folded, start)
    if not _FAVOURED.match(match.group()):
        return True
    end = match.end() + _SIDE_REACH
    comma = sentence.folded.find(",", match.end(), end)
    end = end if comma < 0 else comma
    named = [n for n in sentence.named_between(start, end) if n.type in ACTING]
    return any(_is_backed(sentence, start, n) for n in named) or bool(SIDE.search(match.group()))


def _is_backed(sentence: Sentence, start: int, named: Named) -> bool:
    """Whether words of support lead right to a name, and not to something of its bearer ("supported Dessen's account")."""
    first, last = named.span.start - sentence.span.start, named.span.end - sentence.span.start
    end = _OWN_END.search(sentence.folded, first, last)
    own = _OWN.match(sentence.folded, last if end is None else end.start())
    return _TO_SOMEBODY.match(sentence.folded[start:first]) is not None and own is None


def is_label(sentence: Sentence, start: int) -> bool:
    """Whether a phrase begins within a compound ("rebel-held town", "Lomund-backed forces"): it tells what is so, and no deed."""
    return sentence.folded[start - 1 : start] == "-"


def _is_named_before(sentence: Sentence, hyphen: int) -> bool:
    """Whether a name ends right before a hyphen ("Lomund-backed")."""
    return any(n.type in ACTING and n.span.end - sentence.span.start == hyphen for n in sentence.named)
