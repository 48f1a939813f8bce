"""What a report says that some hail and others dismiss, and what critics hold against what it has just told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import Passage, dispute_of, plain, shorten, side_told
from crossread.linking.stems import content_stems
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind

_HAILED = (
    r"(?:hailed|heralded|portrayed|praised|billed|touted|welcomed|presented|defended|promoted|celebrated|cheered|applauded|backed"
    r"|trumpeted)"
)
_DISMISSED = (
    r"(?:dismissed|denounced|condemned|critici[sz]ed|slammed|rejected|decried|derided|branded|blasted|attacked|labell?ed|assailed|mocked"
    r"|opposed)"
)
_BOTH = re.compile(
    rf"\b{_HAILED} (?:by|as)\b[^.;]{{3,120}}?,? (?P<turn>(?:but|yet|while|and|though|although) )(?=[^.;]{{0,50}}?\b{_DISMISSED} (?:by|as)\b)"
)
"""One thing, hailed by some and dismissed by others."""
_CRITICS = (
    r"(?:(?:\w+ )?(?:critics|opponents|detractors|sceptics|skeptics)"
    r"|(?:opposition|rights|human rights|aid) (?:groups?|leaders?|activists|parties|figures|politicians|lawmakers))"
)
_SAY = (
    r"(?:say|said|argue|argued|call|called|claim|claimed|question|questioned|counter|countered|contend|contended|see|saw|fear|feared|accuse"
    r"|accused|maintain|maintained|insist|insisted|dismiss|dismissed|complain|complained|reject|rejected|disagree|disagreed|doubt|doubted)"
)
_IN_ONE = re.compile(
    rf",? (?P<turn>(?:but|while|though|although|yet) )(?:(?:some|many|most|his|her|its|their|the) )?{_CRITICS} {_SAY}\b"
)
_AFTER = re.compile(rf"^\W*(?:but|yet|however,) (?:(?:some|many|most|his|her|its|their|the) )?{_CRITICS} {_SAY}\b")
_FEWEST = 3
"""Content words that each half tells."""
_ONE_MATTER = 0.45
"""Weighted overlap of two tellings of what critics say that are one."""
_MOST = 3
"""Such differences shown of one story."""


@dataclass(eq=False)
class _Pair:
    """What is told, what critics say, and the sentences that tell the two."""

    told: str
    said: str
    bag: frozenset[str]
    ours: list[Passage]
    theirs: list[Passage]


def critics(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each matter of which reports say that critics see it otherwise, those told most often first."""
    pairs: list[_Pair] = []
    for document in sorted(view.by_document):
        for sentence in view.by_document[document]:
            pair = _pair(view, sentence)
            if pair is None:
                continue
            home = next((p for p in pairs if view.likeness(p.bag, pair.bag) >= _ONE_MATTER), None)
            if home is None:
                pairs.append(pair)
            else:
                home.ours += pair.ours
                home.theirs += pair.theirs
    for pair in sorted(pairs, key=lambda p: -len({h.sentence.document for h in p.theirs}))[:_MOST]:
        sides = (side_told(view.case, pair.ours, pair.told), side_told(view.case, pair.theirs, pair.said))
        topic = f"As told and as critics see it: {shorten(pair.told, 80)}"
        why = "a report sets what critics say against what others say"
        yield dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, why)


def _pair(view: StoryView, sentence: Sentence) -> _Pair | None:
    """What a sentence tells and what, by the same sentence or the next, critics say to it."""
    if sentence.is_title or _WORDS.isdisjoint(sentence.starts):
        return None
    inside = _BOTH.search(sentence.folded) or _IN_ONE.search(sentence.folded)
    if inside is not None:
        told, said = sentence.text[: inside.start("turn")], sentence.text[inside.end("turn") :]
        bag = frozenset(content_stems(sentence.folded))
        halves = Passage(sentence, 0, inside.start("turn")), Passage(sentence, inside.end("turn"))
        return _Pair(_words(told), _words(said), bag, [halves[0]], [halves[1]]) if _tell(told, said) else None
    if _AFTER.match(sentence.folded) and sentence.number:
        before = view.by_document[sentence.document][sentence.number - 1]
        if not before.is_title and _tell(before.text, sentence.text) and before.bag & sentence.bag:
            return _Pair(
                _words(before.text), _words(sentence.text), before.bag | sentence.bag, [Passage(before)], [Passage(sentence)]
            )
    return None


_WORDS = frozenset(
    (
        "critics", "opponents", "detractors", "sceptics", "skeptics", "opposition", "rights", "aid", "dismissed", "denounced", "decried",
        "derided", "branded", "condemned", "criticised", "criticized", "rejected",
    )
)  # fmt: skip
"""Words of which a sentence holds one that sets critics against others."""


def _tell(*texts: str) -> bool:
    return all(len(set(content_stems(t.lower()))) >= _FEWEST for t in texts)


def _words(text: str) -> str:
    return shorten(plain(text).strip(" ,"))
