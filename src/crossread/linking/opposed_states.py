"""Disputes that states of processes show: ground taken and held, an offer made and distrusted, blame and its answer, a pretext."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from crossread.linking.camps import camps_of
from crossread.linking.concepts import negated_stems
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, plain, shorten, topic_told, unique_voices
from crossread.linking.sightings import Sighting
from crossread.linking.statements import META
from crossread.linking.stems import content_stems, fold, stem
from crossread.linking.threads import sightings_of
from crossread.records import Dispute, Side, Span, Voice
from crossread.vocabulary import Compatible, DisputeKind, Stance, ThreadKind

_NEAR = 4
"""Sentences apart, in one document, at which two states are read as answering each other."""
_ALIKE = 0.3
_SURELY_ALIKE = 0.5
_MOST = 4
"""Tellings shown on one side."""
_JUSTIFYING = re.compile(
    r"\b(?:justif\w+|pretext|in response to|in self-?defen[cs]e|retaliat\w+|counter-?terroris\w+|legitimate targets?|target only|only target)\b"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: ThreadKind
    states: frozenset[str]
    against: frozenset[str]
    dispute: DisputeKind
    topic: str
    reason: str
    compatible: Compatible


_RULES = (
    _Rule(
        ThreadKind.BLAME, frozenset({"accused"}), frozenset({"denied"}), DisputeKind.ACCUSATION_VS_DENIAL, "Accusation and denial",
        "the accused side rejects what it is accused of", Compatible.NO,
    ),
    _Rule(
        ThreadKind.GROUND_CONTROL, frozenset({"taken"}), frozenset({"retaken", "disputed"}), DisputeKind.CLAIM_VS_COUNTERCLAIM,
        "Who holds the ground", "one side reports ground taken, the other that it is held or was won back", Compatible.NO,
    ),
    _Rule(
        ThreadKind.OFFER, frozenset({"made", "accepted"}), frozenset({"refused"}), DisputeKind.CLAIM_VS_COUNTERCLAIM, "The offer",
        "one side makes an offer, another does not take it as it is put", Compatible.NO,
    ),
)  # fmt: skip


def opposed_states(view: StoryView) -> Iterator[Dispute]:
    """Disputes between tellings of processes."""
    told = sightings_of(view)
    for rule in _RULES:
        ours = [s for s in told if s.kind is rule.kind and s.state in rule.states]
        theirs = [s for s in told if s.kind is rule.kind and s.state in rule.against]
        yield from _answers(view, rule, ours, theirs)
    yield from _justifications(view, told)
    yield from _counter_accusations(view, [s for s in told if s.kind is ThreadKind.BLAME and s.state == "accused"])


def _answers(view: StoryView, rule: _Rule, ours: Sequence[Sighting], theirs: Sequence[Sighting]) -> Iterator[Dispute]:
    """One dispute for each answering speaker: what is answered, and the answers."""
    check = _blames if rule.kind is ThreadKind.BLAME else _same_ground
    groups: dict[tuple[str, ...], list[Sighting]] = {}
    for answer in theirs:
        groups.setdefault(_speakers(view, answer) or answer.by or (answer.sentence.document,), []).append(answer)
    for name in sorted(groups):
        meets = {(s, a) for s in ours for a in groups[name] if check(view, s, a)}
        told = [s for s in ours if any((s, a) in meets for a in groups[name])]
        answers = [a for a in groups[name] if any((s, a) in meets for s in told)]
        if not told or not answers:
            continue
        told.sort(key=lambda s: (-max(_likeness(view, s, a) for a in answers), s.sentence.key, s.start))
        sides = (_side(view, told[:_MOST]), _side(view, answers[:_MOST]))
        cited = [{(e.document, e.span) for e in side.evidence} for side in sides]
        if cited[0] == cited[1] or (rule.kind is ThreadKind.OFFER and cited[1] <= cited[0]):
            continue
        told_by = answers[0] if rule.kind is not ThreadKind.BLAME or len(_own_matter(answers[0])) >= _OWN_MATTER else told[0]
        topic = topic_told(_words_of(told_by), told_by.sentence.text, 90)
        yield dispute_of(rule.dispute, f"{rule.topic}: {topic}", sides, rule.compatible, rule.reason)


def _speakers(view: StoryView, sighting: Sighting) -> tuple[str, ...]:
    if sighting.voice is None:
        return ()
    return view.case.speaker_of(sighting.sentence.reading, sighting.voice.id)


def _likeness(view: StoryView, one: Sighting, other: Sighting) -> float:
    return view.likeness(one.sentence.bag, other.sentence.bag)


def _blames(view: StoryView, accusation: Sighting, denial: Sighting) -> bool:
    """Whether a denial answers an accusation: the accused speaks, or both stand close together; the accuser does not."""
    denying = (*_speakers(view, denial), *denial.by)
    accusing = (*_speakers(view, accusation), *accusation.by)
    if accusation.sentence is denial.sentence or camps_of(view, denying) & camps_of(view, accusing):
        return False
    alike = _likeness(view, accusation, denial)
    if alike < _ALIKE and not denial.says_denial:
        return False
    if not denial.says_denial and (denied := negated_stems(fold(_words_of(denial)))) and denied.isdisjoint(accusation.sentence.bag):
        return False
    if not denial.says_denial and len(_shared(accusation.sentence, denial.sentence)) < _LEAST_SHARED:
        return False
    names_accuser = bool(camps_of(view, accusing) & camps_of(view, denial.sentence.actors))
    if alike >= _SURELY_ALIKE or (alike >= _ALIKE and _close(accusation, denial)):
        return True
    if _DENIED_THAT.search(denial.sentence.folded) and not _shared(accusation.sentence, denial.sentence):
        return False
    if _denies_else(accusation, denial) and not _close(accusation, denial):
        return False
    if camps_of(view, denying) & camps_of(view, accusation.toward):
        return names_accuser or _close(accusation, denial) or alike >= 0.15
    named = tuple(a for a in accusation.sentence.actors if a not in accusing)
    return bool(camps_of(view, denying) & camps_of(view, named)) and alike >= 0.1 and _close(accusation, denial)


def _denies_else(accusation: Sighting, denial: Sighting) -> bool:
    """Whether a denial tells a matter of its own, of which the accusation holds nothing."""
    own = _own_matter(denial)
    return (
        denial.says_denial and len(own) >= _OWN_MATTER and own.isdisjoint(accusation.sentence.bag - accusation.sentence.name_stems)
    )


def _own_matter(denial: Sighting) -> frozenset[str]:
    """Stems that tell what is denied; few where a denial only points to a charge ("denied the accusation")."""
    return frozenset(content_stems(fold(_words_of(denial)))) - META - _SAYING


_LEAST_SHARED = 2
"""Stems, names aside, that a negation shares with the accusation that it answers without a word for denying."""
_OWN_MATTER = 3
"""Stems from which the words that are denied tell a matter, instead of pointing to a charge."""
_SAYING = frozenset(map(stem, ("call", "describe", "claim", "brand", "name", "accuse")))
_DENIED_THAT = re.compile(r"\bden(?:y|ied|ies|ying) (?:that|having|any)\b")
"""Words after which a denial says what it denies."""


def _shared(one: Sentence, other: Sentence) -> frozenset[str]:
    """Stems that two sentences share, those of names left out."""
    return (one.bag & other.bag) - one.name_stems - other.name_stems


_LABEL = re.compile(r"\w-(?:held|controlled)\b")


def _same_ground(view: StoryView, one: Sighting, other: Sighting) -> bool:
    """Whether two tellings in different voices speak of one piece of ground or one offer."""
    ours, theirs = _speakers(view, one), _speakers(view, other)
    if camps_of(view, ours) & camps_of(view, theirs) or (one.sentence is other.sentence and ours == theirs):
        return False
    if _LABEL.search(one.sentence.folded, one.start, one.end) or _LABEL.search(other.sentence.folded, other.start, other.end):
        return False  # "rebel-held" says who holds a place, not that it was taken
    if one.sentence is other.sentence:
        return one.start != other.start
    if _likeness(view, one, other) >= _ALIKE or (_close(one, other) and _likeness(view, one, other) >= 0.08):
        return True
    follows = other.sentence.document == one.sentence.document and other.sentence.number == one.sentence.number + 1
    return follows and bool(ours and theirs) and _POINTING.search(other.sentence.folded) is not None


_POINTING = re.compile(r"\b(?:it|them|the (?:position|place|town|village|city|area|hill|base|post|site))\b")
"""Words that point to the ground of the sentence before."""


def _close(one: Sighting, other: Sighting) -> bool:
    return one.sentence.document == other.sentence.document and abs(one.sentence.number - other.sentence.number) <= _NEAR


def _justifications(view: StoryView, told: Sequence[Sighting]) -> Iterator[Dispute]:
    """An act justified by one side, and another side that calls it a pretext or accuses the first for it."""
    sentences = [s for s in view.sentences if _JUSTIFYING.search(s.folded)]
    blaming = [s for s in told if s.kind is ThreadKind.BLAME and s.state == "accused"]
    seen: set[object] = set()
    for sentence in sentences:
        if _CONTESTING.search(sentence.folded):
            continue
        against = [
            o
            for o in sentences
            if o is not sentence and _CONTESTING.search(o.folded) and _answers_reason(view, sentence.actors, sentence, o)
        ]
        against += [
            s.sentence
            for s in blaming
            if s.sentence is not sentence
            and camps_of(view, s.toward) & camps_of(view, sentence.actors)
            and not camps_of(view, s.by) & camps_of(view, _speaking(view, sentence))
            and _answers_reason(view, sentence.actors, sentence, s.sentence)
        ]
        unique = tuple(dict.fromkeys(s for s in against if s.bag != sentence.bag))
        key = frozenset([sentence.bag, *(s.bag for s in unique)])
        if not unique or key in seen:
            continue
        seen.add(key)
        sides = (_plain_side(view, (sentence,)), _plain_side(view, unique[:_MOST]))
        yield dispute_of(
            DisputeKind.JUSTIFICATION,
            shorten(plain(sentence.text), 110),
            sides,
            Compatible.NO,
            "an act is justified by one side and charged by another",
        )


_CONTESTING = re.compile(
    r"\b(?:pretext|unjustified|unjustifiable|no justification|cannot be justified|not justif\w+|unprovoked|aggression|excuse|illegal"
    r"|legitimate target|dismiss\w+|reject\w+|lie|lies|false)\b"
)
"""Words that contest a justification."""


def _speaking(view: StoryView, sentence: Sentence) -> tuple[str, ...]:
    return tuple(a for x in sentence.attributions for a in view.case.speaker_of(sentence.reading, x.id))


def _counter_accusations(view: StoryView, blaming: Sequence[Sighting]) -> Iterator[Dispute]:
    """Two sides that accuse each other over one matter: one dispute for each pair of camps."""
    seen: set[frozenset[str]] = set()
    blaming = [s for s in blaming if s.voice is not None and s.voice.stance is Stance.ACCUSE and s.says_blame]
    for one in blaming:
        ours = camps_of(view, _speakers(view, one) or one.by)
        for other in blaming:
            theirs = camps_of(view, _speakers(view, other) or other.by)
            key = frozenset(ours | theirs)
            if one is other or not ours or not theirs or ours & theirs or key in seen:
                continue
            blamed = camps_of(view, one.toward) & theirs
            returned = camps_of(view, other.toward) & ours
            if blamed and returned and _likeness(view, one, other) >= 0.15:
                seen.add(key)
                mine = [s for s in blaming if (_speakers(view, s) or s.by) == (_speakers(view, one) or one.by)]
                his = [s for s in blaming if (_speakers(view, s) or s.by) == (_speakers(view, other) or other.by)]
                sides = (_side(view, mine[:_MOST]), _side(view, his[:_MOST]))
                topic = f"Who is to blame: {shorten(one.sentence.text, 90)}"
                yield dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, "each side accuses the other")


def denied_claims(view: StoryView, answered: Container[tuple[str, Span]]) -> Iterator[Dispute]:
    """A claim that is only known from its denial, and the words in which the same speaker rejects it.

    Args:
        view: The story.
        answered: Sentences whose denials stand against a claim already.
    """
    seen: set[tuple[str, ...]] = set()
    for denial in (s for s in sightings_of(view) if s.kind is ThreadKind.BLAME and s.state == "denied"):
        if (denial.sentence.document, denial.sentence.span) in answered:
            continue
        speakers = _speakers(view, denial) or denial.by
        voice = denial.voice
        if voice is None or not denial.says_denial or not speakers or speakers in seen or _NOBODY.match(fold(_words_of(denial))):
            continue
        others = [
            s
            for s in view.by_document[denial.sentence.document][denial.sentence.number + 1 : denial.sentence.number + 4]
            if any(set(view.case.speaker_of(s.reading, a.id)) & set(speakers) for a in s.attributions)
        ]
        answers = [s for s in others if _rejects(view, denial, s)]
        if answers:
            seen.add(speakers)
            claim = Side(
                position=f"reported as denied: {shorten(_words_of(denial))}",
                voices=(Voice(document=denial.sentence.document),),
                evidence=(denial.evidence,),
            )
            sides = (claim, _plain_side(view, answers))
            topic = f"Accusation and denial: {topic_told(_words_of(denial), denial.sentence.text, 90)}"
            yield dispute_of(
                DisputeKind.ACCUSATION_VS_DENIAL,
                topic,
                sides,
                Compatible.NO,
                "the claim is known from its denial; its holder is not named",
            )


_NOBODY = re.compile(r"\W*(?:no|none|nobody|neither)\b")
"""How words begin that say something of nobody, and deny no claim."""
_NO_CLAIM = re.compile(
    r"^\W*(?:\w+ ){0,2}(?:concerns?|fears?|worries|criticism|calls?|idea|threats?|appeals?|requests?|bids?|plans?|offers?|proposals?)\b"
)
_OUTRIGHT = re.compile(
    r"\b(?:lies?|false(?! (?:alarm|alert|start|sense|hope|impression|name|teeth))"
    r"|untrue|nonsense|absurd|fabricat\w+|baseless|no such|not true|hoax|fake|ridiculous|never)\b"
)


def _rejects(view: StoryView, denial: Sighting, answer: Sentence) -> bool:
    """Whether a later sentence rejects what the speaker is reported to deny: outright, or in words of the same matter."""
    if _NO_CLAIM.search(fold(_words_of(denial))) or not is_denial(answer.folded):
        return False
    return bool(_OUTRIGHT.search(answer.folded)) or view.likeness(denial.sentence.bag, answer.bag) >= _DENIED_ALIKE


_DENIED_ALIKE = 0.2
_DENIAL = re.compile(
    r"(?:^|[\"“] ?)no\b|\b(?:not|n't|never|absurd|false|baseless|nonsense|untrue|dismissed|rejected|fabrication)\b|n't\b"
)


def is_denial(folded: str) -> bool:
    """Whether folded text rejects something in so many words."""
    return bool(_DENIAL.search(folded))


def _answers_reason(view: StoryView, actors: tuple[str, ...], one: Sentence, other: Sentence) -> bool:
    near = one.document == other.document and 0 < abs(one.number - other.number) <= 6
    alike = view.likeness(one.bag, other.bag)
    ours = {a for x in one.attributions for a in view.case.speaker_of(one.reading, x.id)}
    theirs = {a for x in other.attributions for a in view.case.speaker_of(other.reading, x.id)}
    if ours & theirs:
        return False
    shared = set(actors) & set(other.actors)
    return alike >= 0.35 or (near and len(shared) > 1 and alike >= 0.08)


def _plain_side(view: StoryView, sentences: Sequence[Sentence]) -> Side:
    held = [a for s in sentences for x in s.attributions for a in view.case.speaker_of(s.reading, x.id)]
    voices = [
        Voice(speaker=a, document=s.document, record=x.id)
        for s in sentences
        for x in s.attributions
        for a in view.case.speaker_of(s.reading, x.id) or (None,)
    ] or [Voice(document=s.document) for s in sentences]
    return Side(
        position=shorten(sentences[0].text),
        held_by=tuple(dict.fromkeys(held)),
        voices=unique_voices(voices),
        evidence=tuple(dict.fromkeys(s.evidence() for s in sentences)),
    )


def _side(view: StoryView, told: Sequence[Sighting]) -> Side:
    ordered = sorted(told, key=lambda s: (s.sentence.key, s.start))
    voices = [
        Voice(speaker=a, document=s.sentence.document, record=s.voice.id if s.voice is not None else None)
        for s in ordered
        for a in _speakers(view, s) or (None,)
    ]
    first = told[0]
    is_plain = first.voice is not None and bool(first.voice.content) and first.says_denial and not is_denial(fold(_words_of(first)))
    return Side(
        position=shorten(_told_denial(first) if is_plain else _words_of(first)),
        held_by=tuple(dict.fromkeys(a for s in ordered for a in (_speakers(view, s) or s.by))),
        voices=unique_voices(voices),
        evidence=tuple(dict.fromkeys(s.evidence for s in ordered)),
    )


def _told_denial(sighting: Sighting) -> str:
    """What is denied with the words that say so, where they stand right before it."""
    words, voice = _words_of(sighting), sighting.voice
    if voice is not None and voice.cue and 0 <= voice.content[0].start - voice.cue[-1].end <= _GAP:
        return f"{voice.cue[-1].of(sighting.sentence.reading.document.text)} {words}"
    return f"denied: {words}"


_GAP = 2
"""Characters between words of saying and what is said, where they stand together."""


def _words_of(sighting: Sighting) -> str:
    """What the voice says there, else the whole sentence."""
    if sighting.voice is None or not sighting.voice.content:
        return sighting.sentence.text
    text = sighting.sentence.reading.document.text
    return " ".join(span.of(text) for span in sighting.voice.content)
