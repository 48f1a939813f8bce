"""Differences in who says something and in how one speaker's words are given: a source dropped, one statement in other words, names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from crossread.linking.backgrounds import looks_back
from crossread.linking.independence import alike_sentences, one_sentence
from crossread.linking.sentences import Named, Sentence, StoryView
from crossread.linking.sides import dispute_of, plain, shorten, side_of, topic_of
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import content_stems, fold, stem
from crossread.linking.tones import difference
from crossread.records import Attribution, Dispute, Side, Voice
from crossread.vocabulary import AttributionKind, Compatible, DisputeKind, EntityType

_MOST_SOURCES, _MOST_WORDINGS = 3, 5
"""Such differences shown of one story; beyond that they tell a reader little."""
_RELATED, _REPEATED, _SHORTENED = 0.3, 0.5, 0.75
"""Weighted overlap of two statements of one speaker between which they are on one matter but in other words; above the last, one is
the other cut short."""


def voice_disputes(view: StoryView) -> Iterator[Dispute]:
    """Wordings: a source dropped by one report, one speaker's statement in different words, one body under two names."""
    yield from islice(_dropped_sources(view), _MOST_SOURCES)
    yield from islice(_other_words(view), _MOST_WORDINGS)
    yield from _names(view)


def _dropped_sources(view: StoryView) -> Iterator[Dispute]:
    """One sentence in two reports: with its source in one, as plain fact in the other."""
    seen: set[object] = set()
    for pair in alike_sentences(view):
        for told, bare in (pair, pair[::-1]):
            documents = frozenset((told.document, bare.document))
            if (
                not seen.isdisjoint((documents, told.bag, bare.bag))
                or not told.attributions
                or not _is_plain(bare)
                or not one_sentence(view, told, bare)
            ):
                continue
            if any(
                view.case.speaker_of(told.reading, a.id)
                and not _is_routine(a, told)
                and not _is_named(a, told, bare)
                and _gives(view, a, told, bare)
                for a in told.attributions
            ):
                seen |= {documents, told.bag, bare.bag}
                sides = (_sentence_side(view, bare, "in the reporter's own voice"), _sentence_side(view, told, "with its source"))
                topic = f"Who says it: {shorten(plain(bare.text), 90)}"
                yield dispute_of(
                    DisputeKind.WORDING, topic, sides, Compatible.YES, "one report drops the source that the other names"
                )


_ROUTINE = re.compile(
    r"\W*(?:(?:the|an?|local|state|city|county|federal|several) ){0,3}(?:police|authorities|officials?|officers?|fire (?:department|officials?)"
    r"|firefighters|spokes(?:man|woman|person|people)|prosecutors?|coroner|sheriff|media|inspector|constable|sergeant|detectives?)\b"
)


def _is_routine(attribution: Attribution, told: Sentence) -> bool:
    """Whether the source is one that reports of crimes and accidents go by, and tells in other words than its own."""
    text = told.reading.document.text
    quoted = attribution.kind is not AttributionKind.INDIRECT
    return not quoted and any(_ROUTINE.match(fold(span.of(text))) for span in attribution.source)


def _is_named(attribution: Attribution, told: Sentence, bare: Sentence) -> bool:
    """Whether the sentence without the source names it all the same: it is one who acts there."""
    text = told.reading.document.text
    return any(frozenset(content_stems(fold(span.of(text)))) <= bare.bag for span in attribution.source)


_MOST_OF_IT = 0.6


def _gives(view: StoryView, attribution: Attribution, told: Sentence, bare: Sentence) -> bool:
    """Whether what a source says holds what the sentence without a source tells."""
    text = told.reading.document.text
    said = frozenset(w for span in attribution.content if span.overlaps(told.span) for w in content_stems(fold(span.of(text))))
    return view.total(said & bare.bag) >= _MOST_OF_IT * view.total(bare.bag)


def _is_plain(sentence: Sentence) -> bool:
    """Whether a sentence tells something in the reporter's own voice, of the matter at hand."""
    if sentence.attributions or sentence.is_title or _SAID.search(sentence.folded) or _QUOTED.search(sentence.text):
        return False
    if _ADDRESSED.search(sentence.folded):
        return False
    return looks_back(sentence) is None


_ADDRESSED = re.compile(r"\b(?:you|your|i|my|we|our|us)\b|^(?:and |but )?(?:\w{1,20}ly )?(?:do|don't|let|please)\b")
"""Words of a letter or a speech that is printed, which are no reporter's own."""
_QUOTED = re.compile(r"[\"“”]|['’]$|^['‘]|^\W*(?:[Ee]mergency|[Pp]hoto|[Pp]icture|[Ss]cenes?)\b")
_SAID = re.compile(r"\b(?:said|says|told|according to|reported|claimed)\b")


def _sentence_side(view: StoryView, sentence: Sentence, how: str) -> Side:
    voices = [
        Voice(speaker=a, document=sentence.document, record=x.id)
        for x in sentence.attributions
        for a in view.case.speaker_of(sentence.reading, x.id) or (None,)
    ] or [Voice(document=sentence.document)]
    return Side(
        position=f"{how}: {shorten(sentence.text)}",
        held_by=tuple(dict.fromkeys(v.speaker for v in voices if v.speaker is not None)),
        voices=tuple(dict.fromkeys(voices)),
        evidence=(sentence.evidence(),),
    )


def _other_words(view: StoryView) -> Iterator[Dispute]:
    """What one speaker is reported to have said on one matter, in words that differ between documents."""
    by_speaker: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements_of_view(view):
        if not statement.speakers or len(statement.bag) < 4 or statement.is_question or statement.sentence.is_title:
            continue
        if _CLAUSE.search(statement.folded) and not _RELATIVE.match(statement.folded):
            by_speaker[statement.speakers].append(statement)
    for speakers in sorted(by_speaker):
        for group in _matters(view, by_speaker[speakers]):
            told = _told_apart(group)
            if told is not None:
                kept, how = told
                by_document: dict[str, list[Statement]] = defaultdict(list)
                for statement in kept:
                    by_document[statement.sentence.document].append(statement)
                sides = [side_of(view.case, by_document[d]) for d in sorted(by_document)]
                topic = f"How it was put: {topic_of(kept[0], 90)}"
                why = f"the reports give one speaker's words differently: {how}"
                yield dispute_of(DisputeKind.WORDING, topic, sides, Compatible.YES, why)


def _told_apart(group: Sequence[Statement]) -> tuple[list[Statement], str] | None:
    """The statements of a group that say more or less than one of another report, and in which way the first of them do."""
    kept: list[Statement] = []
    ways: list[str] = []
    for one, other in combinations(group, 2):
        if one.sentence.document != other.sentence.document and (how := difference(one, other)) is not None:
            kept += [s for s in (one, other) if s not in kept]
            ways.append(how)
    return (sorted(kept, key=lambda s: s.key), ways[0]) if ways else None


def _matters(view: StoryView, statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements on one matter in other words; each belongs to one group."""
    groups: list[list[Statement]] = []
    for statement in sorted(statements, key=lambda s: s.key):
        home = next((g for g in groups if any(_related(view, statement, other) for other in g)), None)
        if home is None:
            groups.append([statement])
        else:
            home.append(statement)
    return groups


def _related(view: StoryView, one: Statement, other: Statement) -> bool:
    if one.sentence.document == other.sentence.document:
        return view.jaccard(one.bag, other.bag) >= _REPEATED
    shared = one.bag & other.bag
    if (
        len(shared) < 3
        or len(shared - one.sentence.name_stems - other.sentence.name_stems - _TITLES) < _PLAIN
        or view.jaccard(one.bag, other.bag) >= _REPEATED
    ):
        return False
    if not _RELATED <= view.likeness(one.bag, other.bag) < _SHORTENED:
        return False
    least = _BOTH_QUOTED if (_is_quoted(one) and _is_quoted(other)) or not _is_somebody(view, one) else _RETOLD
    return view.jaccard(one.bag, other.bag) >= least


_CLAUSE = re.compile(
    r"[\"“”]|\b(?:that|to|is|are|was|were|be|been|has|have|had|will|would|can|could|should|must|may|might|did|do|does|not|never|went|came|said|led|took|made)\b"
)
"""What a content holds that tells something, where a mere phrase only names it."""
_RELATIVE = re.compile(r"(?:that (?:would|could|will|has|had|was|is|are)|which|who|whose)\b")
"""How a content begins that describes something rather than tells."""
_PLAIN = 3
"""Stems that two statements on one matter share, names and offices aside."""
_TITLES = frozenset(
    map(stem, ("president", "director", "minister", "secretary", "chief", "leader", "general", "mayor", "governor", "senator"))
)
_RETOLD, _BOTH_QUOTED = 0.18, 0.4
"""Weighted overlap, against both together, from which a statement may be another one retold; two quotations with less are two utterances."""


def _is_somebody(view: StoryView, statement: Statement) -> bool:
    """Whether the source has a name, where "police" and "officials" are others each time."""
    names = {a.id: a.name for a in view.case.actors.actors}
    return any(any(c.isupper() for c in names.get(a, "")) for a in statement.speakers if names.get(a, "").lower() not in _NOBODY)


_NOBODY = frozenset(
    ("police", "authorities", "officials", "witnesses", "residents", "analysts", "experts", "critics", "investigators")
)


def _is_quoted(statement: Statement) -> bool:
    """Whether a statement is given in the speaker's own words."""
    return statement.attribution is not None and statement.attribution.kind is not AttributionKind.INDIRECT


def _names(view: StoryView) -> Iterator[Dispute]:
    """A group or body that documents call by names which share no word."""
    kinds = {a.id for a in view.case.actors.actors if a.type in (EntityType.GROUP, EntityType.ORGANIZATION)}
    called: dict[str, dict[frozenset[str], dict[str, tuple[Named, Sentence]]]] = defaultdict(lambda: defaultdict(dict))
    for sentence in view.sentences:
        for named in sentence.named:
            words = named.span.of(sentence.reading.document.text) if named.actor in kinds else ""
            stems = frozenset(content_stems(fold(words)))
            if named.actor is not None and stems and _PROPER.match(words):
                called[named.actor][stems].setdefault(sentence.document, (named, sentence))
    for actor in sorted(called):
        forms = sorted(called[actor].items(), key=lambda item: (-len(item[1]), sorted(item[0])))
        main = forms[0]
        for stems, uses in forms[1:]:
            told = _renaming(view, stems, main[0])
            if stems & main[0] or _is_acronym(stems, main[0]) or set(uses) == set(main[1]) or told is None:
                continue
            sides = (_name_side(main[1], told), _name_side(uses))
            yield dispute_of(
                DisputeKind.WORDING, f"What it is called: {sides[0].position}", sides, Compatible.YES, "one body under two names"
            )
            break


_PROPER = re.compile(r"(?:(?:[Tt]he|[Aa]n?) )?(?!(?:The|An?)\b)[A-Z]")
_RENAMED = re.compile(r"\b(?:known as|formerly|rebranded|renamed|calls? itself|calling itself|also called|previously called)\b")


def _renaming(view: StoryView, one: frozenset[str], other: frozenset[str]) -> Sentence | None:
    """The sentence that says that the two names are one."""
    return next((s for s in view.sentences if one <= s.bag and other & s.bag and _RENAMED.search(s.folded)), None)


def _is_acronym(one: frozenset[str], other: frozenset[str]) -> bool:
    short = min((*one, *other), key=len)
    longer = other if short in one else one
    initials = {s[:1] for s in longer}
    return len(short) <= 5 and set(short) <= initials | {"s"}


def _name_side(uses: dict[str, tuple[Named, Sentence]], told: Sentence | None = None) -> Side:
    ordered = [uses[d] for d in sorted(uses)]
    named, sentence = ordered[0]
    cited = [told] if told is not None else []
    cited += [s for _, s in ordered]
    return Side(
        position=shorten(named.span.of(sentence.reading.document.text)),
        voices=tuple(Voice(document=s.document) for _, s in ordered),
        evidence=tuple(dict.fromkeys(s.evidence() for s in cited)),
    )
