"""What a report says that some hail and others dismiss, and what critics hold against what it has just told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from crossread.codebook.things import thing_book
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import Passage, dispute_of, plain, shorten, side_of, side_told, unique_voices
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import content_stems, fold, words_of
from crossread.records import Dispute, Voice
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
_AFTER = re.compile(
    rf"^\W*(?:but|yet|however,) (?:(?:some|many|most|his|her|its|their|the) )?{_CRITICS} {_SAY}\b"
    rf"|^\W*(?:(?:some|many|most|his|her|its|their|the) )?{_CRITICS}, (?:however|though|meanwhile|for their part), {_SAY}\b"
)
_DISPUTED = re.compile(
    r", (?P<turn>(?:even though|although|though|but|while) )(?:[\w'’-]{1,20} ){1,8}?(?:disputes?|disputed|den(?:y|ies|ied)|contests?|contested"
    r"|disagrees?|disagreed|contradicts?|contradicted) (?:that|this|it|with (?:that|this|it)|the (?:claim|account|charge|idea))\b"
)
"""What is told, and that some dispute it."""
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
    is_named: bool = True
    """Whether those who see it otherwise say so in words of their own."""


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
    yield from _supporters(view)
    for pair in sorted(pairs, key=lambda p: -len({h.sentence.document for h in p.theirs}))[:_MOST]:
        theirs = side_told(view.case, pair.theirs, pair.said)
        if not pair.is_named:
            voices = tuple(Voice(document=p.sentence.document) for p in pair.theirs)
            theirs = msgspec.structs.replace(theirs, held_by=(), voices=unique_voices(voices))
        sides = (side_told(view.case, pair.ours, pair.told), theirs)
        topic = f"As told and as critics see it: {shorten(pair.told, 80)}"
        why = "a report sets what critics say against what others say"
        yield dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, why)


def _pair(view: StoryView, sentence: Sentence) -> _Pair | None:
    """What a sentence tells and what, by the same sentence or the next, critics say to it."""
    if sentence.is_title or _WORDS.isdisjoint(sentence.starts):
        return None
    disputed = _DISPUTED.search(sentence.folded)
    inside = _BOTH.search(sentence.folded) or _IN_ONE.search(sentence.folded) or disputed
    if inside is not None:
        told, said = sentence.text[: inside.start("turn")], sentence.text[inside.end("turn") :]
        bag = frozenset(content_stems(sentence.folded))
        halves = Passage(sentence, 0, inside.start("turn")), Passage(sentence, inside.end("turn"))
        if not _tell(told) or not (disputed or _tell(said)):
            return None
        return _Pair(_words(told), _words(said), bag, [halves[0]], [halves[1]], is_named=inside is not disputed)
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
        "derided", "branded", "condemned", "criticised", "criticized", "rejected", "dispute", "disputes", "disputed", "deny", "denies",
        "denied",
        "contest", "contests", "contested", "disagree", "disagrees", "disagreed", "contradict", "contradicts", "contradicted",
    )
)  # fmt: skip
"""Words of which a sentence holds one that sets critics against others."""


def _tell(*texts: str) -> bool:
    return all(len(set(content_stems(t.lower()))) >= _FEWEST for t in texts)


# ---------------------------------------------------------------- supporters against critics, wherever they speak

_SUPPORTING = re.compile(r"\b(?:supporters|proponents|backers|advocates|defenders)\b")
_CRITICISING = re.compile(r"\b(?:critics|opponents|detractors|s[ck]eptics)\b")


_CONTESTED = frozenset(("law", "deal", "plan", "ban", "visit", "project", "decision", "nomination", "ruling", "strike", "protest"))
"""Classes of things that have supporters and critics."""


def _supporters(view: StoryView) -> Iterator[Dispute]:
    """One dispute at most: what supporters say of something and what critics say of it, where a story names them as such."""
    told = [s for s in statements_of_view(view) if s.attribution is not None and not s.is_question and not s.sentence.is_title]
    ours = [s for s in told if _SUPPORTING.search(_source(s))]
    theirs = [s for s in told if _CRITICISING.search(_source(s))]
    pairs = [(a, b) for a in ours for b in theirs if a.sentence is not b.sentence and _things(a) & _things(b)]
    if pairs:
        sides = [side_of(view.case, list(dict.fromkeys(side))) for side in zip(*pairs, strict=True)]
        topic = f"As supporters and critics see it: {shorten(plain(pairs[0][0].sentence.text), 80)}"
        why = "what supporters say stands against what critics say"
        yield dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, why)


def _source(statement: Statement) -> str:
    text = statement.sentence.reading.document.text
    return fold(" ".join(s.of(text) for s in statement.attribution.source)) if statement.attribution is not None else ""


def _things(statement: Statement) -> frozenset[str]:
    """Classes of the things of which a statement tells."""
    nouns = thing_book().nouns
    return frozenset(nouns[w] for w in words_of(statement.folded) if w in nouns) & _CONTESTED


def _words(text: str) -> str:
    return shorten(plain(text).strip(" ,"))
