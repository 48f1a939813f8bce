"""Calls on somebody, and that he will not do what is called for."""

import re
from collections.abc import Iterator, Sequence

from crossread.linking.camps import camps_of
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, plain, shorten, unique_voices
from crossread.linking.stems import content_stems, fold, stem
from crossread.records import Dispute, Side, Voice
from crossread.vocabulary import Compatible, DisputeKind

_REFUSED = re.compile(
    r"\b(?:reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|rebuff(?:s|ed|ing)?|ignor(?:es|ed|ing)|resist(?:s|ed|ing)?|spurn(?:s|ed|ing)?"
    r"|refus(?:es|ed|ing)|shrugg(?:ed|ing) off|brush(?:ed|ing) (?:off|aside)|def(?:ies|ied|ying)|rul(?:es|ed|ing) out|turn(?:s|ed|ing) down) "
    r"(?:[\w'’-]{1,30} ){0,4}?(?:calls?|demands?|appeals?|pressure|pleas?|requests?|ultimatums?)\b(?P<what>[^.;]{0,120})"
)
"""Somebody does not do what is called for."""
_ASKED = frozenset(("call", "calls", "demand", "demands", "appeal", "appeals", "pressure", "plea", "pleas", "request", "requests",
                    "ultimatum", "ultimatums"))  # fmt: skip
"""Words of which a refusal holds one."""
_CALLS = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:on|for|upon)\b|calls? (?:by|from)|demand(?:s|ed|ing)?\b|urg(?:e|es|ed|ing)\b|press(?:es|ed|ing)? for\b"
    r"|appeal(?:s|ed|ing)? (?:for|to)\b|ultimatum\b|must\b|should\b|chant\w*\b|want(?:s|ed)? (?:\w+ ){1,4}to\b)"
)
_CLAUSE = re.compile(r",|\b(?:but|and|saying|while|although|despite)\b")
_LEAVING = frozenset(map(stem, ("quit", "resign", "resignation", "step", "stand", "go", "oust", "departure", "leave")))
_LEAVES = stem("quit")
"""Stems of words for giving up an office, which stand for each other; the one that stands for all."""
_ALIKE = 0.12
"""Weighted overlap of a call and its refusal, elsewhere in the story."""
_ONE_CALL = 0.4
"""Weighted overlap from which two calls are one."""
_MOST, _SHOWN = 3, 3
"""Such differences shown of one story; calls shown of one."""
_BEFORE = 2
"""Sentences before a refusal that only points back to a demand ("rejected the demand")."""
_DEMAND = re.compile(r"\b(?:demand|call|appeal|urg|ultimatum|request)\w*")
_NEAR = 4
"""Sentences of one report within which a call is likely to be the one that is refused."""


def refusals(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each matter that some call for and somebody refuses, where a report tells of the call."""
    asking = [s for s in view.sentences if not s.is_title and not _ASKED.isdisjoint(s.starts)]
    refused = [(s, m) for s in asking if (m := _REFUSED.search(s.folded)) is not None]
    calling = [s for s in view.sentences if not s.is_title and _CALLS.search(s.folded)] if refused else []
    groups: list[tuple[frozenset[str], list[Sentence], list[Sentence]]] = []
    for sentence, match in refused:
        what = _stems(_CLAUSE.split(match["what"])[0]) - sentence.name_stems
        calls = _calls_for(view, sentence, what, calling)
        if not calls:
            continue
        home = next((g for g in groups if g[0] & what or view.likeness(g[1][0].bag, calls[0].bag) >= _ONE_CALL), None)
        if home is None:
            groups.append((what, calls, [sentence]))
        else:
            home[2].append(sentence)
    for _, calls, answers in groups[:_MOST]:
        kept = [c for c in calls if c not in answers][:_SHOWN]
        sides = (_side(view, kept), _side(view, answers))
        topic = f"Called for and refused: {shorten(plain(answers[0].text), 90)}"
        why = "some call for what somebody will not do"
        if kept:
            yield dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, why)


def _stems(text: str) -> frozenset[str]:
    return frozenset(_LEAVES if s in _LEAVING else s for s in content_stems(fold(text)))


def _calls_for(view: StoryView, refusal: Sentence, what: frozenset[str], calling: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that call for what a sentence says is refused, those of its report first."""
    found = []
    refusing = camps_of(view, refusal.actors[:1])
    for sentence in calling:
        match = _CALLS.search(sentence.folded)
        if match is None or sentence is refusal or _REFUSED.search(sentence.folded):
            continue
        shared = what & (_stems(sentence.folded[match.start() :]) - sentence.name_stems)
        near = sentence.document == refusal.document and abs(sentence.number - refusal.number) <= _NEAR
        named = bool(camps_of(view, sentence.actors) & refusing)
        before = near and 0 < refusal.number - sentence.number <= _BEFORE
        enough = len(shared) > 1 or near or (named and _LEAVES in shared)
        points = not what and before and _DEMAND.search(sentence.folded) is not None
        if points or (shared and enough and view.likeness(sentence.bag, refusal.bag) >= _ALIKE):
            found.append((not near, -view.jaccard(sentence.bag, refusal.bag), sentence.key, sentence))
    return [s for *_, s in sorted(found, key=lambda f: f[:3])]


def _side(view: StoryView, sentences: Sequence[Sentence]) -> Side:
    voices: list[Voice] = []
    for sentence in sentences:
        speakers = [a for x in sentence.attributions for a in view.case.speaker_of(sentence.reading, x.id)]
        voices += [Voice(speaker=s, document=sentence.document) for s in speakers] or [Voice(document=sentence.document)]
    return Side(
        position=shorten(plain(sentences[0].text)) if sentences else "",
        held_by=tuple(dict.fromkeys(v.speaker for v in voices if v.speaker is not None)),
        voices=unique_voices(voices),
        evidence=tuple(dict.fromkeys(s.evidence() for s in sentences)),
    )
